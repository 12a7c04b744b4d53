package org.soebm.runtime.cli;

import ai.djl.Device;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.configuration.RunKeys;
import org.soebm.runtime.data.ResultFolder;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.experiment.ComparisonPlan;
import org.soebm.runtime.experiment.ComparisonRunner;
import org.soebm.runtime.experiment.NoRunFinishedException;
import org.soebm.runtime.experiment.RowSource;
import org.soebm.runtime.experiment.RunFiles;
import org.soebm.runtime.experiment.SeedRows;
import org.soebm.runtime.inference.DecisionModel;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningMethods;
import org.soebm.runtime.preprocessing.DecisionCache;
import org.soebm.runtime.preprocessing.UnsolvedRowException;
import org.soebm.runtime.report.Comparison;
import org.soebm.runtime.report.ComparisonTable;
import org.soebm.runtime.report.RunKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Methods beside each other. */
@Command(
        name = "compare",
        description = "Train and test several methods on the same rows with the same seeds, and compare them.",
        footer = {
            "",
            "Examples:",
            "  soebm compare power-scheduling",
            "  soebm compare power-scheduling --methods two-stage,two-stage-tuned,so-ebm --runs 10",
            "  soebm compare power-scheduling --data pjm --split pjm/train_val_split.csv --out out/pjm",
            "  soebm compare covid-beds --train-fraction 0.25,0.5,1 --runs 5",
            "  soebm compare power-scheduling --config run.yaml   settings from a file; see 'soebm config --help'",
            "",
            "Run k has seed S + k - 1: of the data that the task makes itself, the split where no file fixes it, weights,"
                    + " batches and draws. What methods of a run start from is the same two-stage training; --pretraining-epochs"
                    + " sets its length, --epochs and --batch-size are for the phase that each method adds to it.",
            "",
            "Finished runs are kept in DIR/runs: the same command, started again after a stop or with more runs, methods or"
                    + " fractions, does only what is missing. Runs that failed are tried again. Runs of other data, options"
                    + " or versions are not taken; after changes to the program itself choose a new folder.",
            "",
            "Writes comparison.json (per method, at the largest fraction), comparison.csv (a line a run), task-loss.png,"
                    + " training-time.png and validation-regret.png (against seconds of training); with several fractions train-fraction-loss.png and train-fraction-time.png; with"
                    + " so-ebm its model of the first seed in model-so-ebm and landscape.png of that (see 'soebm landscape"
                    + " --help')."
        })
