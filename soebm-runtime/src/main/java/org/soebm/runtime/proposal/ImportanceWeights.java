package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;

/**
 * Self-normalised importance weights w_m ∝ exp(log target_m − log π_m) of a row's draws, computed in log space.
 *
 * @param weights shape (B, M), each row sums to 1
 * @param logNormaliser log 1/M Σ_m exp(log target_m − log π_m), the estimate of the target's log normalising constant,
 *     shape (B)
 */
public record ImportanceWeights(NDArray weights, NDArray logNormaliser) {
    /**
     * Weights for a target known up to a constant.
     *
     * @param logTarget shape (B, M)
     * @param logProposal log π, shape (B, M)
     */
    public static ImportanceWeights of(NDArray logTarget, NDArray logProposal) {
        NDArray logWeights = logTarget.sub(logProposal);
        NDArray largest = logWeights.max(new int[] {1}, true); // (B, 1)
        NDArray scaled = logWeights.sub(largest).exp();
        NDArray sum = scaled.sum(new int[] {1}, true);
        long samples = logTarget.getShape().get(1);
        return new ImportanceWeights(
                scaled.div(sum), sum.log().add(largest).squeeze(1).sub(Math.log((double) samples)));
    }

    /** The effective sample size 1 / Σ_m w_m² of each row, between 1 and M; shape (B). */
    public NDArray effectiveSampleSize() {
        return weights.square().sum(new int[] {1}).pow(-1);
    }
}
