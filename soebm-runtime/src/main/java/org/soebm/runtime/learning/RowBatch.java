package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one training step.
 *
 * @param features x, standardised, shape (B, dx)
 * @param unscaled x, as the simulator takes them, shape (B, dx); null where there is no simulator
 * @param parameters y, in their own units, shape (B, dy)
 * @param observations what the likelihood is of, shape (B, do)
 * @param hindsight a*(y), the optimal decisions in hindsight, those alone that y has to do with
 *     ({@link org.soebm.runtime.objective.StochasticProblem#uncertainDecisions}), shape (B, da)
 */
record RowBatch(
        NDArray features, @Nullable NDArray unscaled, NDArray parameters, NDArray observations, NDArray hindsight) {
    int rows() {
        return Math.toIntExact(features.getShape().get(0));
    }

    /** The rows of an index. */
    RowBatch get(NDManager scope, NDIndex index) {
        return new RowBatch(
                features.get(scope, index),
                unscaled == null ? null : unscaled.get(scope, index),
                parameters.get(scope, index),
                observations.get(scope, index),
                hindsight.get(scope, index));
    }
}
