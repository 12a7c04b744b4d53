package org.soebm.runtime.energy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.soebm.api.distribution.GaussianDistribution;

/** How likely what was observed is under a prediction. */
@FunctionalInterface
public interface Likelihood {
    /**
     * −log p(o | x; θ) of each row, differentiable in the prediction.
     *
     * @param observations o, shape (B, do)
     * @param scope owns what is made
     * @return shape (B)
     */
    NDArray negativeLogLikelihood(GaussianDistribution prediction, NDArray observations, NDManager scope);

    /** Of the predicted quantities themselves. */
    Likelihood GAUSSIAN = (prediction, observations, scope) -> prediction.negativeLogLikelihood(observations);
}
