package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;

/**
 * The rows that candidates are drawn for.
 *
 * @param hindsight a*, shape (B, da)
 * @param ofStep a* of all rows of the step, of which these may be a block, shape (at least B, da)
 * @param numbers the rows' numbers among the training rows, shape (B, 1)
 */
public record Centres(NDArray hindsight, NDArray ofStep, NDArray numbers) {
    /** The first training rows, which are a step of their own. */
    public static Centres of(NDArray hindsight) {
        long rows = hindsight.getShape().get(0);
        return new Centres(
                hindsight,
                hindsight,
                hindsight.getManager().arange((float) rows).reshape(rows, 1));
    }
}
