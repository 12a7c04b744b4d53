package org.soebm.runtime.data;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;

/**
 * Cells that cannot be right, or hardly can: numbers beyond single precision, in which is learned, and numbers that lie far from
 * nearly all others of their column, such as those that stand for a missing value.
 */
public final class OddCells {
    /** How many times the range of the middle half of a column a number may lie outside of it. */
    private static final double FAR = 1e6;

    private static final int MOST_ROWS = 10_000;
    private static final int MOST_CELLS = 1 << 22;

    private OddCells() {}

    /**
     * Makes sure that rows can be learned from in single precision.
     *
     * @throws DataException names the first row and column that cannot
     */
    public static void requireSinglePrecision(TaskData data) {
        requireSinglePrecision(data.features());
        requireSinglePrecision(data.parameters());
        if (data.observed() != data.parameters()) {
            requireSinglePrecision(data.observed());
        }
    }

    private static void requireSinglePrecision(Table table) {
        table.forEachRow((row, values) -> {
            for (int c = 0; c < values.length; c++) {
                if (!Float.isFinite((float) values[c])) {
                    throw new DataException("Row " + row + " (counted from 0), column "
                            + table.columns().get(c) + " is " + values[c] + ", beyond the " + Float.MAX_VALUE
                            + " of single precision. Maybe it stands for a missing value? Fix it or remove the row.");
                }
            }
        });
    }

    /** Says which rows lie far from nearly all others, in a sentence; null where none does. */
    public static @Nullable String far(Table table) {
        double[][] middles = middles(table);
        int[] found = {0, -1, -1}; // how many rows, the first, and its column
        double[] value = {0};
        table.forEachRow((row, values) -> {
            for (int c = 0; c < values.length; c++) {
                double low = middles[c][0];
                double high = middles[c][1];
                double allowed = FAR * (high - low);
                if (allowed > 0 && (values[c] < low - allowed || values[c] > high + allowed)) {
                    if (found[0]++ == 0) {
                        found[1] = row;
                        found[2] = c;
                        value[0] = values[c];
                    }
                    return;
                }
            }
        });
        if (found[0] == 0) {
            return null;
        }
        return found[0] + " of " + table.rows() + " rows have numbers far from nearly all others, the first in row "
                + found[1] + " (counted from 0): " + table.columns().get(found[2]) + " is " + value[0]
                + ", but half of the rows have " + middles[found[2]][0] + " to " + middles[found[2]][1]
                + ". Maybe it stands for a missing value, or the units differ?";
    }

    /** The quartiles of each column, of some rows where there are many; shape (d, 2). */
    private static double[][] middles(Table table) {
        int width = table.width();
        int most = Math.max(4, Math.min(MOST_ROWS, MOST_CELLS / width));
        int step = (table.rows() + most - 1) / most;
        double[][] columns = new double[width][(table.rows() + step - 1) / step];
        table.forEachRow((row, values) -> {
            if (row % step == 0) {
                for (int c = 0; c < width; c++) {
                    columns[c][row / step] = values[c];
                }
            }
        });
        double[][] middles = new double[width][];
        for (int c = 0; c < width; c++) {
            double[] sorted = columns[c];
            Arrays.sort(sorted);
            middles[c] = new double[] {sorted[(sorted.length - 1) / 4], sorted[3 * (sorted.length - 1) / 4]};
        }
        return middles;
    }

    /** What {@link #far} says of features and of parameters. */
    public static List<String> far(TaskData data) {
        String features = far(data.features());
        String parameters = far(data.parameters());
        if (features == null) {
            return parameters == null ? List.of() : List.of(parameters);
        }
        return parameters == null ? List.of(features) : List.of(features, parameters);
    }
}
