package org.soebm.runtime.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.evaluation.Estimate;

/**
 * What a comparison needs of a finished run. A figure that does not exist, or is beyond double precision, is NaN.
 *
 * @param key which run
 * @param trainRows how many rows were learned from
 * @param testTaskLoss with the standard error over the test rows
 * @param testRegret likewise
 * @param differenceToTwoStage test task loss minus that of two-stage training with the same seed and rows, with the
 *     standard error of the row by row differences; negative where the method is better
 * @param pointForecastTaskLoss mean test task loss of the decisions that take the mean of two-stage training's prediction
 *     for what will come
 * @param perfectForesightTaskLoss mean of f(y, a*(y)) over the test rows, what no decision can beat
 * @param secondsPerEpoch of the method's own phase, training steps only; median
 * @param trainSeconds of all phases, with validation
 * @param epochs of the method's own phase
 * @param validation the task loss on the validation rows against seconds of training
 */
public record RunFigures(
        RunKey key,
        int trainRows,
        Estimate testTaskLoss,
        Estimate testRegret,
        Estimate differenceToTwoStage,
        double pointForecastTaskLoss,
        double perfectForesightTaskLoss,
        double secondsPerEpoch,
        double trainSeconds,
        int epochs,
        ValidationCurve validation) {
    private static final String VALIDATION = "validation";

    /** Makes the same of what a file can keep and what it cannot. */
    public RunFigures {
        testTaskLoss = finite(testTaskLoss);
        testRegret = finite(testRegret);
        differenceToTwoStage = finite(differenceToTwoStage);
        pointForecastTaskLoss = finite(pointForecastTaskLoss);
        perfectForesightTaskLoss = finite(perfectForesightTaskLoss);
        secondsPerEpoch = finite(secondsPerEpoch);
        trainSeconds = finite(trainSeconds);
    }

    /** Those of a run's metrics. */
    public static RunFigures of(RunKey key, Metrics metrics, ValidationCurve validation) {
        Estimate gain = metrics.gain();
        return new RunFigures(
                key,
                metrics.rows().train(),
                metrics.test().taskLoss(),
                metrics.test().regret(),
                new Estimate(0.0 - gain.mean(), gain.standardError()), // 0 − 0 is 0, but −(0) is −0
                metrics.pointForecast().taskLoss().mean(),
                metrics.perfectForesight().mean(),
                metrics.effort().secondsPerEpoch(),
                metrics.effort().trainSeconds(),
                metrics.effort().epochs(),
                validation);
    }

    /** The test task loss of two-stage training with the same seed and rows. */
    double twoStageTaskLoss() {
        return testTaskLoss.mean() - differenceToTwoStage.mean();
    }

    private static Estimate finite(Estimate estimate) {
        return new Estimate(finite(estimate.mean()), finite(estimate.standardError()));
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    /** The figures by name, beside those of the key; null where one does not exist. The curve is among them as such a map. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("trainRows", trainRows);
        put(map, "testTaskLoss", testTaskLoss);
        put(map, "testRegret", testRegret);
        put(map, "differenceToTwoStage", differenceToTwoStage);
        map.put("pointForecastTestTaskLoss", orNull(pointForecastTaskLoss));
        map.put("perfectForesightTestTaskLoss", orNull(perfectForesightTaskLoss));
        map.put("secondsPerEpoch", orNull(secondsPerEpoch));
        map.put("trainSeconds", orNull(trainSeconds));
        map.put("epochs", epochs);
        map.put("validationTaskLoss", orNull(validation.bestTaskLoss()));
        map.put("secondsToBest", orNull(validation.secondsToBest()));
        map.put(VALIDATION, validation.toMap());
        return map;
    }

    /**
     * The figures that {@link #toMap} gave.
     *
     * @throws JsonParseException when one is missing or no number
     */
    public static RunFigures of(RunKey key, JsonObject json) {
        if (!(json.get(VALIDATION) instanceof JsonObject curve)) {
            throw new JsonParseException("it has no " + VALIDATION);
        }
        return new RunFigures(
                key,
                (int) number(json, "trainRows"),
                estimate(json, "testTaskLoss"),
                estimate(json, "testRegret"),
                estimate(json, "differenceToTwoStage"),
                number(json, "pointForecastTestTaskLoss"),
                number(json, "perfectForesightTestTaskLoss"),
                number(json, "secondsPerEpoch"),
                number(json, "trainSeconds"),
                (int) number(json, "epochs"),
                ValidationCurve.of(curve));
    }

    private static void put(Map<String, @Nullable Object> map, String name, Estimate estimate) {
        map.put(name, orNull(estimate.mean()));
        map.put(name + "StandardError", orNull(estimate.standardError()));
    }

    private static Estimate estimate(JsonObject json, String name) {
        return new Estimate(number(json, name), number(json, name + "StandardError"));
    }

    private static double number(JsonObject json, String name) {
        return number(json.get(name), name);
    }

    static double number(@Nullable JsonElement value, String name) {
        if (value == null || !(value.isJsonNull() || value.isJsonPrimitive())) {
            throw new JsonParseException("it has no number " + name);
        }
        try {
            return value.isJsonNull() ? Double.NaN : value.getAsDouble();
        } catch (NumberFormatException e) {
            throw new JsonParseException("its " + name + " is no number", e);
        }
    }

    static @Nullable Double orNull(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
