package org.soebm.api.cost;

/**
 * The sum of weighted penalties on one residual, φ(r) = w₁·r + w₂·[r]₊ + w₃·r² + w₄·[r]₊², with its closed-form
 * expectation when the residual is Gaussian.
 *
 * <p>Every weighted sum of identities, hinges, squares and squared hinges of r and of −r has this form, because
 * [−r]₊ = [r]₊ − r and [−r]₊² = r² − [r]₊². For r ~ N(m, s²) with z = m/s: E[r] = m, E[r₊] = mΦ(z) + sφ(z),
 * E[r²] = m² + s², E[r₊²] = (m² + s²)Φ(z) + msφ(z). With s = 0 the expectation is φ(m) itself.
 *
 * @param identity w₁, any sign
 * @param hinge w₂
 * @param square w₃
 * @param squaredHinge w₄
 */
public record ResidualPenalty(double identity, double hinge, double square, double squaredHinge) {
    /** The penalty that is always zero. */
    public static final ResidualPenalty ZERO = new ResidualPenalty(0, 0, 0, 0);

    /**
     * @throws IllegalArgumentException when a weight is not finite
     */
    public ResidualPenalty {
        if (!Double.isFinite(identity + hinge + square + squaredHinge)) {
            throw new IllegalArgumentException("The penalty weights identity " + identity + ", hinge " + hinge
                    + ", square " + square + ", squared hinge " + squaredHinge + " must be finite.");
        }
    }

    /** The penalty weight·φ. */
    public static ResidualPenalty of(Penalty penalty, double weight) {
        return switch (penalty) {
            case IDENTITY -> new ResidualPenalty(weight, 0, 0, 0);
            case HINGE -> new ResidualPenalty(0, weight, 0, 0);
            case SQUARE -> new ResidualPenalty(0, 0, weight, 0);
            case SQUARED_HINGE -> new ResidualPenalty(0, 0, 0, weight);
        };
    }

    /** The sum of two penalties of the same residual. */
    public ResidualPenalty plus(ResidualPenalty other) {
        return new ResidualPenalty(
                identity + other.identity,
                hinge + other.hinge,
                square + other.square,
                squaredHinge + other.squaredHinge);
    }

    /** This penalty times a number. */
    public ResidualPenalty times(double factor) {
        return new ResidualPenalty(identity * factor, hinge * factor, square * factor, squaredHinge * factor);
    }

    /** The same penalty written for the residual's negative: {@code flipped().value(-r) == value(r)}. */
    public ResidualPenalty flipped() {
        // 0.0 − w instead of −w: no weight becomes −0.0, which is not equal to 0.0 in a record.
        return new ResidualPenalty(0.0 - identity - hinge, hinge, square + squaredHinge, 0.0 - squaredHinge);
    }

    /** Whether φ is w₁·r. */
    boolean isIdentity() {
        return hinge == 0 && square == 0 && squaredHinge == 0;
    }

    /** Whether φ is convex: its kink bends upwards and neither branch has negative curvature. */
    public boolean isConvex() {
        return hinge >= 0 && square >= 0 && square + squaredHinge >= 0;
    }

    /** φ(r). */
    public double value(double r) {
        double positive = Math.max(r, 0);
        return (identity + square * r) * r + (hinge + squaredHinge * positive) * positive;
    }

    /** φ'(r); at the kink r = 0 the derivative from the left, which is a subgradient of a convex φ. */
    public double derivative(double r) {
        return r > 0 ? identity + hinge + 2 * (square + squaredHinge) * r : identity + 2 * square * r;
    }

    /**
     * E φ(r) for r ~ N(mean, std²).
     *
     * @param std at least 0
     */
    public double expectation(double mean, double std) {
        if (std == 0) {
            return value(mean);
        }
        double z = mean / std;
        double cdf = StandardNormal.distribution(z);
        double stdPdf = std * StandardNormal.density(z);
        double positive = Math.max(mean * cdf + stdPdf, 0); // E[r₊]
        double positiveSquare = Math.max((mean * mean + std * std) * cdf + mean * stdPdf, 0); // E[r₊²]
        return identity * mean + hinge * positive + square * (mean * mean + std * std) + squaredHinge * positiveSquare;
    }

    /** ∂/∂mean E φ(r) = E φ'(r). */
    public double expectedDerivative(double mean, double std) {
        if (std == 0) {
            return derivative(mean);
        }
        double z = mean / std;
        double cdf = StandardNormal.distribution(z);
        double slope = identity + hinge * cdf + 2 * square * mean;
        return squaredHinge == 0
                ? slope // saves an exponential
                : slope + 2 * squaredHinge * Math.max(mean * cdf + std * StandardNormal.density(z), 0);
    }

    /** ∂²/∂mean² E φ(r); with std = 0 the curvature of the branch that r is on. */
    public double expectedCurvature(double mean, double std) {
        if (std == 0) {
            return mean > 0 ? 2 * (square + squaredHinge) : 2 * square;
        }
        double z = mean / std;
        double curvature = hinge * StandardNormal.density(z) / std + 2 * square;
        return squaredHinge == 0 ? curvature : curvature + 2 * squaredHinge * StandardNormal.distribution(z);
    }

    /** ∂²/∂mean∂std E φ(r), how the slope changes with the std; with std = 0 its value far from the kink, 0. */
    public double expectedSlopeStdDerivative(double mean, double std) {
        if (std == 0) {
            return 0;
        }
        double z = mean / std;
        return StandardNormal.density(z) * (2 * squaredHinge - hinge * z / std);
    }

    /** ∂/∂std E φ(r); with std = 0 the derivative from above. */
    public double expectedStdDerivative(double mean, double std) {
        if (std == 0) {
            return mean == 0 ? hinge * StandardNormal.density(0) : 0;
        }
        double z = mean / std;
        return hinge * StandardNormal.density(z) + 2 * std * (square + squaredHinge * StandardNormal.distribution(z));
    }
}
