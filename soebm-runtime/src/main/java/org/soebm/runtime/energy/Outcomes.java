package org.soebm.runtime.energy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.PredictiveDistribution;

/** From what the network predicts, z ~ N(mean, std²), to the predictive distribution p(y | x; θ) that an energy takes. */
@FunctionalInterface
public interface Outcomes {
    /**
     * The distribution of y, differentiable in the prediction.
     *
     * @param prediction of B rows of z
     * @param features x, unscaled, shape (B, dx); null where no simulator takes them
     * @param scope owns what is made
     */
    PredictiveDistribution of(GaussianDistribution prediction, @Nullable NDArray features, NDManager scope);

    /** z is y, and its Gaussian is all that is needed. */
    Outcomes PREDICTED = (prediction, features, scope) -> prediction;
}
