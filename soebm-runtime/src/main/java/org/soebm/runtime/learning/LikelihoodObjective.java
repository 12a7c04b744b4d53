package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.soebm.api.distribution.GaussianDistribution;

/** The mean negative log likelihood −log p(y | x; θ) of a batch. */
final class LikelihoodObjective implements TrainingObjective {
    @Override
    public StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        NDArray loss = prediction.negativeLogLikelihood(batch.parameters()).mean();
        return new StepLoss(loss, loss, null);
    }
}
