package org.soebm.api.task;

import ai.djl.ndarray.NDArray;

/**
 * Indirect uncertainty, y = g(x, z): the predictor gives p(z | x; θ) of latent quantities z, and a simulation makes the
 * uncertain parameters y of the cost from them, such as hospital beds from infection rates.
 *
 * <p>Plain tensor code, differentiable by autograd, for FLOAT32 and FLOAT64. Stateless or immutable, and thread-safe.
 * On a path that autograd records, multiply by tensors rather than by Java numbers: DJL lends a number memory that may be
 * freed before the gradient is taken.
 */
public interface Simulator {
    /** The number dz of latent quantities. */
    int latentCount();

    /** The number dy of uncertain parameters. */
    int parameterCount();

    /**
     * y of each sample.
     *
     * @param features x, unscaled, shape (B, dx)
     * @param latents z, shape (B, S, dz), same data type and device
     * @return y, shape (B, S, dy), attached to the manager of the latents
     */
    NDArray simulate(NDArray features, NDArray latents);

    /** A text that changes when the simulation does, by which a saved model tells whether it still fits. */
    String fingerprint();
}
