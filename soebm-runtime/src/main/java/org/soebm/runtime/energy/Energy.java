package org.soebm.runtime.energy;

import ai.djl.ndarray.NDArray;
import org.soebm.api.distribution.PredictiveDistribution;

/** The energy E(x, a; θ) = E_{y ~ p(y | x; θ)} f(y, a) (equation 4 of the paper) of candidates on the device. */
public interface Energy extends AutoCloseable {
    /**
     * Evaluates M candidates a row. No gradient is recorded through the energies; {@link Candidates#weightedSum} gives
     * it for the combination that a loss needs.
     *
     * @param distribution of B rows
     * @param candidates shape (B, M, da)
     */
    Candidates evaluate(PredictiveDistribution distribution, NDArray candidates);

    /** Evaluated candidates. */
    interface Candidates {
        /** The energies, shape (B, M), free of gradients. */
        NDArray energies();

        /**
         * A scalar whose gradient with respect to the distribution's parameters is that of Σ_bm weights_bm E(a_bm), for
         * weights that count as constants; its value means nothing.
         *
         * @param weights shape (B, M), of any sign
         */
        NDArray weightedSum(NDArray weights);
    }

    /** Frees the coefficients on the device. */
    @Override
    void close();
}
