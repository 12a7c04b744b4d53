package org.soebm.api.cost;

import org.soebm.api.linear.SparseVector;

/**
 * One term E φ(dᵀa + b + s·ε), ε ~ N(0, 1), of a {@link PenaltyObjective}.
 *
 * @param decisionCoefficients d, over the decisions
 * @param offset b, what the (mean) parameters contribute to the residual
 * @param std s, the residual's standard deviation; 0 where y is known
 * @param penalty φ, convex, with {@code squaredHinge >= 0}
 */
public record PenaltyTerm(SparseVector decisionCoefficients, double offset, double std, ResidualPenalty penalty) {
    /**
     * @throws IllegalArgumentException when a number is not finite, std is negative or the penalty is not convex
     */
    public PenaltyTerm {
        if (!Double.isFinite(offset)) {
            throw new IllegalArgumentException("The offset of a penalty term is " + offset
                    + ", but must be finite. Maybe a parameter of the problem is missing?");
        }
        if (!(std >= 0) || std == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "The standard deviation of a penalty term is " + std + ", but must be finite and not negative.");
        }
        if (!penalty.isConvex()) {
            throw new IllegalArgumentException("The penalty " + penalty + " is not convex.");
        }
        if (penalty.squaredHinge() < 0) { // the same convex function in the orientation that solvers rely on
            decisionCoefficients = decisionCoefficients.times(-1);
            offset = 0.0 - offset;
            penalty = penalty.flipped();
        }
    }

    /** The residual's mean dᵀa + b. */
    public double residual(double[] decisions) {
        return decisionCoefficients.dot(decisions) + offset;
    }

    /** E φ(dᵀa + b + s·ε). */
    public double value(double[] decisions) {
        return penalty.expectation(residual(decisions), std);
    }
}
