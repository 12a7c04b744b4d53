package org.soebm.api.constraint;

import org.soebm.api.linear.SparseVector;

/**
 * A constraint lower ≤ coefficientsᵀv ≤ upper over the decisions and auxiliary variables v.
 *
 * @param name for messages
 * @param coefficients over the variables
 * @param lower −∞ where there is none
 * @param upper +∞ where there is none
 */
public record LinearRow(String name, SparseVector coefficients, double lower, double upper) {
    /**
     * @throws IllegalArgumentException when no value can satisfy the row
     */
    public LinearRow {
        Interval.require("Row " + name, lower, upper);
    }

    /** By how much the variables miss the row, 0 when it holds. */
    public double violation(double[] variables) {
        return Interval.distance(coefficients.dot(variables), lower, upper);
    }
}
