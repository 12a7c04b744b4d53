package org.soebm.api.cost;

import org.soebm.api.linear.SparseVector;

/**
 * A residual r(y, a) = cᵀy + dᵀa + e, written as it is said: {@code parameter(3).minus(decision(3))}.
 *
 * @param parameterCoefficients c, over the uncertain parameters y
 * @param decisionCoefficients d, over the decisions a
 * @param offset e
 */
public record AffineResidual(SparseVector parameterCoefficients, SparseVector decisionCoefficients, double offset) {
    /**
     * @throws IllegalArgumentException when the offset is not finite
     */
    public AffineResidual {
        if (!Double.isFinite(offset)) {
            throw new IllegalArgumentException("The offset " + offset + " of a residual is not finite.");
        }
        offset += 0.0; // turns −0.0 into 0.0, so that equal residuals are equal as records
    }

    /** The residual y_i. */
    public static AffineResidual parameter(int index) {
        return new AffineResidual(SparseVector.unit(index, 1), SparseVector.zero(), 0);
    }

    /** The residual a_i. */
    public static AffineResidual decision(int index) {
        return new AffineResidual(SparseVector.zero(), SparseVector.unit(index, 1), 0);
    }

    /** The residual e. */
    public static AffineResidual constant(double value) {
        return new AffineResidual(SparseVector.zero(), SparseVector.zero(), value);
    }

    /** The sum of two residuals. */
    public AffineResidual plus(AffineResidual other) {
        return new AffineResidual(
                parameterCoefficients.plus(other.parameterCoefficients),
                decisionCoefficients.plus(other.decisionCoefficients),
                offset + other.offset);
    }

    /** The difference of two residuals. */
    public AffineResidual minus(AffineResidual other) {
        return plus(other.negate());
    }

    /** This residual plus a number. */
    public AffineResidual plus(double constant) {
        return new AffineResidual(parameterCoefficients, decisionCoefficients, offset + constant);
    }

    /** This residual times a number. */
    public AffineResidual times(double factor) {
        return new AffineResidual(
                parameterCoefficients.times(factor), decisionCoefficients.times(factor), offset * factor);
    }

    /** The residual −r. */
    public AffineResidual negate() {
        return times(-1);
    }

    /** r(y, a). */
    public double value(double[] parameters, double[] decisions) {
        return parameterCoefficients.dot(parameters) + decisionCoefficients.dot(decisions) + offset;
    }
}
