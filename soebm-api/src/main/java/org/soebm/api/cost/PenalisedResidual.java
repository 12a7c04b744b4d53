package org.soebm.api.cost;

/**
 * A residual of a {@link PenaltyCost} and the sum of its penalties, oriented so that the squared hinge has a weight of at
 * least 0.
 *
 * @param residual r(y, a) = cᵀy + dᵀa + e
 * @param penalty φ(r)
 */
public record PenalisedResidual(AffineResidual residual, ResidualPenalty penalty) {
    /** A term of an objective, given what the parameters contribute to the residual. */
    PenaltyTerm term(double fromParameters, double std, ResidualPenalty itsPenalty) {
        return new PenaltyTerm(residual.decisionCoefficients(), fromParameters + residual.offset(), std, itsPenalty);
    }
}
