package org.soebm.runtime.cli;

import ai.djl.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.data.ResultFolder;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.experiment.ComparisonPlan;
import org.soebm.runtime.experiment.ComparisonRunner;
import org.soebm.runtime.experiment.NoRunFinishedException;
import org.soebm.runtime.experiment.RunFiles;
import org.soebm.runtime.experiment.SeedRows;
import org.soebm.runtime.inference.DecisionModel;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningMethods;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.DecisionCache;
import org.soebm.runtime.preprocessing.UnsolvedRowException;
import org.soebm.runtime.report.Comparison;
import org.soebm.runtime.report.ComparisonFiles;
import org.soebm.runtime.report.ComparisonTable;
import org.soebm.runtime.report.PictureFile;
import org.soebm.runtime.report.RunKey;
import org.soebm.runtime.report.TaskLossChart;
import org.soebm.runtime.report.TrainFractionChart;
import org.soebm.runtime.report.TrainingTimeChart;
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
            "",
            "Run k has seed S + k - 1: of the data that the task makes itself, the split where no file fixes it, weights,"
                    + " batches and draws. What methods of a run start from is the same two-stage training; --pretraining-epochs"
                    + " sets its length, --epochs and --batch-size are for the phase that each method adds to it.",
            "",
            "Finished runs are kept in DIR/runs: the same command, started again after a stop or with more runs, methods or"
                    + " fractions, does only what is missing. Runs that failed are tried again. Runs of other data, options"
                    + " or versions are not taken; after changes to the program itself choose a new folder.",
            "",
            "Writes comparison.json (per method, at the largest fraction), comparison.csv (a line a run), task-loss.png and"
                    + " training-time.png; with several fractions train-fraction-loss.png and train-fraction-time.png; with"
                    + " so-ebm its model of the first seed in model-so-ebm and landscape.png of that (see 'soebm landscape"
                    + " --help')."
        })
