package org.soebm.runtime.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.TestLoss;

/**
 * The figures of one training run.
 *
 * @param setting what ran
 * @param rows how many rows had which role
 * @param test of the learned network's decisions
 * @param twoStage of the decisions of the network that was trained by likelihood only
 * @param pointForecast of the decisions that take the mean of that network's prediction for what will come
 * @param gain of the method over two-stage, row by row; positive where the method is better
 * @param perfectForesight f(y, a*(y)), what no decision can beat
 * @param validation mean task losses on the validation rows
 * @param effort times and counts
 */
public record Metrics(
        Setting setting,
        Rows rows,
        TestLoss test,
        TestLoss twoStage,
        TestLoss pointForecast,
        Estimate gain,
        Estimate perfectForesight,
        Validation validation,
        Effort effort) {
    /** What ran: names as users choose them. */
    public record Setting(String task, String method, String solver, String device, long seed) {}

    /** How many rows had which role; skipped ones had none, since they have no optimal decision. */
    public record Rows(int train, int validation, int test, int skipped) {}

    /** The best mean task loss on the validation rows, after the method's own phase and after two-stage. */
    public record Validation(double taskLoss, double twoStageTaskLoss) {}

    /**
     * Times and counts.
     *
     * @param preprocessingSeconds for a* of the training rows
     * @param preprocessingCached whether those came from the cache
     * @param trainSeconds for all phases that the method takes, with validation
     * @param secondsPerEpoch median over the method's own phase, training steps only; NaN without an epoch
     * @param epochs of the method's own phase
     * @param inferenceMillisPerDecision on the test rows, all cores together
     * @param effectiveSampleSize mean of the last epoch; NaN where the method does not sample
     */
    public record Effort(
            double preprocessingSeconds,
            boolean preprocessingCached,
            double trainSeconds,
            double secondsPerEpoch,
            int epochs,
            double inferenceMillisPerDecision,
            double effectiveSampleSize) {}

    /**
     * Which share of the way from another's decisions to perfect foresight the method goes: 1 − regret / regret of the
     * other. Negative where the method is worse, NaN where the other leaves no gap.
     */
    public double gapClosedFrom(TestLoss other) {
        double gap = other.regret().mean();
        return gap > 0 ? 1 - test.regret().mean() / gap : Double.NaN;
    }

    /** The keys and values of {@code metrics.json}; null where a figure does not exist. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("task", setting.task());
        map.put("method", setting.method());
        map.put("solver", setting.solver());
        map.put("device", setting.device());
        map.put("seed", setting.seed());
        map.put("trainRows", rows.train());
        map.put("validationRows", rows.validation());
        map.put("testRows", rows.test());
        map.put("skippedRows", rows.skipped());
        map.put("testTaskLoss", orNull(test.taskLoss().mean()));
        map.put("testTaskLossStandardError", orNull(test.taskLoss().standardError()));
        map.put("testRegret", orNull(test.regret().mean()));
        map.put("testRegretStandardError", orNull(test.regret().standardError()));
        map.put("twoStageTestTaskLoss", orNull(twoStage.taskLoss().mean()));
        map.put("twoStageTestTaskLossStandardError", orNull(twoStage.taskLoss().standardError()));
        map.put("twoStageTestRegret", orNull(twoStage.regret().mean()));
        map.put("twoStageTestRegretStandardError", orNull(twoStage.regret().standardError()));
        map.put("pointForecastTestTaskLoss", orNull(pointForecast.taskLoss().mean()));
        map.put(
                "pointForecastTestTaskLossStandardError",
                orNull(pointForecast.taskLoss().standardError()));
        map.put("pointForecastTestRegret", orNull(pointForecast.regret().mean()));
        map.put("gapClosedFromTwoStage", orNull(gapClosedFrom(twoStage)));
        map.put("gapClosedFromPointForecast", orNull(gapClosedFrom(pointForecast)));
        map.put("gainOverTwoStage", orNull(gain.mean()));
        map.put("gainOverTwoStageStandardError", orNull(gain.standardError()));
        map.put("perfectForesightTestTaskLoss", orNull(perfectForesight.mean()));
        map.put("validationTaskLoss", orNull(validation.taskLoss()));
        map.put("twoStageValidationTaskLoss", orNull(validation.twoStageTaskLoss()));
        map.put("preprocessingSeconds", effort.preprocessingSeconds());
        map.put("preprocessingCached", effort.preprocessingCached());
        map.put("trainSeconds", effort.trainSeconds());
        map.put("secondsPerEpoch", orNull(effort.secondsPerEpoch()));
        map.put("epochs", effort.epochs());
        map.put("inferenceMillisPerDecision", effort.inferenceMillisPerDecision());
        map.put("effectiveSampleSize", orNull(effort.effectiveSampleSize()));
        return map;
    }

    private static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
