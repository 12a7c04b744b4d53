package org.soebm.runtime.cli;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.CheckedSolver;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;
import org.soebm.api.task.TaskProvider;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.network.OfflineEngine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Tries every part that training needs. */
@Command(
        name = "doctor",
        description = "Try Java, the tensor engine, its devices, every solver and the plug-ins.",
        footer = {"", "Exit code 1 if training could not run: no engine, no working solver or no task."})
final class DoctorCommand implements Callable<Integer> {
    private static final Duration TRIAL = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        line(
                "ok",
                "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + "), "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        line(
                "ok",
                Runtime.getRuntime().availableProcessors() + " processors, "
                        + Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB of memory for Java");
        Path plugins = ((Main) spec.root().userObject()).pluginPath();
        if (plugins != null) {
            line(
                    "ok",
                    "plug-ins from " + plugins + ": "
                            + PluginFolder.jars(plugins).stream()
                                    .map(jar -> String.valueOf(jar.getFileName()))
                                    .collect(Collectors.joining(", ")));
        }
        boolean engine = checked("tensor engine", this::tryEngine);
        boolean solvers = checked("solvers", this::trySolvers);
        boolean tasks = checked("tasks", this::listTasks);
        boolean fine = engine && solvers && tasks;
        line(fine ? "ok" : "FAILED", fine ? "training can run" : "training cannot run; see the lines above");
        return fine ? 0 : 1;
    }

    /** One part's answer; whatever it throws is shown and counts as no. */
    private boolean checked(String part, Callable<Boolean> check) {
        try {
            return check.call();
        } catch (Exception | LinkageError failure) {
            line("FAILED", part + ": " + Failures.describe(failure));
            return false;
        }
    }

    private boolean tryEngine() {
        Engine engine = OfflineEngine.get();
        int gpus = engine.getGpuCount();
        float sum;
        try (NDManager manager = engine.newBaseManager(Device.cpu());
                NDArray numbers = manager.create(new float[] {1, 2, 3});
                NDArray total = numbers.sum()) {
            sum = total.getFloat();
        }
        boolean fine = sum == 6;
        line(
                fine ? "ok" : "FAILED",
                engine.getEngineName() + " " + engine.getVersion() + " through DJL " + Engine.getDjlVersion()
                        + (fine ? "" : ", but 1 + 2 + 3 is " + sum));
        line("ok", "devices: cpu" + (gpus > 0 ? ", gpu (" + gpus + ")" : "; no GPU"));
        if (engine.getEngineName().equals("PyTorch")) {
            line(
                    "ok",
                    "PyTorch threads: " + JniUtils.getNumThreads() + " within an operation, "
                            + JniUtils.getNumInteropThreads() + " between operations");
        }
        return fine;
    }

    private boolean trySolvers() {
        List<ArgminSolverProvider> providers = ArgminSolvers.load().all();
        if (providers.isEmpty()) {
            line(
                    "FAILED",
                    "no solver is installed. Add org.soebm:soebm-ortools-plugin or"
                            + " org.soebm:soebm-timefold-plugin to the class path, or name a folder with --plugin-path");
            return false;
        }
        boolean any = false;
        for (ArgminSolverProvider provider : providers) {
            any |= checked("solver " + provider.name(), () -> trySolver(provider));
        }
        return any;
    }

    /** min (y − a)² over a ∈ [0, 1] with y = 0.25. */
    private boolean trySolver(ArgminSolverProvider provider) {
        PenaltyCost cost = PenaltyCost.builder(1, 1)
                .square(1, AffineResidual.parameter(0).minus(AffineResidual.decision(0)))
                .build();
        ArgminProblem problem = new ArgminProblem(
                cost.objective(new double[] {0.25}),
                ConstraintSet.builder(1).box(0, 1).build());
        Support support = ArgminSolvers.support(provider, problem);
        if (!support.supported()) {
            line("--", "solver " + provider.name() + " was not tried: " + support.reason());
            return false;
        }
        try (ArgminSolver solver = CheckedSolver.of(provider, SolverOptions.DEFAULT.withTimeLimit(TRIAL))) {
            Decision decision = solver.solve(problem);
            boolean fine = decision.status().hasDecision() && Math.abs(decision.values()[0] - 0.25) < 1e-2;
            line(
                    fine ? "ok" : "FAILED",
                    fine
                            ? String.format(
                                    Locale.ROOT,
                                    "solver %s, a test problem in %.1f ms",
                                    provider.name(),
                                    decision.solveTime().toNanos() * 1e-6)
                            : "solver " + provider.name() + " answers " + decision.status() + " " + decision.message()
                                    + " to a test problem");
            return fine;
        }
    }

    private boolean listTasks() {
        List<TaskProvider> tasks = Tasks.load().all();
        if (tasks.isEmpty()) {
            line(
                    "FAILED",
                    "no task is installed. Add a task's jar to the class path, or name a folder with"
                            + " --plugin-path");
            return false;
        }
        line("ok", "tasks: " + tasks.stream().map(TaskProvider::name).collect(Collectors.joining(", ")));
        return true;
    }

    private void line(String state, String text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format("%-7s %s", state, text));
    }
}
