package org.soebm.api.task;

/**
 * Linear regression: the mean of each uncertain quantity is an affine function of the features, its std is one number,
 * the same for all rows. Trained by likelihood, its mean is that of least squares.
 */
public record LinearSpec() implements NetworkSpec {
    @Override
    public String misfit(int features, int outputs) {
        return "";
    }
}
