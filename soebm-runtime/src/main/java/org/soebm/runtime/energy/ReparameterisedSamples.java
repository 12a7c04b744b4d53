package org.soebm.runtime.energy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.SampleDistribution;
import org.soebm.api.task.Simulator;

/**
 * Samples of y by the reparameterisation z_s = mean + std · ε_s, ε_s ~ N(0, I), through which gradients flow to mean and
 * std, and y_s = g(x, z_s) where there is a simulator. All rows of a call share the ε_s: each row's estimate is what it
 * would be with draws of its own.
 */
public final class ReparameterisedSamples implements Outcomes {
    private final @Nullable Simulator simulator;
    private final int samples;

    /**
     * Samples of y.
     *
     * @param simulator g, or null where z is y
     * @param samples S, at least 1
     */
    public ReparameterisedSamples(@Nullable Simulator simulator, int samples) {
        this.simulator = simulator;
        this.samples = samples;
    }

    /** {@inheritDoc} The random numbers come from the engine's generator. */
    @Override
    public SampleDistribution of(GaussianDistribution prediction, @Nullable NDArray features, NDManager scope) {
        NDArray noise = scope.randomNormal(new Shape(1, samples, prediction.parameterCount()));
        return of(prediction, features, noise, simulator);
    }

    /**
     * The samples for given ε.
     *
     * @param features x, unscaled, shape (B, dx); null is enough where there is no simulator
     * @param noise ε, shape (1, S, dz)
     */
    public static SampleDistribution of(
            GaussianDistribution prediction, @Nullable NDArray features, NDArray noise, @Nullable Simulator simulator) {
        NDArray latents = latents(prediction, noise);
        return new SampleDistribution(
                simulator == null
                        ? latents
                        : simulator.simulate(
                                Objects.requireNonNull(features, "a simulator needs the features"), latents));
    }

    /** z_s = mean + std · ε_s, shape (B, S, dz). */
    static NDArray latents(GaussianDistribution prediction, NDArray noise) {
        return prediction.std().expandDims(1).mul(noise).add(prediction.mean().expandDims(1));
    }
}