final class CompareCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final String LANDSCAPE_METHOD = "so-ebm";
    private static final int LANDSCAPE_POINTS = 61;
    private static final int LEAST_TRAINING_ROWS = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TASK", description = "What is decided; see 'soebm tasks'.")
    private String taskName;

    @Option(
            names = "--methods",
            paramLabel = "NAME",
            split = ",",
            defaultValue = ALL,
            description =
                    "Which ones, separated by commas, see 'soebm methods'; or all that can learn the task. Default:"
                            + " ${DEFAULT-VALUE}.")
    private List<String> methodNames;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "3",
            description = "Runs a method, each with a seed of its own. Default: ${DEFAULT-VALUE}.")
    private int runs;

    @Option(
            names = "--train-fraction",
            paramLabel = "F",
            split = ",",
            description =
                    "Which shares of the training rows to learn from, above 0 and at most 1, separated by commas; those"
                            + " of a smaller share are among those of a larger one. Default: 1.")
    private @Nullable List<Double> fractionOption;

    @Mixin
    private ExperimentOptions options;

    @Option(names = "--seed", paramLabel = "S", description = "Of the first run. Default: 0.")
    private @Nullable Long seedOption;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results. Default: out/compare-TASK.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Task task = Choices.task(spec, taskName);
        options.configure(task, spec);
        if (options.isConfigured(RunKeys.METHOD)) {
            terminal().println("Not taking the file's method: what to compare is named by --methods.");
        }
        long seed = options.seed(seedOption);
        List<Double> trainFractions = fractionOption != null ? fractionOption : List.of(options.trainFraction());
        List<LearningMethod> named = named();
        require(runs >= 1, "The number of runs is " + runs + ", but must be at least 1.");
        for (double fraction : trainFractions) {
            require(
                    fraction > 0 && fraction <= 1,
                    "The fraction of training rows is " + fraction + ", but must be above 0 and at most 1.");
        }
        options.requireNames(spec);
        HyperParameters hyperParameters =
                options.hyperParameters(task, EnumSet.complementOf(EnumSet.of(HyperParameters.Phase.LIKELIHOOD)), spec);
        System.setProperty("java.awt.headless", "true"); // nothing is shown, so no display is needed
        TaskRows rows = options.rows();
        TaskData first = rows.data(task, seed, spec.commandLine().getErr());
        Split firstSplit = rows.split(first, seed);
        requireTrainingRows(firstSplit, Collections.min(trainFractions));
        ArgminSolverProvider provider = options.solver(task, hyperParameters, first, firstSplit);
        ComparisonPlan plan = new ComparisonPlan(
                task,
                LearnableMethods.of(spec, named, !isAll(), task, hyperParameters, first, provider),
                LongStream.range(seed, seed + runs).boxed().toList(),
                List.copyOf(new TreeSet<>(trainFractions)),
                new SeedRows() {
                    @Override
                    public TaskData data(long runSeed) {
                        return runSeed == seed ? first : rows.data(task, runSeed);
                    }

                    @Override
                    public Split split(TaskData data, long runSeed) {
                        return rows.split(data, runSeed);
                    }

                    @Override
                    public RowSource source() {
                        return rows.source();
                    }
                },
                hyperParameters,
                rows.skipUnsolvable());
        Device device = options.device();
        Path folder = out != null ? out : Path.of("out", "compare-" + task.name());
        RunKey modelled = new RunKey(LANDSCAPE_METHOD, plan.largestFraction(), seed);
        RunFiles files = new RunFiles(folder, modelled);
        ComparisonOutput output =
                new ComparisonOutput(folder, files, modelled, () -> landscape(files, first, firstSplit), terminal());
        try (ResultFolder results = files.open()) {
            ComparisonRunner runner = new ComparisonRunner(
                    plan, options.solverName(), DecisionCache.ofUser(), device, files, Failures::describe);
            Comparison comparison;
            try {
                comparison = compare(runner, plan, device, first.description());
            } catch (RuntimeException failure) {
                output.writeSoFar(runner.soFar(), results, failure);
                throw failure;
            }
            List<String> written = output.write(comparison, results);
            if (comparison.runs().isEmpty()) {
                throw new NoRunFinishedException(comparison);
            }
            PrintWriter table = spec.commandLine().getOut();
            ComparisonTable.of(comparison).forEach(table::println);
            table.println("Written to " + folder + ": " + String.join(", ", written));
            return 0;
        } catch (UnsolvedRowException e) {
            throw rows.withAdvice(e);
        }
    }

    private void require(boolean fine, String message) {
        if (!fine) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    /** A smaller fraction would fail in every run. */
    private void requireTrainingRows(Split split, double smallest) {
        int rowsLeft = split.withTrainFraction(smallest).train().length;
        require(
                smallest == 1 || rowsLeft >= LEAST_TRAINING_ROWS,
                "The fraction of training rows is " + smallest + ", which leaves " + rowsLeft + " of "
                        + split.train().length + ", but at least " + LEAST_TRAINING_ROWS + " are needed.");
    }

    private boolean isAll() {
        return methodNames.equals(List.of(ALL));
    }

    private List<LearningMethod> named() {
        if (isAll()) {
            return LearningMethods.all();
        }
        Set<LearningMethod> named = new LinkedHashSet<>(); // a name given twice counts once
        methodNames.forEach(name -> named.add(Choices.method(spec, name.strip())));
        return List.copyOf(named);
    }

    private PrintWriter terminal() {
        return spec.commandLine().getErr();
    }

    private Comparison compare(ComparisonRunner runner, ComparisonPlan plan, Device device, String dataDescription) {
        terminal()
                .println(plan.task().name() + " by "
                        + String.join(
                                ", ",
                                plan.methods().stream()
                                        .map(LearningMethod::name)
                                        .toList())
                        + " on " + device.getDeviceType() + ": " + dataDescription);
        boolean verbose = spec.root().userObject() instanceof Main main && main.isVerbose();
        try (ComparisonProgress progress = new ComparisonProgress(terminal(), verbose)) {
            return runner.run(progress, Main.interruption(spec));
        }
    }

    /** The picture of the kept model. */
    private BufferedImage landscape(RunFiles files, TaskData data, Split split) {
        try (DecisionModel model = DecisionModel.load(
                files.modelFolder(), Tasks.load(), ArgminSolvers.load(), options.solverName(), null, Device.cpu())) {
            return LandscapePicture.of(model, data, split.test(), 0, LANDSCAPE_POINTS, options.solverName());
        }
    }
}
