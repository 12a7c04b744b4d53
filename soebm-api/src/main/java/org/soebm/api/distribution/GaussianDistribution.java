package org.soebm.api.distribution;

import ai.djl.ndarray.NDArray;

/**
 * Independent Gaussians y_i ~ N(mean_i, std_i²).
 *
 * @param mean shape (B, dy)
 * @param std shape (B, dy), positive
 */
public record GaussianDistribution(NDArray mean, NDArray std) implements PredictiveDistribution {
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

    /**
     * @throws IllegalArgumentException when the shapes are not the same (B, dy)
     */
    public GaussianDistribution {
        if (mean.getShape().dimension() != 2 || !mean.getShape().equals(std.getShape())) {
            throw new IllegalArgumentException("Mean and std of a Gaussian must both have shape (B, dy), but are "
                    + mean.getShape() + " and " + std.getShape() + ".");
        }
    }

    @Override
    public long rows() {
        return mean.getShape().get(0);
    }

    @Override
    public long parameterCount() {
        return mean.getShape().get(1);
    }

    /**
     * −log p(y | x; θ) of each row, Σ_i ½((y_i − mean_i)/std_i)² + log std_i + ½ log 2π.
     *
     * @param parameters y, shape (B, dy)
     * @return shape (B)
     */
    public NDArray negativeLogLikelihood(NDArray parameters) {
        NDArray standardised = parameters.sub(mean).div(std);
        // A tensor and not a number: autograd keeps the factor, and DJL lends a number memory that may be freed before.
        NDArray half = standardised.zerosLike().add(0.5);
        return standardised
                .square()
                .mul(half)
                .add(std.log())
                .add(HALF_LOG_TWO_PI)
                .sum(new int[] {-1});
    }
}
