package org.soebm.api.cost;

import ai.djl.ndarray.NDArray;

/**
 * A task cost f(y, a), batched over tensors.
 *
 * <p>An implementation is stateless or immutable, and thread-safe. A cost that is a sum of penalties on affine
 * residuals is best written as a {@link PenaltyCost}; anything else is plain tensor code here, whose gradient comes by
 * autograd, in FLOAT32 for learning and in FLOAT64 for solving.
 */
public interface CostFunction {
    /** The number dy of uncertain parameters y. */
    int parameterCount();

    /** The number da of decisions a. */
    int decisionCount();

    /**
     * f(y, a) over the last axis of both tensors; the leading axes broadcast: (B, dy) with (B, da) gives (B);
     * (B, 1, dy) with (B, M, da) gives (B, M).
     *
     * @param parameters y, shape (..., dy)
     * @param decisions a, shape (..., da), same data type and device
     * @return the costs, attached to the manager of one of the arguments; where they differ, best to that of the
     *     decisions, which is the shorter-lived one when candidates are drawn anew in every step
     */
    NDArray cost(NDArray parameters, NDArray decisions);

    /**
     * Whether f is defined beyond the bounds that the feasible set puts on single decisions. Where it is not, candidates
     * are drawn within the bounds only.
     */
    default boolean isDefinedBeyondBounds() {
        return true;
    }

    /**
     * A text that changes when the cost does, by which caches and saved models tell whether they still fit. Empty where
     * nobody can tell: then nothing is cached, and a saved model is checked for its widths only. A {@link PenaltyCost}
     * needs none, since all its numbers are at hand.
     */
    default String fingerprint() {
        return "";
    }
}
