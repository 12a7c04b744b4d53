package org.soebm.api.task;

import ai.djl.ndarray.NDArray;

/**
 * p(o | z): how likely the observations of a row are, given the quantities z that the predictor predicts; for tasks where
 * z itself is never seen, such as the tastes of an attacker of whom only the walks are known. Two-stage training
 * maximises the marginal likelihood log E_{z ~ p(z | x; θ)} p(o | z), by reparameterised samples.
 *
 * <p>Plain tensor code, differentiable by autograd; the remark on Java numbers at {@link Simulator} holds here too.
 */
public interface ObservationModel {
    /** The number of columns of a row's observations. */
    int observationCount();

    /**
     * log p(o | z), up to terms in which z does not occur.
     *
     * @param latents z, shape (B, S, dz)
     * @param observations o, shape (B, do), same data type and device
     * @return shape (B, S), attached to the manager of the latents
     */
    NDArray logLikelihood(NDArray latents, NDArray observations);
}
