package org.soebm.api.task;

/**
 * Linear regression: the mean of each uncertain quantity is an affine function of the features, its std is one number,
 * the same for all rows. Its likelihood is greatest for the mean of least squares, which two-stage training without weight
 * decay takes at once, whatever its number of epochs.
 */
public record LinearSpec() implements NetworkSpec {
    @Override
    public String misfit(int features, int outputs) {
        return "";
    }
}
