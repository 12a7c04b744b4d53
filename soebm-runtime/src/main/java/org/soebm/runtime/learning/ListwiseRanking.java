package org.soebm.runtime.learning;

import java.util.stream.IntStream;
import org.soebm.api.task.CandidateSettings;
import org.soebm.runtime.pool.SolutionPool;

/**
 * Listwise learning to rank (Mandi et al., "Decision-focused learning: through the lens of learning to rank", ICML 2022): the
 * predicted costs shall order a pool S of solutions as the real ones do,
 *
 * <pre>  ℓ = −Σ_{s ∈ S} p_s log q_s,   p = softmax(−cᵀs/τ),   q = softmax(−ĉᵀs/τ),   ∂ℓ/∂ĉ = 1/τ (Σ_s p_s s − Σ_s q_s s).</pre>
 *
 * <p>Up to the entropy of p it is SO-EBM's L_KL with the pool as candidates and T = τ. S holds a* of every training row and grows
 * as that of {@link NoiseContrastive}.
 */
public final class ListwiseRanking implements LinearCostMethod {
    /** τ of the benchmark of PyEPO (Tang and Khalil, 2023). */
    private static final double TAU = 1;

    private final double tau;

    /** With τ = 1. */
    public ListwiseRanking() {
        this(TAU);
    }

    /**
     * With another temperature.
     *
     * @param tau τ, positive, in units of the cost
     */
    public ListwiseRanking(double tau) {
        this.tau = tau;
    }

    @Override
    public String name() {
        return "ltr";
    }

    @Override
    public String description() {
        return "linear costs: predicted costs shall rank a pool of solutions as real ones do";
    }

    @Override
    public double poolSolveRate(CandidateSettings settings) {
        return settings.poolSolveRate();
    }

    @Override
    public LinearCostLoss loss(PooledArgmin argmin, SolutionPool pool) {
        return (predicted, real, hindsight, random) -> {
            double[] values = new double[predicted.length];
            double[][] gradients = new double[predicted.length][];
            IntStream.range(0, predicted.length).parallel().forEach(row -> {
                double[] p = pool.softmin(argmin.coefficients(real[row]), tau);
                double[] q = pool.softmin(argmin.coefficients(predicted[row]), tau);
                for (int s = 0; s < p.length; s++) {
                    values[row] -= p[s] * Math.log(Math.max(q[s], Double.MIN_NORMAL));
                }
                gradients[row] = Vectors.sum(1 / tau, pool.mean(p), -1 / tau, pool.mean(q));
            });
            return new LinearCostLoss.Gradients(values, gradients);
        };
    }
}
