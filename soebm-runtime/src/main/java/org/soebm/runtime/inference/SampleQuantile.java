package org.soebm.runtime.inference;

/** Quantiles of equally likely samples. */
public final class SampleQuantile {
    private SampleQuantile() {}

    /**
     * Quantile p lies at p·S + ½ among the S sorted values, between neighbours in a straight line (Hazen's rule, which Latin
     * hypercubes meet exactly).
     *
     * @param sorted in ascending order, at least one
     * @param probability p, in [0, 1]
     */
    public static double of(double[] sorted, double probability) {
        double place = Math.min(sorted.length - 1.0, Math.max(0, probability * sorted.length - 0.5)); // from 0
        int below = (int) place;
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
