package org.soebm.runtime.inference;

import java.util.Arrays;

/**
 * What a decision is going to cost under the predictive distribution p(y | x; θ).
 *
 * @param expected E f(y, a), the energy of the decision: in closed form where there is one, else the mean over the samples that
 *     decide
 * @param samples f(y_s, a) of samples y_s that are equally likely, in ascending order; not to be changed
 */
public record CostForecast(double expected, double[] samples) {
    /** Sorts a copy of the samples. */
    public CostForecast {
        if (samples.length == 0) {
            throw new IllegalArgumentException("There are no samples of the cost.");
        }
        samples = samples.clone();
        Arrays.sort(samples);
    }

    /**
     * The cost that is not exceeded with a probability; see {@link SampleQuantile}.
     *
     * @param probability in [0, 1]
     */
    public double quantile(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("The probability is " + probability + ", but must be in [0, 1].");
        }
        return SampleQuantile.of(samples, probability);
    }
}
