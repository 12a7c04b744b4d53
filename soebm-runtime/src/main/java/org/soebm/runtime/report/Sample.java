package org.soebm.runtime.report;

import java.util.Arrays;
import org.soebm.runtime.evaluation.Estimate;

/**
 * Values of a figure over runs. What does not exist is NaN, such as the mean of no values.
 *
 * @param values one a run
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(double[] values) {
    double mean() {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** The sample standard deviation; NaN for a single value. */
    double deviation() {
        double mean = mean();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }

    /** The mean with its standard error. */
    Estimate estimate() {
        return new Estimate(mean(), deviation() / Math.sqrt(values.length));
    }

    /** The least; NaN of none. */
    double least() {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    /** The greatest; NaN of none. */
    double greatest() {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    /** The median of those that exist. */
    double median() {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        int n = sorted.length;
        return n == 0 ? Double.NaN : 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]);
    }
}
