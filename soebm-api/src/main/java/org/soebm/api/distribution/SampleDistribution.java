package org.soebm.api.distribution;

import ai.djl.ndarray.NDArray;

/**
 * S equally likely samples of y a row.
 *
 * @param samples shape (B, S, dy)
 */
public record SampleDistribution(NDArray samples) implements PredictiveDistribution {
    /**
     * @throws IllegalArgumentException when the shape is not (B, S, dy)
     */
    public SampleDistribution {
        if (samples.getShape().dimension() != 3) {
            throw new IllegalArgumentException(
                    "Samples must have shape (B, S, dy), but have " + samples.getShape() + ".");
        }
    }

    @Override
    public long rows() {
        return samples.getShape().get(0);
    }

    @Override
    public long parameterCount() {
        return samples.getShape().get(2);
    }
}
