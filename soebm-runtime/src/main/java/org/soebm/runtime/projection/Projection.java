package org.soebm.runtime.projection;

import ai.djl.ndarray.NDArray;

/** The Euclidean projection onto a closed convex set of decisions: p(z) = argmin_{a ∈ C} ‖a − z‖. */
@FunctionalInterface
public interface Projection {
    /**
     * The nearest decisions of the set, as constants: nothing is recorded for autograd.
     *
     * @param points shape (N, d) or (B, M, d), float32
     * @return the same shape, in the manager of the points
     * @throws ProjectionException when an iterative method does not get there
     */
    NDArray of(NDArray points);
}
