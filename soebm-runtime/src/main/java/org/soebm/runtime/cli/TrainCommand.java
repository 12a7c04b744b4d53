package org.soebm.runtime.cli;

import ai.djl.Device;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.ResultFolder;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.experiment.Experiment;
import org.soebm.runtime.experiment.ExperimentPlan;
import org.soebm.runtime.experiment.ExperimentResult;
import org.soebm.runtime.experiment.ResultFiles;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.DecisionCache;
import org.soebm.runtime.preprocessing.UnsolvedRowException;
import org.soebm.runtime.report.Summary;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** From data to a saved model and its figures. */
@Command(
        name = "train",
        description = "Solve the optimal decision of every training row, train, test, and write the model.",
        footer = {
            "",
            "Examples:",
            "  soebm train power-scheduling",
            "  soebm train power-scheduling --data pjm --split pjm/train_val_split.csv --seed 1 --out out/seed-1",
            "  soebm train power-scheduling --epochs 20 --samples 128 --temperature 30",
            "",
            "Writes model.json and parameters.bin (the model), metrics.json (figures on the test rows), history.csv"
                    + " (one row an epoch) and report.html (all of it for people, to open in a browser)."
        })
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TASK", description = "What is decided; see 'soebm tasks'.")
    private String taskName;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            defaultValue = "so-ebm",
            description = "How to learn; see 'soebm methods'. Default: ${DEFAULT-VALUE}.")
    private String methodName;

    @Mixin
    private ExperimentOptions options;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Of data, split, weights, batches and draws. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results. Default: out/TASK.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Task task = Choices.task(spec, taskName);
        LearningMethod method = Choices.method(spec, methodName);
        options.requireNames(spec);
        HyperParameters hyperParameters = options.hyperParameters(task, Set.of(method.ownPhase()), spec);
        TaskData data = options.rows().data(task, seed);
        Split split = options.rows().split(data, seed);
        ArgminSolverProvider provider = options.solver(task, hyperParameters, data, split);
        Device device = options.device();
        Path folder = out != null ? out : Path.of("out", task.name());
        ExperimentPlan plan = new ExperimentPlan(
                task, data, split, hyperParameters, seed, options.rows().skipUnsolvable());
        try (ResultFolder results = ResultFolder.open(folder)) {
            List<String> summary = run(plan, method, provider, device, results);
            PrintWriter output = spec.commandLine().getOut();
            summary.forEach(output::println);
            output.println("Written to " + folder + ": " + String.join(", ", ResultFiles.NAMES));
            return 0;
        } catch (UnsolvedRowException e) {
            throw options.rows().withAdvice(e);
        }
    }

    /** Writes the results and returns the summary for people. */
    private List<String> run(
            ExperimentPlan plan,
            LearningMethod method,
            ArgminSolverProvider provider,
            Device device,
            ResultFolder results) {
        PrintWriter terminal = spec.commandLine().getErr();
        terminal.println(plan.task().name() + " by " + method.name() + " with " + provider.name() + " on "
                + device.getDeviceType() + ": " + plan.data().description());
        try (ArgminSolver solver = provider.create(StochasticProblem.of(plan.task(), plan.hyperParameters())
                        .solverOptions(plan.task().solverOptions()));
                TrainingProgress progress = new TrainingProgress(terminal);
                ExperimentResult result = new Experiment(plan, provider, solver, DecisionCache.ofUser(), device)
                        .run(method, progress, Cancellation.NEVER)) {
            System.setProperty("java.awt.headless", "true"); // the report's pictures need no display
            ResultFiles.write(results.staging(), plan, result);
            results.publish(ResultFiles.NAMES);
            return Summary.of(result.metrics());
        }
    }
}
