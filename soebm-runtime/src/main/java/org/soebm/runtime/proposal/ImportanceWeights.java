package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;

/**
 * Self-normalised importance weights w_m ∝ exp(log target_m − log π_m) of a row's draws, computed in log space, for
 * each of F factors of the target by itself.
 *
 * @param weights shape (B, M, F); over the draws of a row they sum to 1
 * @param logNormaliser log 1/M Σ_m exp(log target_m − log π_m), the estimate of the target's log normalising constant,
 *     shape (B, F)
 */
public record ImportanceWeights(NDArray weights, NDArray logNormaliser) {
    private static final int[] DRAWS = {1};

    /**
     * Weights for a target known up to a constant.
     *
     * @param logTarget shape (B, M, F)
     * @param logProposal log π, shape (B, M, F) or one that broadcasts to it
     */
    public static ImportanceWeights of(NDArray logTarget, NDArray logProposal) {
        NDArray logWeights = logTarget.sub(logProposal);
        NDArray largest = logWeights.max(DRAWS, true); // (B, 1, F)
        NDArray scaled = logWeights.sub(largest).exp();
        NDArray sum = scaled.sum(DRAWS, true);
        double samples = logTarget.getShape().get(1);
        return new ImportanceWeights(
                scaled.div(sum), sum.log().add(largest).squeeze(1).sub(Math.log(samples)));
    }

    /** The effective sample size 1 / Σ_m w_m², between 1 and M; shape (B, F). */
    public NDArray effectiveSampleSize() {
        return weights.square().sum(DRAWS).pow(-1);
    }
}
