package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.proposal.Centres;

/**
 * The rows of one training step.
 *
 * @param features x, standardised, shape (B, dx)
 * @param unscaled x, as the simulator takes them, shape (B, dx); null where there is no simulator
 * @param parameters y, in their own units, shape (B, dy)
 * @param observations what the likelihood is of, shape (B, do)
 * @param hindsight a*(y), the optimal decisions in hindsight, those alone that y has to do with
 *     ({@link org.soebm.runtime.objective.StochasticProblem#uncertainDecisions}), shape (B, da)
 * @param numbers the rows' numbers among the training rows, shape (B, 1)
 * @param stepHindsight the same of all rows of the step, of which these may be a block, shape (at least B, da)
 */
record RowBatch(
        NDArray features,
        @Nullable NDArray unscaled,
        NDArray parameters,
        NDArray observations,
        NDArray hindsight,
        NDArray numbers,
        NDArray stepHindsight) {
    /** The rows of a whole step. */
    RowBatch(
            NDArray features,
            @Nullable NDArray unscaled,
            NDArray parameters,
            NDArray observations,
            NDArray hindsight,
            NDArray numbers) {
        this(features, unscaled, parameters, observations, hindsight, numbers, hindsight);
    }

    /** The rows that candidates are drawn for. */
    Centres centres() {
        return new Centres(hindsight, stepHindsight, numbers);
    }

    int rows() {
        return Math.toIntExact(features.getShape().get(0));
    }

    /** The rows of an index as a block of the step. */
    RowBatch block(NDManager scope, NDIndex index) {
        RowBatch rows = get(scope, index);
        return new RowBatch(
                rows.features,
                rows.unscaled,
                rows.parameters,
                rows.observations,
                rows.hindsight,
                rows.numbers,
                stepHindsight);
    }

    /** The rows of an index as a step of their own. */
    RowBatch get(NDManager scope, NDIndex index) {
        return new RowBatch(
                features.get(scope, index),
                unscaled == null ? null : unscaled.get(scope, index),
                parameters.get(scope, index),
                observations.get(scope, index),
                hindsight.get(scope, index),
                numbers.get(scope, index));
    }
}
