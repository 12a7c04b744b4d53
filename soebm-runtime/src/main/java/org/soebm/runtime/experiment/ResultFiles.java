package org.soebm.runtime.experiment;

import java.nio.file.Path;
import java.util.List;
import org.soebm.runtime.inference.DecisionModel;
import org.soebm.runtime.inference.TrainingDescription;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.report.HistoryFile;
import org.soebm.runtime.report.JsonFiles;
import org.soebm.runtime.report.page.ReportFile;

/** The files that a run leaves: the model, figures, history, and a report of all of it for people. */
public final class ResultFiles {
    private static final String HISTORY = "history.csv";
    private static final String METRICS = "metrics.json";
    private static final String REPORT = "report.html";

    /** Their names. The model's description comes last: where it is, the rest is. */
    public static final List<String> NAMES =
            List.of(HISTORY, METRICS, REPORT, DecisionModel.WEIGHTS, DecisionModel.DESCRIPTION);

    private ResultFiles() {}

    /**
     * Writes them into a folder, while the experiment's solver is open.
     *
     * @throws java.io.UncheckedIOException when one cannot be written
     */
    public static void write(Path folder, ExperimentPlan plan, ExperimentResult result) {
        HistoryFile.write(folder.resolve(HISTORY), result.learned().history());
        JsonFiles.write(folder.resolve(METRICS), result.metrics().toMap());
        DecisionRule rule = result.learned().rule();
        DecisionModel.save(
                folder,
                plan.task(),
                new TrainingDescription(
                        result.metrics().setting().method(),
                        rule,
                        plan.seed(),
                        plan.hyperParameters(),
                        plan.data().features().columns(),
                        rule.predictedNames(StochasticProblem.of(plan.task(), plan.hyperParameters()), plan.data()),
                        plan.data().description() + ", " + plan.split().train().length + " training rows"),
                result.learned().predictor());
        ReportFile.write(folder.resolve(REPORT), ReportAssembly.of(plan, result, DecisionModel.describe(folder)));
    }
}
