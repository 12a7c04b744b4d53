package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.runtime.contrast.Contrast;
import org.soebm.runtime.energy.Likelihood;
import org.soebm.runtime.energy.Outcomes;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.Proposal;
import org.soebm.runtime.softconstraint.AugmentedLagrangian;

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
 * @param lagrangian of the constraints, whose multipliers follow the mean decision of each step; null where there is none
 */
record EnergyObjective(
        Outcomes outcomes,
        Contrast contrast,
        Likelihood likelihood,
        double likelihoodWeight,
        Proposal proposal,
        int samples,
        long bytesPerRow,
        @Nullable AugmentedLagrangian lagrangian)
        implements TrainingObjective {
    @Override
    public StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        Draws draws = proposal.draw(batch.centres(), samples, scope);
        Contrast.Loss loss = contrast.of(
                outcomes.of(prediction, batch.unscaled(), scope), batch.parameters(), batch.hindsight(), draws, scope);
        if (lagrangian != null) {
            lagrangian.update(mean(loss));
        }
        NDArray carrier = loss.gradientCarrier();
        NDArray values = loss.values(); // (B)
        if (likelihoodWeight > 0) {
            NDArray term = weightedLikelihood(likelihood, likelihoodWeight, prediction, batch, scope);
            carrier = carrier.add(term.mean());
            values = values.add(term.stopGradient());
        }
        return new StepLoss(carrier, values.mean(), loss.effectiveSampleSize());
    }

    private static double[] mean(Contrast.Loss loss) {
        NDArray mean = loss.meanDecision();
        if (mean == null) {
            throw new IllegalStateException("Multipliers need the mean of decisions that are weighted as a whole.");
        }
        float[] values = mean.toFloatArray();
        return Vectors.row(values, 0, values.length);
    }

    /** λ of the constraints. */
    @Override
    public List<double[]> state() {
        return lagrangian == null ? List.of() : List.of(lagrangian.multipliers());
    }

    @Override
    public void restore(List<double[]> state) {
        if (lagrangian == null) {
            TrainingObjective.super.restore(state);
        } else {
            lagrangian.restore(state.get(0));
        }
    }

    /** γ · (−log p(o | x; θ)) of each row, differentiable in the prediction, shape (B). */
    static NDArray weightedLikelihood(
            Likelihood likelihood, double weight, GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        NDArray term = likelihood.negativeLogLikelihood(prediction, batch.observations(), scope);
        // A tensor and not a number: autograd keeps the factor, and DJL lends a number memory that may be freed before.
        return term.mul(term.zerosLike().add(weight));
    }
}
