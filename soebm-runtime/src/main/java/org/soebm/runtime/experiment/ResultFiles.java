package org.soebm.runtime.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.inference.DecisionModel;
import org.soebm.runtime.inference.TrainingData;
import org.soebm.runtime.inference.TrainingDescription;
import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.report.HistoryFile;
import org.soebm.runtime.report.JsonFiles;
import org.soebm.runtime.report.Metrics;
import org.soebm.runtime.report.page.ReportFile;

/** The files that a run leaves: the model, figures, history, and the configuration that repeats it, and a report for people. */
public final class ResultFiles {
    private static final String HISTORY = "history.csv";
    static final String METRICS = "metrics.json";
    private static final String CONFIGURATION = "config.yaml";
    private static final String REPORT = "report.html";

    /** Their names. The model's description comes last: where it is, the rest is. */
    public static final List<String> NAMES =
            List.of(HISTORY, METRICS, CONFIGURATION, REPORT, DecisionModel.WEIGHTS, DecisionModel.DESCRIPTION);

    /** Those of the model alone. */
    public static final List<String> MODEL_NAMES = List.of(HISTORY, DecisionModel.WEIGHTS, DecisionModel.DESCRIPTION);

    /** The key in {@link #METRICS} whose value tells a run from others. */
    static final String RUN = "run";

    private ResultFiles() {}

    /**
     * Writes them into a folder, while the experiment's solver is open.
     *
     * @param run the digest that tells the run from others
     * @throws java.io.UncheckedIOException when one cannot be written
     */
    public static void write(Path folder, ExperimentPlan plan, ExperimentResult result, String run) {
        Map<String, @Nullable Object> metrics =
                new LinkedHashMap<>(result.metrics().toMap());
        metrics.put(RUN, run);
        JsonFiles.write(folder.resolve(METRICS), metrics);
        Metrics.Setting setting = result.metrics().setting();
        AtomicFiles.writeText(
                folder.resolve(CONFIGURATION),
                PlanConfiguration.text(
                        List.of(
                                "How this model was trained. The same again, with as many threads to the same figures:",
                                "  soebm train " + setting.task() + " --config FOLDER/" + CONFIGURATION),
                        plan,
                        setting.method(),
                        setting.solver(),
                        setting.device()));
        writeModel(folder, plan, result.metrics().setting().method(), result.learned());
        ReportFile.write(folder.resolve(REPORT), ReportAssembly.of(plan, result, DecisionModel.describe(folder)));
    }

    /**
     * Writes the model and how it was trained into a folder.
     *
     * @param method that it was learned by
     * @throws java.io.UncheckedIOException when a file cannot be written
     */
    public static void writeModel(Path folder, ExperimentPlan plan, String method, Learned learned) {
        HistoryFile.write(folder.resolve(HISTORY), learned.history());
        DecisionRule rule = learned.rule();
        DecisionModel.save(
                folder,
                plan.task(),
                new TrainingDescription(
                        method,
                        rule,
                        plan.seed(),
                        plan.hyperParameters(),
                        plan.data().features().columns(),
                        rule.predictedNames(StochasticProblem.of(plan.task(), plan.hyperParameters()), plan.data()),
                        TrainingData.of(
                                plan.data().description(),
                                plan.data().features().select(plan.split().train()))),
                learned.predictor());
    }
}
