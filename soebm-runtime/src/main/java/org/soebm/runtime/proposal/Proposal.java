package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Where candidate decisions come from: a distribution π(a | x) that can be drawn from and whose density is known. */
@FunctionalInterface
public interface Proposal {
    /**
     * Draws M candidates a row.
     *
     * @param centres a*, shape (B, da)
     * @param optima a* of all rows of the step, of which these may be a block, shape (at least B, da)
     * @param samples M, at least 2
     * @param scope owns the draws
     */
    Draws draw(NDArray centres, NDArray optima, int samples, NDManager scope);

    /** Draws M candidates a row for all rows of a step. */
    default Draws draw(NDArray centres, int samples, NDManager scope) {
        return draw(centres, centres, samples, scope);
    }

    /** Whether the single decisions of a candidate belong together, so that {@link Draws#marginalLogDensity} is not known. */
    default boolean isJoint() {
        return false;
    }

    /** Whether all rows have the same offsets with the same densities, {@link Draws#areShared}. */
    default boolean isShared() {
        return true;
    }
}
