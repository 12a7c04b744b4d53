package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;
import org.soebm.api.distribution.GaussianDistribution;

/** An objective whose loss is a function of the recorded prediction. */
@FunctionalInterface
non-sealed interface TrainingObjective extends PhaseObjective {
    /**
     * The loss of a batch under the network's prediction. Called while gradients are recorded.
     *
     * @param scope owns what the step makes
     */
    StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDManager scope);

    /**
     * A step's loss.
     *
     * @param gradientCarrier a scalar with the gradient to follow; its value may mean nothing
     * @param value the loss, a scalar
     * @param effectiveSampleSize of the importance weights of q, mean over rows, a scalar; null where nothing is sampled
     */
    record StepLoss(
            NDArray gradientCarrier,
            NDArray value,
            @Nullable NDArray effectiveSampleSize) {}
}
