package org.soebm.runtime.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.learning.EpochRecord;

/**
 * How the task loss on the validation rows fell with the time that a run took to train. Seconds count from the start: optimal
 * decisions in hindsight of the training rows, two-stage training where the method goes on from it, what the method prepared,
 * and its steps. Validations are left out: how often to validate is a choice of its own.
 *
 * @param foresight mean of f(y, a*(y)) over the validation rows, what no decision can beat; NaN where it is not known
 * @param isPreprocessingCached whether the optimal decisions came from a cache, so that their time is missing
 * @param points of the method's own phase, the epochs whose task loss is a finite number; epoch 0 is its start
 */
public record ValidationCurve(double foresight, boolean isPreprocessingCached, List<Point> points) {
    private static final String FORESIGHT = "perfectForesightTaskLoss";
    private static final String CACHED = "preprocessingCached";
    private static final String EPOCHS = "epochs";
    private static final String SECONDS = "seconds";
    private static final String LOSSES = "taskLosses";

    /**
     * An epoch after which the validation rows were decided.
     *
     * @param seconds from the start to its last step
     * @param loss mean task loss over the validation rows
     */
    public record Point(int epoch, double seconds, double loss) {}

    /** Copies the list. */
    public ValidationCurve {
        foresight = Double.isFinite(foresight) ? foresight : Double.NaN;
        points = List.copyOf(points);
    }

    /**
     * The curve of a run.
     *
     * @param foresight mean over the validation rows, or NaN
     * @param effort of the run, for the time of the optimal decisions
     * @param history over all phases; the last one's is the method's own
     * @param isFromTwoStage whether the phases before it count
     */
    public static ValidationCurve of(
            double foresight, Metrics.Effort effort, List<EpochRecord> history, boolean isFromTwoStage) {
        String own = history.get(history.size() - 1).phase();
        double seconds = effort.preprocessingSeconds();
        List<Point> points = new ArrayList<>();
        for (EpochRecord epoch : history) {
            boolean isOwn = epoch.phase().equals(own);
            if (isOwn || isFromTwoStage) {
                seconds += epoch.seconds();
            }
            if (isOwn && Double.isFinite(epoch.validationTaskLoss())) {
                points.add(new Point(epoch.epoch(), seconds, epoch.validationTaskLoss()));
            }
        }
        return new ValidationCurve(foresight, effort.preprocessingCached(), points);
    }

    /** The first epoch with the least task loss, whose weights were kept; null where there is no point. */
    public @Nullable Point best() {
        Point best = null;
        for (Point point : points) {
            if (best == null || point.loss() < best.loss()) {
                best = point;
            }
        }
        return best;
    }

    /** The least task loss, or NaN. */
    public double bestTaskLoss() {
        Point best = best();
        return best == null ? Double.NaN : best.loss();
    }

    /** The seconds to the epoch with the least task loss, or NaN. */
    public double secondsToBest() {
        Point best = best();
        return best == null ? Double.NaN : best.seconds();
    }

    /** The curve for a file. */
    Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put(FORESIGHT, RunFigures.orNull(foresight));
        map.put(CACHED, isPreprocessingCached);
        map.put(EPOCHS, points.stream().map(Point::epoch).toList());
        map.put(SECONDS, points.stream().map(Point::seconds).toList());
        map.put(LOSSES, points.stream().map(Point::loss).toList());
        return map;
    }

    /**
     * The curve that {@link #toMap} gave.
     *
     * @throws JsonParseException when something is missing or of another type
     */
    static ValidationCurve of(JsonObject json) {
        JsonArray epochs = array(json, EPOCHS);
        JsonArray seconds = array(json, SECONDS);
        JsonArray losses = array(json, LOSSES);
        if (epochs.size() != seconds.size() || epochs.size() != losses.size()) {
            throw new JsonParseException("its epochs, seconds and task losses are not as many");
        }
        JsonElement cached = json.get(CACHED);
        if (cached == null) {
            throw new JsonParseException("it does not have " + CACHED);
        }
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < epochs.size(); i++) {
            points.add(new Point(
                    (int) RunFigures.number(epochs.get(i), EPOCHS),
                    RunFigures.number(seconds.get(i), SECONDS),
                    RunFigures.number(losses.get(i), LOSSES)));
        }
        return new ValidationCurve(RunFigures.number(json.get(FORESIGHT), FORESIGHT), cached.getAsBoolean(), points);
    }

    private static JsonArray array(JsonObject json, String name) {
        if (!(json.get(name) instanceof JsonArray array)) {
            throw new JsonParseException("it has no list " + name);
        }
        return array;
    }
}
