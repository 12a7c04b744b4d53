package org.soebm.ortools;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.linear.SparseVector;

/**
 * A convex function of one linear form of the decisions, g(t) = Σ_k E φ_k(σ_k·t + b_k + s_k·ε) with t = dᵀa. All penalty
 * terms whose coefficients are multiples of the same direction d share one ridge function, so that the scenarios of a
 * sample average cost one function a decision and not one a scenario.
 */
final class RidgeFunction {
    /** Below this standard deviation a residual counts as known; what that changes is of its order. */
    private static final double KNOWN_STD = 1e-9;

    private static final double FAR_STDS = 8;
    private static final double INVERSE_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

    /** One term E φ(scale·t + offset + std·ε). */
    record Term(double scale, double offset, double std, ResidualPenalty penalty) {
        boolean isKnown() {
            return std == 0;
        }

        /**
         * Whether the term can be taken for a known one by an expansion around t: so far from the kink the Gaussian
         * penalty is the penalty itself (up to a constant), and a step across the kink meets the kink rather than a
         * parabola that knows nothing of it.
         */
        boolean actsKnown(double t) {
            return isKnown() || Math.abs(residual(t)) > FAR_STDS * std;
        }

        double residual(double t) {
            return scale * t + offset;
        }

        /** Where the residual is zero. */
        double kink() {
            return -offset / scale;
        }

        /** The one-sided derivative with respect to t. */
        double slope(double t, boolean fromRight) {
            double r = residual(t);
            if (!isKnown()) {
                return scale * penalty.expectedDerivative(r, std);
            }
            if (Math.abs(r) <= 1e-14 * Math.max(1, Math.abs(offset))) { // on the kink, up to rounding
                boolean residualFromRight = fromRight == (scale > 0);
                return scale * (penalty.identity() + (residualFromRight ? penalty.hinge() : 0));
            }
            return scale * penalty.derivative(r);
        }

        double curvature(double t) {
            return scale * scale * penalty.expectedCurvature(residual(t), std);
        }

        double curvatureBound() {
            double kink = penalty.hinge() == 0 ? 0 : penalty.hinge() * INVERSE_SQRT_TWO_PI / std;
            return scale * scale * (kink + 2 * (penalty.square() + penalty.squaredHinge()));
        }
    }

    private final SparseVector direction;
    private final List<Term> terms = new ArrayList<>();
    private double @Nullable [] kinks; // null until asked for

    /**
     * @param direction d, its first coefficient 1
     */
    RidgeFunction(SparseVector direction) {
        this.direction = direction;
    }

    void add(PenaltyTerm term) {
        double scale = term.decisionCoefficients().value(0);
        double std = term.std() <= KNOWN_STD ? 0 : term.std();
        kinks = null;
        terms.add(new Term(scale, term.offset(), std, term.penalty()));
    }

    SparseVector direction() {
        return direction;
    }

    List<Term> terms() {
        return terms;
    }

    /** Whether the direction is a single decision. */
    boolean isCoordinate() {
        return direction.size() == 1;
    }

    /** Whether no term is Gaussian. */
    boolean isKnown() {
        return terms.stream().allMatch(Term::isKnown);
    }

    /** Whether g has curvature, so that no linear program represents it exactly. */
    boolean isCurved() {
        return !isKnown() || terms.stream().map(Term::penalty).anyMatch(p -> p.square() != 0 || p.squaredHinge() != 0);
    }

    double position(double[] decisions) {
        return direction.dot(decisions);
    }

    double value(double t) {
        double sum = 0;
        for (Term term : terms) {
            sum += term.penalty().expectation(term.residual(t), term.std());
        }
        return sum;
    }

    /** At t, the terms that act as known ones in an expansion around another position. */
    double knownValue(double t, double around) {
        double sum = 0;
        for (Term term : terms) {
            if (term.actsKnown(around)) {
                sum += term.penalty().value(term.residual(t));
            }
        }
        return sum;
    }

    /** The derivative, from the left or from the right. */
    double slope(double t, boolean fromRight) {
        double sum = 0;
        for (Term term : terms) {
            sum += term.slope(t, fromRight);
        }
        return sum;
    }

    /** The second derivative, of one of the branches at a kink. */
    double curvature(double t) {
        double sum = 0;
        for (Term term : terms) {
            sum += term.curvature(t);
        }
        return sum;
    }

    /** Where g is not smooth, or its curvature jumps, in rising order. Not copied; do not change it. */
    double[] kinks() {
        if (kinks == null) {
            kinks = terms.stream()
                    .filter(term -> term.isKnown()
                            && (term.penalty().hinge() != 0 || term.penalty().squaredHinge() != 0))
                    .mapToDouble(Term::kink)
                    .sorted()
                    .distinct()
                    .toArray();
        }
        return kinks;
    }

    /** The middle one of the places where a residual's mean is zero. */
    double middleKink() {
        double[] kinks = terms.stream().mapToDouble(Term::kink).sorted().toArray();
        return kinks[kinks.length / 2];
    }

    /** The largest standard deviation of a term, in units of t; 0 where all are known. */
    double largestSpread() {
        return terms.stream()
                .mapToDouble(term -> term.std() / Math.abs(term.scale()))
                .max()
                .orElse(0);
    }

    /** Whether g is straight or has the curvature of Gaussian kinks alone. */
    boolean isCurvedByKinksOnly() {
        return terms.stream().map(Term::penalty).allMatch(p -> p.square() == 0 && p.squaredHinge() == 0);
    }

    /** The derivative at t of the terms that do not act as known ones there. */
    double gaussianSlope(double t) {
        double sum = 0;
        for (Term term : terms) {
            if (!term.actsKnown(t)) {
                sum += term.slope(t, true);
            }
        }
        return sum;
    }

    /** The second derivative at t of the terms that do not act as known ones there. */
    double gaussianCurvature(double t) {
        double sum = 0;
        for (Term term : terms) {
            if (!term.actsKnown(t)) {
                sum += term.curvature(t);
            }
        }
        return sum;
    }

    /** An upper bound, over all positions, of the second derivative of the same terms as {@link #gaussianCurvature}. */
    double gaussianCurvatureBound(double t) {
        double sum = 0;
        for (Term term : terms) {
            if (!term.actsKnown(t)) {
                sum += term.curvatureBound();
            }
        }
        return sum;
    }
}
