package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;
import org.soebm.api.distribution.GaussianDistribution;

/** What one phase of training minimises. */
interface TrainingObjective {
    /**
     * What is minimised in one step, once the prediction is known: here is the place for what cannot be done while
     * gradients are recorded, such as solves. Called before the step's recording; {@link #loss} of the answer sees the
     * same prediction again, recorded.
     *
     * @param prediction free of gradients
     * @param scope owns what the step makes
     */
    default TrainingObjective at(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        return this;
    }

    /** Whether {@link #at} wants to be called; a prediction more in each step. */
    default boolean looksAhead() {
        return false;
    }

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
