package org.soebm.runtime.learning;

import org.soebm.api.task.CandidateSettings;
import org.soebm.runtime.pool.SolutionPool;

/**
 * Noise-contrastive estimation with a cache of solutions (Mulamba et al., "Contrastive losses and solution caching for
 * predict-and-optimize", IJCAI 2021): the optimal decision shall look cheaper than those of a pool S,
 *
 * <pre>  ℓ = 1/|S| Σ_{s ∈ S} ĉᵀ(a*(c) − s),   ∂ℓ/∂ĉ = a*(c) − 1/|S| Σ_s s.</pre>
 *
 * <p>S holds a* of every training row and grows by the optima of predictions, for a share of the rows of a step
 * ({@link org.soebm.api.task.CandidateSettings#poolSolveRate}). The loss has no least value: how far it falls is a matter of
 * the schedule, and validation stops it.
 */
public final class NoiseContrastive implements LinearCostMethod {
    @Override
    public String name() {
        return "nce";
    }

    @Override
    public String description() {
        return "linear costs: a* shall look cheaper than a pool of solutions";
    }

    @Override
    public double poolSolveRate(CandidateSettings settings) {
        return settings.poolSolveRate();
    }

    @Override
    public LinearCostLoss loss(PooledArgmin argmin, SolutionPool pool) {
        return (predicted, real, hindsight, random) -> {
            double[] mean = pool.mean();
            double[] values = new double[predicted.length];
            double[][] gradients = new double[predicted.length][];
            for (int row = 0; row < predicted.length; row++) {
                gradients[row] = Vectors.sum(1, hindsight[row], -1, mean);
                values[row] = Vectors.dot(argmin.coefficients(predicted[row]), gradients[row]);
            }
            return new LinearCostLoss.Gradients(values, gradients);
        };
    }
}
