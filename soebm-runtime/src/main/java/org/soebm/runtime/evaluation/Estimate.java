package org.soebm.runtime.evaluation;

/**
 * A sample mean and its standard error.
 *
 * @param mean the mean of the values
 * @param standardError their sample standard deviation over √n; NaN for a single value
 */
public record Estimate(double mean, double standardError) {
    /**
     * The estimate from values.
     *
     * @throws IllegalArgumentException when there are none
     */
    public static Estimate of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("There is no mean of no values.");
        }
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double variance = values.length == 1 ? Double.NaN : squares / (values.length - 1);
        return new Estimate(mean, Math.sqrt(variance / values.length));
    }
}
