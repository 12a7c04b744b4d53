package org.soebm.runtime.sensitivity;

import org.soebm.api.linear.SparseVector;

/**
 * What keeps a step d from a point: a constraint normalᵀd ≤ slack, or a kink of the objective, force·[normalᵀd − slack]₊.
 * Both are the maximum over multipliers λ of λ(normalᵀd − slack): without a limit for a constraint, up to the force of a
 * kink, and of any sign for an equality.
 *
 * @param normal of length 1
 * @param slack how far the step may go along the normal before it is felt; negative where a kink was passed
 * @param lowest the least multiplier: 0, or −∞ for an equality
 * @param highest the largest multiplier: +∞ for a constraint, positive
 * @param origin which kink of the objective it is, or {@link #CONSTRAINT}
 */
record Restriction(SparseVector normal, double slack, double lowest, double highest, int origin) {
    /** The origin of what is no kink. */
    static final int CONSTRAINT = -1;

    /** A constraint normalᵀd ≤ slack. */
    static Restriction constraint(SparseVector normal, double slack) {
        double length = length(normal);
        return new Restriction(normal.times(1 / length), slack / length, 0, Double.POSITIVE_INFINITY, CONSTRAINT);
    }

    /** A constraint normalᵀd = slack. */
    static Restriction equality(SparseVector normal, double slack) {
        double length = length(normal);
        return new Restriction(
                normal.times(1 / length),
                slack / length,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                CONSTRAINT);
    }

    /** A term force·[normalᵀd − slack]₊ of the objective. */
    static Restriction kink(SparseVector normal, double slack, double force, int origin) {
        double length = length(normal);
        return new Restriction(normal.times(1 / length), slack / length, 0, force * length, origin);
    }

    /** The Euclidean length of a vector. */
    static double length(SparseVector vector) {
        double squares = 0;
        for (int k = 0; k < vector.size(); k++) {
            squares += vector.value(k) * vector.value(k);
        }
        return Math.sqrt(squares);
    }

    boolean isEquality() {
        return lowest < 0;
    }
}
