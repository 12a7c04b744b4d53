package org.soebm.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.Task;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.UnsolvedRowException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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

    @Mixin
    private PlanOptions options;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results. Default: out/TASK.")
    private @Nullable Path out;

    @Option(
            names = "--resume",
            description = "Go on from the checkpoint of the same run in --out, if there is one. Give the same options.")
    private boolean resume;

    @Override
    public Integer call() {
        PlanOptions.Planned planned = options.plan(spec);
        Task task = planned.plan().task();
        ResumableRun run = new ResumableRun(
                planned.plan(),
                planned.method(),
                planned.provider(),
                StochasticProblem.of(task, planned.plan().hyperParameters()).solverOptions(task.solverOptions()),
                options.experiment().device(),
                out != null ? out : Path.of("out", task.name()),
                resume);
        try {
            PrintWriter output = spec.commandLine().getOut();
            run.run(spec.commandLine().getErr(), Main.interruption(spec)).forEach(output::println);
            return 0;
        } catch (UnsolvedRowException e) {
            throw options.experiment().rows().withAdvice(e);
        }
    }
}
