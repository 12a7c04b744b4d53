package org.soebm.runtime.evaluation;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Test rows worth a closer look. */
public enum NotableRow {
    /** With the median task loss. */
    TYPICAL,
    /** Where a method is furthest below another in task loss. */
    BEST_GAIN,
    /** Where it is furthest above it. */
    WORST_SETBACK,
    /** With the largest task loss. */
    LARGEST_LOSS;

    /**
     * Chooses them. There is no gain where no row is better, and no setback where none is worse; rows with a loss that is
     * not finite are not chosen.
     *
     * @param losses f(y, a) of the method's decisions
     * @param other f(y, a) of the decisions to compare with
     * @return the number of each row
     */
    public static Map<NotableRow, Integer> of(double[] losses, double[] other) {
        double[] gains = TestLoss.minus(other, losses);
        double[] sorted = IntStream.range(0, losses.length)
                .filter(row -> isFinite(losses, gains, row))
                .mapToDouble(row -> losses[row])
                .sorted()
                .toArray();
        Map<NotableRow, Integer> chosen = new EnumMap<>(NotableRow.class);
        if (sorted.length == 0) {
            return chosen;
        }
        double median = sorted[(sorted.length - 1) / 2];
        double largest = sorted[sorted.length - 1];
        for (int row = 0; row < losses.length; row++) {
            if (!isFinite(losses, gains, row)) {
                continue;
            }
            if (losses[row] == median) {
                chosen.putIfAbsent(TYPICAL, row);
            }
            if (losses[row] == largest) {
                chosen.putIfAbsent(LARGEST_LOSS, row);
            }
            if (gains[row] > gain(chosen.get(BEST_GAIN), gains)) {
                chosen.put(BEST_GAIN, row);
            }
            if (gains[row] < gain(chosen.get(WORST_SETBACK), gains)) {
                chosen.put(WORST_SETBACK, row);
            }
        }
        return chosen;
    }

    private static boolean isFinite(double[] losses, double[] gains, int row) {
        return Double.isFinite(losses[row]) && Double.isFinite(gains[row]);
    }

    /** That of the row chosen so far, or none. */
    private static double gain(@Nullable Integer row, double[] gains) {
        return row == null ? 0 : gains[row];
    }
}
