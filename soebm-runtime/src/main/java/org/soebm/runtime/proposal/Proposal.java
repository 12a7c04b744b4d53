package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * Where candidate decisions come from: a distribution π(a | x) that can be drawn from and whose density is known, up to a
 * factor that is the same for all candidates of a row.
 */
@FunctionalInterface
public interface Proposal {
    /**
     * Draws M candidates a row.
     *
     * @param centres of the rows
     * @param samples M, at least 2
     * @param scope owns the draws
     */
    Draws draw(Centres centres, int samples, NDManager scope);

    /**
     * Draws M candidates a row for all rows of a step, the first of the training rows.
     *
     * @param hindsight a*, shape (B, da)
     */
    default Draws draw(NDArray hindsight, int samples, NDManager scope) {
        return draw(Centres.of(hindsight), samples, scope);
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
