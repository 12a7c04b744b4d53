package org.soebm.runtime.energy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.ObservationModel;

/**
 * The likelihood of observations through quantities that are never seen, −log 1/S Σ_s p(o | z_s) with reparameterised
 * samples z_s of the prediction: a bound from above of −log E_z p(o | z) in the mean, the tighter the more samples
 * (Burda et al. 2016).
 */
public final class MarginalLikelihood implements Likelihood {
    private static final int[] SAMPLES = {1};

    private final ObservationModel model;
    private final int samples;

    /**
     * The likelihood under a model of observations.
     *
     * @param samples S, at least 1
     */
    public MarginalLikelihood(ObservationModel model, int samples) {
        this.model = model;
        this.samples = samples;
    }

    @Override
    public NDArray negativeLogLikelihood(GaussianDistribution prediction, NDArray observations, NDManager scope) {
        NDArray noise = scope.randomNormal(new Shape(1, samples, prediction.parameterCount()));
        NDArray logLikelihood = model.logLikelihood(ReparameterisedSamples.latents(prediction, noise), observations);
        NDArray largest = logLikelihood.stopGradient().max(SAMPLES, true); // (B, 1)
        return logLikelihood
                .sub(largest)
                .exp()
                .mean(SAMPLES)
                .log()
                .add(largest.squeeze(1))
                .neg();
    }
}