final class CompareCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final String LANDSCAPE_METHOD = "so-ebm";
    private static final int LANDSCAPE_POINTS = 61;
    private static final int LEAST_TRAINING_ROWS = 2;

    private static final String JSON = "comparison.json";
    private static final String CSV = "comparison.csv";
    private static final String LOSS = "task-loss.png";
    private static final String TIME = "training-time.png";
    private static final String FRACTION_LOSS = "train-fraction-loss.png";
    private static final String FRACTION_TIME = "train-fraction-time.png";
    private static final String LANDSCAPE = "landscape.png";

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
            defaultValue = "1",
            description =
                    "Which shares of the training rows to learn from, above 0 and at most 1, separated by commas; those"
                            + " of a smaller share are among those of a larger one. Default: ${DEFAULT-VALUE}.")
    private List<Double> trainFractions;

    @Option(names = "--solver", paramLabel = "NAME", description = "Which solver; see 'soebm solvers'.")
    private @Nullable String solverName;

    @Mixin
    private TaskRows rows;

    @Option(names = "--device", paramLabel = "NAME", description = "cpu or gpu; the GPU where there is one.")
    private @Nullable String deviceName;

    @Mixin
    private HyperParameterOptions hyperParameterOptions;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Of the first run. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results. Default: out/compare-TASK.")
    private @Nullable Path out;

    @Override
    public Integer call() {
        Task task = Choices.task(spec, taskName);
        List<LearningMethod> named = named();
        require(runs >= 1, "The number of runs is " + runs + ", but must be at least 1.");
        for (double fraction : trainFractions) {
            require(
                    fraction > 0 && fraction <= 1,
                    "The fraction of training rows is " + fraction + ", but must be above 0 and at most 1.");
        }
        Choices.requireSolver(spec, solverName);
        Choices.requireDevice(spec, deviceName);
        HyperParameters hyperParameters = hyperParameterOptions.applyTo(
                task.hyperParameters(), EnumSet.complementOf(EnumSet.of(HyperParameters.Phase.LIKELIHOOD)), spec);
        System.setProperty("java.awt.headless", "true"); // nothing is shown, so no display is needed
        TaskData first = rows.data(task, seed);
        Split firstSplit = rows.split(first, seed);
        requireTrainingRows(firstSplit);
        ArgminSolverProvider provider = Choices.solver(
                solverName,
                Objectives.typical(
                        StochasticProblem.of(task, hyperParameters),
                        Standardizer.fit(first.parameters().select(firstSplit.train()))));
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
                },
                hyperParameters,
                rows.skipUnsolvable());
        Device device = Choices.device(deviceName);
        Path folder = out != null ? out : Path.of("out", "compare-" + task.name());
        RunFiles files = new RunFiles(folder, new RunKey(LANDSCAPE_METHOD, plan.largestFraction(), seed));
        try (ResultFolder results = files.open()) {
            ComparisonRunner runner =
                    new ComparisonRunner(plan, solverName, DecisionCache.ofUser(), device, files, Failures::describe);
            Comparison comparison;
            try {
                comparison = compare(runner, plan, device, first.description());
            } catch (RuntimeException failure) {
                writeSoFar(runner.soFar(), folder, results, files, first, firstSplit, failure);
                throw failure;
            }
            List<String> written = write(comparison, folder, results, files, first, firstSplit);
            if (comparison.runs().isEmpty()) {
                throw new NoRunFinishedException(comparison);
            }
            PrintWriter output = spec.commandLine().getOut();
            ComparisonTable.of(comparison).forEach(output::println);
            output.println("Written to " + folder + ": " + String.join(", ", written));
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
    private void requireTrainingRows(Split split) {
        double smallest = Collections.min(trainFractions);
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
            return runner.run(progress, Cancellation.NEVER);
        }
    }

    /** Writes what finished or failed before a failure that ends the comparison. */
    private void writeSoFar(
            Comparison comparison,
            Path folder,
            ResultFolder results,
            RunFiles files,
            TaskData data,
            Split split,
            RuntimeException failure) {
        if (comparison.isEmpty()) {
            return;
        }
        try {
            List<String> written = write(comparison, folder, results, files, data, split);
            terminal().println("What came before is written to " + folder + ": " + String.join(", ", written));
        } catch (RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    /** Writes all files in place of those of an earlier start, and returns their names. */
    private List<String> write(
            Comparison comparison, Path folder, ResultFolder results, RunFiles files, TaskData data, Split split) {
        boolean isModelled =
                comparison.runs().stream().anyMatch(run -> run.key().equals(modelled(comparison)));
        List<String> written = write(comparison, results.staging());
        if (isModelled) {
            written.addAll(landscape(results.staging(), files, data, split));
        }
        results.publish(written);
        removeOthers(folder, written);
        if (!isModelled) {
            files.removeModel();
        }
        return written;
    }

    /** The run whose model is kept. */
    private RunKey modelled(Comparison comparison) {
        return new RunKey(LANDSCAPE_METHOD, comparison.largestFraction(), seed);
    }

    /** Writes files and pictures, and returns their names. */
    private static List<String> write(Comparison comparison, Path folder) {
        List<String> written = new ArrayList<>(List.of(JSON, CSV, LOSS, TIME));
        ComparisonFiles.writeJson(folder.resolve(JSON), comparison);
        ComparisonFiles.writeCsv(folder.resolve(CSV), comparison);
        PictureFile.write(folder.resolve(LOSS), TaskLossChart.draw(comparison));
        PictureFile.write(folder.resolve(TIME), TrainingTimeChart.draw(comparison));
        if (comparison.trainFractions().size() > 1) {
            PictureFile.write(folder.resolve(FRACTION_LOSS), TrainFractionChart.drawLoss(comparison));
            PictureFile.write(folder.resolve(FRACTION_TIME), TrainFractionChart.drawTime(comparison));
            written.addAll(List.of(FRACTION_LOSS, FRACTION_TIME));
        }
        return written;
    }

    /** Draws the landscape of the kept model; a picture that fails does not spoil the rest. */
    private List<String> landscape(Path folder, RunFiles files, TaskData data, Split split) {
        try (DecisionModel model = DecisionModel.load(
                files.modelFolder(), Tasks.load(), ArgminSolvers.load(), solverName, null, Device.cpu())) {
            PictureFile.write(
                    folder.resolve(LANDSCAPE),
                    LandscapePicture.of(model, data, split.test(), 0, LANDSCAPE_POINTS, solverName));
            return List.of(LANDSCAPE);
        } catch (RuntimeException failure) {
            terminal().println("There is no " + LANDSCAPE + ": " + Failures.describe(failure));
            return List.of();
        }
    }

    /** Removes pictures that an earlier start made and that are none of this comparison. */
    private static void removeOthers(Path folder, List<String> written) {
        for (String name : List.of(FRACTION_LOSS, FRACTION_TIME, LANDSCAPE)) {
            if (!written.contains(name)) {
                try {
                    Files.deleteIfExists(folder.resolve(name));
                } catch (IOException e) {
                    throw new UncheckedIOException("Cannot remove the old picture " + folder.resolve(name) + ".", e);
                }
            }
        }
    }
}
