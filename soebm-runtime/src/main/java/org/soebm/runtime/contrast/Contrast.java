package org.soebm.runtime.contrast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.jspecify.annotations.Nullable;
import org.soebm.api.distribution.PredictiveDistribution;
import org.soebm.runtime.proposal.Draws;

/**
 * SO-EBM's L_MLE + λ L_KL with L_MLE = −log q(a* | x; θ) and L_KL = KL(p(a | y) ‖ q(a | x; θ)), where q ∝ exp(−E/T) and
 * p(a | y) ∝ exp(−f(y, a)/T) (Kong et al., NeurIPS 2022). Its gradient is
 *
 * <pre>  1/T · ( ∂E(a*) − E_q ∂E(ã) + λ (E_{p(a|y)} ∂E(â) − E_q ∂E(ã)) ),</pre>
 *
 * both expectations by self-normalised importance sampling from the same M draws of a proposal. The weights are constants
 * of the gradient; a self-normalised estimate has a bias of order 1/M.
 *
 * <p>Where energy and cost are sums over single decisions, q, p and ∂E fall apart into factors, and each expectation is
 * taken under the factor's own one-dimensional density, with the marginal of the proposal. The expectation is the same;
 * the effective sample size is that of one dimension instead of collapsing with the number of decisions.
 */
public interface Contrast extends AutoCloseable {
    /**
     * The loss of a batch of B rows under what is predicted. Called while gradients are recorded.
     *
     * @param distribution of y, with a graph back to the network
     * @param parameters y, shape (B, dy)
     * @param hindsight a*, shape (B, da)
     * @param draws around or between optimal decisions
     * @param scope owns what is made
     */
    Loss of(PredictiveDistribution distribution, NDArray parameters, NDArray hindsight, Draws draws, NDManager scope);

    /**
     * About how many bytes of tensors a row takes at most while its loss is computed.
     *
     * @param samples M
     * @param scenarios of y, 1 where the expectation has a closed form
     */
    long bytesPerRow(int samples, int scenarios);

    /** Frees what is held on the device. */
    @Override
    void close();

    /**
     * A batch's loss.
     *
     * @param gradientCarrier a scalar with the gradient of the mean over rows; its value means nothing
     * @param values of each row, free of gradients, shape (B)
     * @param effectiveSampleSize 1 / Σ_m w_m² of the weights of q, mean over rows and factors, a scalar
     * @param meanDecision E_q a, mean over rows, shape (da); null where decisions are not weighted as a whole
     */
    record Loss(
            NDArray gradientCarrier,
            NDArray values,
            NDArray effectiveSampleSize,
            @Nullable NDArray meanDecision) {}
}
