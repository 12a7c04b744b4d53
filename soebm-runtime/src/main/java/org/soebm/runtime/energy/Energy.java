package org.soebm.runtime.energy;

import ai.djl.ndarray.NDArray;
import org.soebm.api.distribution.PredictiveDistribution;

/**
 * The energy E(x, a; θ) = E_{y ~ p(y | x; θ)} f(y, a) of candidates on the device.
 *
 * <p>Energies and costs come in F factors, E(a) = Σ_f E_f(a). Where the cost is a sum over single decisions there is a
 * factor a decision, F = da: then q(a) ∝ exp(−E(a)) is a product of densities of the single decisions, and an
 * expectation under q of a sum over decisions needs only those. Elsewhere F = 1.
 */
public interface Energy extends AutoCloseable {
    /** Whether there is a factor a decision. */
    boolean isSeparable();

    /**
     * Evaluates M candidates a row. No gradient is recorded through the energies; {@link Candidates#weightedSum} gives
     * it for the combination that a loss needs.
     *
     * @param distribution of B rows
     * @param candidates shape (B, M, da)
     */
    Candidates evaluate(PredictiveDistribution distribution, NDArray candidates);

    /**
     * ∂E/∂a of M candidates a row, free of gradients. Not while gradients are recorded.
     *
     * @param distribution of B rows
     * @param candidates shape (B, M, da)
     * @return shape (B, M, da), in the candidates' manager
     */
    NDArray decisionGradient(PredictiveDistribution distribution, NDArray candidates);

    /**
     * The distribution of y that is known for sure, of the kind that this energy takes: E under it is f(y, a).
     *
     * @param parameters y, shape (B, dy)
     */
    PredictiveDistribution known(NDArray parameters);

    /**
     * The task cost f(y, a) of candidates in the same factors; what no decision changes may be left out.
     *
     * @param parameters y, shape (B, dy)
     * @param candidates shape (B, M, da)
     * @return shape (B, M, F)
     */
    NDArray cost(NDArray parameters, NDArray candidates);

    /** About how many bytes of tensors a candidate under a scenario of y takes at most until the gradient is known. */
    long bytesPerEvaluation();

    /** Evaluated candidates. */
    interface Candidates {
        /** The energies, shape (B, M, F), free of gradients. */
        NDArray energies();

        /**
         * A scalar whose gradient with respect to the distribution's parameters is that of
         * Σ_bmf weights_bmf E_f(a_bm), for weights that count as constants; its value means nothing.
         *
         * @param weights shape (B, M, F), of any sign
         */
        NDArray weightedSum(NDArray weights);
    }

    /** Frees the coefficients on the device. */
    @Override
    void close();
}
