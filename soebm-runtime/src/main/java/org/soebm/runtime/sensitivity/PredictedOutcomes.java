package org.soebm.runtime.sensitivity;

/**
 * The distribution of y that a decision is made under: with weight p_s, y ~ N(mean_s, diag std_s²). One Gaussian, or
 * scenarios, whose std is 0.
 *
 * @param weights p_s, shape (S)
 * @param means shape (S, dy)
 * @param stds shape (S, dy), at least 0
 */
public record PredictedOutcomes(double[] weights, double[][] means, double[][] stds) {
    /** One Gaussian. */
    public static PredictedOutcomes gaussian(double[] mean, double[] std) {
        return new PredictedOutcomes(new double[] {1}, new double[][] {mean}, new double[][] {std});
    }

    /** Weighted scenarios. */
    public static PredictedOutcomes scenarios(double[] weights, double[][] values) {
        return new PredictedOutcomes(weights, values, new double[values.length][values[0].length]);
    }

    int count() {
        return weights.length;
    }
}
