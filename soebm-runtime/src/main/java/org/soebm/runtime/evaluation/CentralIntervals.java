package org.soebm.runtime.evaluation;

import java.util.Arrays;
import java.util.List;
import org.soebm.api.cost.StandardNormal;
import org.soebm.runtime.inference.SampleQuantile;

/**
 * What is predicted for one row, as the median of each uncertain parameter and intervals around it: the central interval of
 * level c lies between the quantiles (1 − c)/2 and (1 + c)/2.
 *
 * @param levels c of each interval, between 0 and 1
 * @param median length dy
 * @param lower the intervals' lower ends, shape (levels, dy)
 * @param upper the intervals' upper ends, shape (levels, dy)
 */
public record CentralIntervals(List<Double> levels, double[] median, double[][] lower, double[][] upper) {
    /**
     * Those of independent Gaussians y_i ~ N(mean_i, std_i²), by the formula mean_i ± Φ⁻¹((1 + c)/2) std_i.
     *
     * @param mean length dy
     * @param std length dy
     */
    public static CentralIntervals ofGaussian(List<Double> levels, double[] mean, double[] std) {
        double[][] lower = new double[levels.size()][mean.length];
        double[][] upper = new double[levels.size()][mean.length];
        for (int level = 0; level < lower.length; level++) {
            double width = StandardNormal.quantile(0.5 * (1 + levels.get(level)));
            for (int i = 0; i < mean.length; i++) {
                lower[level][i] = mean[i] - width * std[i];
                upper[level][i] = mean[i] + width * std[i];
            }
        }
        return new CentralIntervals(levels, mean.clone(), lower, upper);
    }

    /**
     * Those of equally likely samples, by {@link SampleQuantile}. A parameter with a sample that is not finite has NaN
     * everywhere.
     *
     * @param samples of y, shape (S, dy), at least one
     */
    public static CentralIntervals ofSamples(List<Double> levels, double[][] samples) {
        if (samples.length == 0) {
            throw new IllegalArgumentException("There are no intervals of no samples.");
        }
        int width = samples[0].length;
        double[] median = new double[width];
        double[][] lower = new double[levels.size()][width];
        double[][] upper = new double[levels.size()][width];
        double[] sorted = new double[samples.length];
        for (int i = 0; i < width; i++) {
            boolean isFinite = true;
            for (int s = 0; s < sorted.length; s++) {
                sorted[s] = samples[s][i];
                isFinite &= Double.isFinite(sorted[s]);
            }
            if (!isFinite) {
                Arrays.fill(sorted, Double.NaN);
            }
            Arrays.sort(sorted);
            median[i] = SampleQuantile.of(sorted, 0.5);
            for (int level = 0; level < lower.length; level++) {
                lower[level][i] = SampleQuantile.of(sorted, 0.5 * (1 - levels.get(level)));
                upper[level][i] = SampleQuantile.of(sorted, 0.5 * (1 + levels.get(level)));
            }
        }
        return new CentralIntervals(levels, median, lower, upper);
    }

    /** Whether a value lies within an interval, ends included; never where an end is not a finite number. */
    public boolean covers(int level, int parameter, double value) {
        return isFinite(level, parameter) && lower[level][parameter] <= value && value <= upper[level][parameter];
    }

    /** Whether both ends of an interval are finite numbers. */
    public boolean isFinite(int level, int parameter) {
        return Double.isFinite(lower[level][parameter]) && Double.isFinite(upper[level][parameter]);
    }
}
