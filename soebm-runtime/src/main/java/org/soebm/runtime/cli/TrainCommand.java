package org.soebm.runtime.cli;

import ai.djl.Device;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.configuration.RunKeys;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.experiment.ExperimentPlan;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningMethods;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.UnsolvedRowException;
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
            "  soebm config power-scheduling > run.yaml           all settings, to be edited and then",
            "  soebm train power-scheduling --config run.yaml     used; options win over the file",
            "",
            "Writes model.json and parameters.bin (the model), metrics.json (figures on the test rows), history.csv (one row"
                    + " an epoch), config.yaml (all settings: --config DIR/config.yaml repeats the run) and report.html (all"
                    + " of it for people, to open in a browser).",
            "Ctrl-C stops at the next step and keeps the best model so far in DIR/best-so-far; with --resume the same"
                    + " command goes on from the last validation, also after a crash, and comes to the same results."
        })
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TASK", description = "What is decided; see 'soebm tasks'.")
    private String taskName;

    @Option(
            names = "--method",
            paramLabel = "NAME",
            description = "How to learn; see 'soebm methods'. Default: " + LearningMethods.USUAL + ".")
    private @Nullable String methodName;

    @Mixin
    private ExperimentOptions options;

    @Option(names = "--seed", paramLabel = "S", description = "Of data, split, weights, batches and draws. Default: 0.")
    private @Nullable Long seedOption;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results. Default: out/TASK.")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            description = "Go on from the checkpoint of the same run in --out, if there is one. Give the same options.")
    private boolean resume;

    @Override
    public Integer call() {
        Task task = Choices.task(spec, taskName);
        options.configure(task, spec);
        LearningMethod method = Choices.method(spec, options.setting(methodName, RunKeys.METHOD));
        options.requireNames(spec);
        HyperParameters hyperParameters = options.hyperParameters(task, Set.of(method.ownPhase()), spec);
        long seed = options.seed(seedOption);
        TaskData data = options.rows().data(task, seed, spec.commandLine().getErr());
        double fraction = options.trainFraction();
        Split split = options.rows().split(data, seed).withTrainFraction(fraction);
        ArgminSolverProvider provider = options.solver(task, hyperParameters, data, split);
        Device device = options.device();
        Path folder = out != null ? out : Path.of("out", task.name());
        ExperimentPlan plan = new ExperimentPlan(
                        task, data, split, hyperParameters, seed, options.rows().skipUnsolvable())
                .withSource(options.rows().source().withTrainFraction(fraction));
        ResumableRun run = new ResumableRun(
                plan,
                method,
                provider,
                StochasticProblem.of(task, hyperParameters).solverOptions(task.solverOptions()),
                device,
                folder,
                resume);
        try {
            PrintWriter output = spec.commandLine().getOut();
            run.run(spec.commandLine().getErr(), Main.interruption(spec)).forEach(output::println);
            return 0;
        } catch (UnsolvedRowException e) {
            throw options.rows().withAdvice(e);
        }
    }
}
