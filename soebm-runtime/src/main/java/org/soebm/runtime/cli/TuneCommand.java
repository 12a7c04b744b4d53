package org.soebm.runtime.cli;

import ai.djl.Device;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.runtime.data.ResultFolder;
import org.soebm.runtime.experiment.ExperimentPlan;
import org.soebm.runtime.experiment.MethodSupport;
import org.soebm.runtime.experiment.ValidationExperiment;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.UnsupportedMethodException;
import org.soebm.runtime.preprocessing.DecisionCache;
import org.soebm.runtime.preprocessing.UnsolvedRowException;
import org.soebm.runtime.tuning.NoTrialFinishedException;
import org.soebm.runtime.tuning.SearchSpace;
import org.soebm.runtime.tuning.TrialFiles;
import org.soebm.runtime.tuning.Tuner;
import org.soebm.runtime.tuning.Tuning;
import org.soebm.runtime.tuning.TuningFiles;
import org.soebm.runtime.tuning.TuningTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Search for hyper-parameters. */
@Command(
        name = "tune",
        description =
                "Search the hyper-parameters that matter for the least task loss on the validation rows. Test rows are"
                        + " not looked at.",
        footer = {
            "",
            "Examples:",
            "  soebm tune power-scheduling",
            "  soebm train power-scheduling --config out/tune-power-scheduling/best.yaml",
            "  soebm tune power-scheduling --trials 40                  goes on after the first 20",
            "  soebm tune power-scheduling --config run.yaml --search settings.temperature,settings.samples",
            "",
            "Trial 0 is the default (the task's, the file's of --config, or an option's), so the best is never worse than it"
                    + " on the validation rows. The other trials multiply and divide it, by up to 10 for most, along a Sobol"
                    + " sequence. Optimal decisions and two-stage training are shared.",
            "",
            "The best of many trials looks better on the rows by which it was chosen than it is: its validation loss is no"
                    + " estimate. Train with best.yaml and look at the test rows, with a few seeds.",
            "",
            "Finished trials are kept in DIR/trials: the same command, started again after a stop or with more trials, does"
                    + " only what is missing and comes to the same best. Writes trials.csv and best.yaml after each trial."
        })
final class TuneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private PlanOptions options;

    @Option(
            names = "--trials",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many sets to try, the default among them. Default: ${DEFAULT-VALUE}.")
    private int trials;

    @Option(
            names = "--search",
            paramLabel = "KEY",
            split = ",",
            description =
                    "What to search, separated by commas, as 'soebm config TASK' names it. Default: learning rate and,"
                            + " where the method has them, temperature, lambda, likelihood weight and proposal widths.")
    private @Nullable List<String> searched;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results. Default: out/tune-TASK.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        if (trials < 1) {
            throw new ParameterException(
                    spec.commandLine(), "The number of trials is " + trials + ", but must be at least 1.");
        }
        PlanOptions.Planned planned = options.plan(spec);
        ExperimentPlan plan = planned.plan();
        LearningMethod method = planned.method();
        Task task = plan.task();
        SearchSpace space = space(method, plan.hyperParameters(), plan.seed());
        Support support = MethodSupport.of(
                method, task, plan.hyperParameters(), plan.data().features().width(), planned.provider());
        if (!support.supported()) {
            throw new UnsupportedMethodException(method.name(), task.name(), support.reason());
        }
        Device device = options.experiment().device();
        Path folder = out != null ? out : Path.of("out", "tune-" + task.name());
        TrialFiles files = new TrialFiles(folder);
        try (ResultFolder results = files.open();
                ValidationExperiment experiment =
                        new ValidationExperiment(plan, method, planned.provider(), DecisionCache.ofUser(), device)) {
            Tuning tuning = tune(experiment, space, files, folder);
            tell(experiment, space, tuning, folder);
            return 0;
        } catch (UnsolvedRowException e) {
            throw options.experiment().rows().withAdvice(e);
        }
    }

    private SearchSpace space(LearningMethod method, HyperParameters defaults, long seed) {
        try {
            return searched == null
                    ? SearchSpace.of(method, defaults, seed)
                    : SearchSpace.of(searched.stream().map(String::strip).toList(), defaults, seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Tuning tune(ValidationExperiment experiment, SearchSpace space, TrialFiles files, Path folder) {
        PrintWriter terminal = spec.commandLine().getErr();
        terminal.println("Tuning " + experiment.plan().task().name() + " by "
                + experiment.method().name() + " with " + experiment.solver() + " on " + experiment.device() + ": "
                + experiment.plan().data().description());
        boolean verbose = spec.root().userObject() instanceof Main main && main.isVerbose();
        try (TrainingProgress work = new TrainingProgress(terminal, false)) {
            return new Tuner(experiment, space, trials, files, Failures::describe)
                    .run(
                            new TuningProgress(terminal, verbose, work),
                            work,
                            soFar -> TuningFiles.write(folder, experiment, space, soFar),
                            Main.interruption(spec));
        }
    }

    private void tell(ValidationExperiment experiment, SearchSpace space, Tuning tuning, Path folder) {
        if (tuning.best() == null) {
            throw new NoTrialFinishedException(tuning);
        }
        String task = experiment.plan().task().name();
        PrintWriter output = spec.commandLine().getOut();
        output.println(task + " by " + experiment.method().name() + ", "
                + tuning.trials().size() + " trials on "
                + experiment.plan().split().validation().length
                + " validation rows (smaller is better):");
        TuningTable.of(space, tuning).forEach(output::println);
        output.println("The best was chosen by these rows and does worse on others. On the test rows:");
        output.println("  soebm train " + task + " --config " + folder.resolve(TuningFiles.BEST));
        output.println("Written to " + folder + ": " + String.join(", ", TuningFiles.NAMES));
    }
}
