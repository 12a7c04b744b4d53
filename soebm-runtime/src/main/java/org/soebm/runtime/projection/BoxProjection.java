package org.soebm.runtime.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Onto {l ≤ a ≤ u}: each decision is moved to the nearer end of its interval. */
final class BoxProjection implements Projection {
    private final NDArray lower; // (1, d), −∞ where there is none
    private final NDArray upper; // (1, d), +∞ where there is none

    BoxProjection(double[] lower, double[] upper, NDManager manager) {
        this.lower = Constants.row(manager, lower);
        this.upper = Constants.row(manager, upper);
    }

    @Override
    public NDArray of(NDArray points) {
        try (NDArray above = points.maximum(lower)) {
            return above.minimum(upper);
        }
    }
}
