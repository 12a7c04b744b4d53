package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * Candidates a = centre + offset drawn from a proposal π(a | x).
 *
 * <p>Where all rows share their offsets and densities, the first axis of those is 1, and what an expectation over candidates
 * needs of them is computed once a step instead of once a row. Each row's candidates still have the right distribution, so
 * each row's estimate is what it would be with draws of its own, and the sum over rows stays as unbiased as its summands;
 * only the errors of different rows are correlated.
 *
 * @param centres shape (B, 1, da), or (1, 1, da) beside offsets of each row
 * @param offsets shape (1, M, da), or (B, M, da)
 * @param logDensity log π(a | x) of each candidate, shape (1, M, 1), or (B, M, 1)
 * @param marginalLogDensity log π_j(a_j | x) of each candidate's single decisions, shape (1, M, da), or (B, M, da); null
 *     where they belong together
 */
public record Draws(
        NDArray centres,
        NDArray offsets,
        NDArray logDensity,
        @Nullable NDArray marginalLogDensity) {
    /** Candidates whose single decisions belong together. */
    public static Draws joint(NDArray centres, NDArray offsets, NDArray logDensity) {
        return new Draws(centres, offsets, logDensity, null);
    }

    /** All candidates at once, shape (B, M, da). */
    public NDArray candidates() {
        return centres.add(offsets);
    }

    /** Whether all rows have the same offsets with the same densities. */
    public boolean areShared() {
        return offsets.getShape().get(0) == 1
                && logDensity.getShape().get(0) == 1
                && (marginalLogDensity == null || marginalLogDensity.getShape().get(0) == 1);
    }

    /**
     * The log density of what weights are computed for.
     *
     * @param byDecision whether single decisions have weights of their own
     * @return shape (1 or B, M, F)
     * @throws IllegalStateException when that is so, but they belong together
     */
    public NDArray logDensity(boolean byDecision) {
        if (!byDecision) {
            return logDensity;
        }
        if (marginalLogDensity == null) {
            throw new IllegalStateException(
                    "The candidates' single decisions belong together, but are to be weighted apart.");
        }
        return marginalLogDensity;
    }

    /** M, the number of candidates a row. */
    public int samples() {
        return Math.toIntExact(offsets.getShape().get(1));
    }
}
