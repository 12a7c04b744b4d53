package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.runtime.contrast.Contrast;
import org.soebm.runtime.energy.Likelihood;
import org.soebm.runtime.energy.Outcomes;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.Proposal;

/**
 * SO-EBM's objective, the {@link Contrast} L_MLE + λ L_KL or one of its two terms.
 *
 * <p>With a likelihood weight γ it has a third term γ L_NLL = −γ log p(y | x; θ): the energy alone does not see how far the
 * prediction is off where the costs are flat.
 *
 * @param outcomes what the energy is computed from
 * @param contrast of the decisions that y has to do with
 * @param likelihood of what was observed; not called where its weight is 0
 * @param likelihoodWeight γ
 * @param proposal of candidates
 * @param samples M, candidates a row
 * @param bytesPerRow see {@link PhaseObjective#bytesPerRow}
 */
record EnergyObjective(
        Outcomes outcomes,
        Contrast contrast,
        Likelihood likelihood,
        double likelihoodWeight,
        Proposal proposal,
        int samples,
        long bytesPerRow)
        implements TrainingObjective {
    @Override
    public StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        Draws draws = proposal.draw(batch.centres(), samples, scope);
        Contrast.Loss loss = contrast.of(
                outcomes.of(prediction, batch.unscaled(), scope), batch.parameters(), batch.hindsight(), draws, scope);
        NDArray carrier = loss.gradientCarrier();
        NDArray values = loss.values(); // (B)
        if (likelihoodWeight > 0) {
            NDArray term = weightedLikelihood(likelihood, likelihoodWeight, prediction, batch, scope);
            carrier = carrier.add(term.mean());
            values = values.add(term.stopGradient());
        }
        return new StepLoss(carrier, values.mean(), loss.effectiveSampleSize());
    }

    /** γ · (−log p(o | x; θ)) of each row, differentiable in the prediction, shape (B). */
    static NDArray weightedLikelihood(
            Likelihood likelihood, double weight, GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        NDArray term = likelihood.negativeLogLikelihood(prediction, batch.observations(), scope);
        // A tensor and not a number: autograd keeps the factor, and DJL lends a number memory that may be freed before.
        return term.mul(term.zerosLike().add(weight));
    }
}
