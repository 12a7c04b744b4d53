package org.soebm.runtime.learning;

import java.util.Random;

/** A loss for costs c(y)ᵀa that are linear in the decisions, given by its gradient in the predicted coefficients ĉ = c(ŷ). */
@FunctionalInterface
interface LinearCostLoss {
    /**
     * Of a batch of B rows.
     *
     * @param predicted ŷ, the predicted means, B rows of length dy
     * @param real y
     * @param hindsight a*(y), B rows of length da
     * @param random what the loss draws
     */
    Gradients of(double[][] predicted, double[][] real, double[][] hindsight, Random random);

    /**
     * What is known of each row.
     *
     * @param values the losses
     * @param gradients in ĉ, B rows of length da
     */
    record Gradients(double[] values, double[][] gradients) {}
}
