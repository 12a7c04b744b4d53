package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.runtime.energy.Likelihood;

/** The mean negative log likelihood of what was observed in a batch. */
final class LikelihoodObjective implements TrainingObjective {
    private final Likelihood likelihood;

    LikelihoodObjective(Likelihood likelihood) {
        this.likelihood = likelihood;
    }

    @Override
    public StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        NDArray loss = likelihood
                .negativeLogLikelihood(prediction, batch.observations(), scope)
                .mean();
        return new StepLoss(loss, loss, null);
    }
}
