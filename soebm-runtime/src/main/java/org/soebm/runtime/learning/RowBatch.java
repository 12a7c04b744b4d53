package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;

/**
 * The rows of one training step.
 *
 * @param features x, standardised, shape (B, dx)
 * @param parameters y, in their own units, shape (B, dy)
 * @param hindsight a*(y), the optimal decisions in hindsight, those alone that y has to do with
 *     ({@link org.soebm.api.cost.PenaltyCost#uncertainDecisions}), shape (B, da)
 */
record RowBatch(NDArray features, NDArray parameters, NDArray hindsight) {}
