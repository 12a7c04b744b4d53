package org.soebm.runtime.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How often what came lay within the central intervals that were predicted. A calibrated prediction covers as many values as
 * each level says; fewer means that it is too sure of itself, more that it is not sure enough.
 *
 * <p>An interval that is not made of finite numbers covers nothing: it counts as missed, and as unusable.
 *
 * @param rows n, at least 1
 * @param levels c of each interval, between 0 and 1
 * @param overall the covered share of all parameters of all rows at each level; the standard error is that of a mean of n
 *     rows, since the parameters of a row tend to be missed together
 * @param byParameter the covered share of each parameter, shape (levels, dy)
 * @param unusable predicted parameters with an interval that is not made of finite numbers, of n·dy
 */
public record Calibration(
        int rows, List<Double> levels, List<Estimate> overall, double[][] byParameter, long unusable) {
    /** Copies the lists. */
    public Calibration {
        levels = List.copyOf(levels);
        overall = List.copyOf(overall);
    }

    /** Counts row by row, in memory that does not grow with the rows. Not thread-safe. */
    public static final class Counter {
        private final List<Double> levels;
        private final long[][] covered; // (levels, dy)
        private final double[] sums; // of the rows' covered shares, a level
        private final double[] squares;
        private long unusable;
        private int rows;

        /**
         * Starts to count.
         *
         * @param levels of the intervals that are going to be added
         * @param parameters dy, at least 1
         */
        public Counter(List<Double> levels, int parameters) {
            this.levels = List.copyOf(levels);
            covered = new long[levels.size()][parameters];
            sums = new double[levels.size()];
            squares = new double[levels.size()];
        }

        /**
         * Counts a row.
         *
         * @param intervals of the same levels and parameters
         * @param parameters y, what came
         */
        public void add(CentralIntervals intervals, double[] parameters) {
            int width = covered[0].length;
            if (!intervals.levels().equals(levels)
                    || parameters.length != width
                    || intervals.median().length != width) {
                throw new IllegalArgumentException("The row has " + parameters.length + " parameters and intervals of "
                        + intervals.median().length + " at the levels " + intervals.levels() + ", but " + width
                        + " are counted at the levels " + levels + ".");
            }
            for (int level = 0; level < covered.length; level++) {
                int hits = 0;
                for (int i = 0; i < width; i++) {
                    if (intervals.covers(level, i, parameters[i])) {
                        covered[level][i]++;
                        hits++;
                    }
                }
                double share = (double) hits / width;
                sums[level] += share;
                squares[level] += share * share;
            }
            for (int i = 0; i < width; i++) {
                unusable += isUsable(intervals, i) ? 0 : 1;
            }
            rows++;
        }

        private static boolean isUsable(CentralIntervals intervals, int parameter) {
            for (int level = 0; level < intervals.levels().size(); level++) {
                if (!intervals.isFinite(level, parameter)) {
                    return false;
                }
            }
            return true;
        }

        /**
         * What was counted.
         *
         * @throws IllegalStateException when no row was
         */
        public Calibration calibration() {
            if (rows == 0) {
                throw new IllegalStateException("There is no coverage of no rows.");
            }
            double[][] shares = new double[covered.length][covered[0].length];
            List<Estimate> overall = new ArrayList<>();
            for (int level = 0; level < shares.length; level++) {
                for (int i = 0; i < shares[level].length; i++) {
                    shares[level][i] = (double) covered[level][i] / rows;
                }
                double mean = sums[level] / rows;
                double variance =
                        rows == 1 ? Double.NaN : Math.max(0, squares[level] - rows * mean * mean) / (rows - 1);
                overall.add(new Estimate(mean, Math.sqrt(variance / rows)));
            }
            return new Calibration(rows, levels, overall, shares, unusable);
        }
    }
}
