package org.soebm.ortools;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;

/**
 * The minimiser of a separable objective over the bounds alone, one decision at a time and exact up to rounding. Where it
 * satisfies the rows too, it is optimal over the whole feasible set and no solver has to run; where it does not, it is
 * still the point from which a sequential method starts.
 */
final class SeparableMinimum {
    private static final int MOST_DOUBLINGS = 200;
    private static final int MOST_HALVINGS = 200;

    private SeparableMinimum() {}

    /**
     * The minimiser over bounds and integrality, or null when the objective is not separable, the set has auxiliary
     * variables or a decision runs off to infinity.
     */
    static double @Nullable [] of(RidgeSum objective, ConstraintSet set) {
        if (!objective.isSeparable() || set.auxiliaryCount() > 0) {
            return null;
        }
        double[] decisions = new double[set.decisionCount()];
        RidgeFunction[] byDecision = new RidgeFunction[decisions.length];
        objective.ridges().forEach(ridge -> byDecision[ridge.direction().index(0)] = ridge);
        for (int i = 0; i < decisions.length; i++) {
            double minimum = minimum(byDecision[i], objective.linear()[i], set.lower(i), set.upper(i));
            if (!Double.isFinite(minimum)) {
                return null;
            }
            if (set.isInteger(i)) {
                minimum = integerMinimum(byDecision[i], objective.linear()[i], minimum, set.lower(i), set.upper(i));
                if (!Double.isFinite(minimum)) {
                    return null;
                }
            }
            decisions[i] = minimum;
        }
        return decisions;
    }

    /** A minimiser of g(t) + linear·t over [lower, upper]; infinite when there is none. */
    static double minimum(@Nullable RidgeFunction ridge, double linear, double lower, double upper) {
        if (ridge == null) {
            double anywhere = Math.min(Math.max(0, lower), upper);
            return linear == 0 ? anywhere : linear > 0 ? lower : upper;
        }
        Slope slope = new Slope(ridge, linear);
        if (lower == upper || slope.right(lower) >= 0) {
            return lower;
        }
        if (slope.left(upper) <= 0) {
            return upper;
        }
        double[] kinks = slope.kinksWithin(lower, upper);
        int below = 0; // kinks before this one have a negative slope on their right
        int above = kinks.length;
        while (below < above) {
            int middle = (below + above) >>> 1;
            if (slope.right(kinks[middle]) < 0) {
                below = middle + 1;
            } else if (slope.left(kinks[middle]) > 0) {
                above = middle;
            } else {
                return kinks[middle];
            }
        }
        double left = below == 0 ? lower : kinks[below - 1];
        double right = below == kinks.length ? upper : kinks[below];
        return slope.rootBetween(left, right);
    }

    private static double integerMinimum(
            @Nullable RidgeFunction ridge, double linear, double continuous, double lower, double upper) {
        double best = Double.NaN;
        double bestValue = Double.POSITIVE_INFINITY;
        for (double t : new double[] {Math.floor(continuous), Math.ceil(continuous)}) {
            double value = linear * t + (ridge == null ? 0 : ridge.value(t));
            if (t >= lower && t <= upper && value < bestValue) {
                best = t;
                bestValue = value;
            }
        }
        return best;
    }

    /** The derivative of g(t) + linear·t, which never falls. */
    private record Slope(RidgeFunction ridge, double linear) {
        double left(double t) {
            return Double.isInfinite(t) ? atInfinity(t) : ridge.slope(t, false) + linear;
        }

        double right(double t) {
            return Double.isInfinite(t) ? atInfinity(t) : ridge.slope(t, true) + linear;
        }

        /** The limit as t goes to −∞ or ∞. */
        private double atInfinity(double t) {
            double sum = linear;
            for (RidgeFunction.Term term : ridge.terms()) {
                double r = term.scale() * t;
                boolean curved =
                        term.penalty().square() != 0 || (r > 0 && term.penalty().squaredHinge() != 0);
                if (curved) {
                    return t;
                }
                sum += term.scale()
                        * (term.penalty().identity() + (r > 0 ? term.penalty().hinge() : 0));
            }
            return sum;
        }

        double[] kinksWithin(double lower, double upper) {
            double[] kinks = ridge.kinks();
            int from = 0;
            while (from < kinks.length && kinks[from] <= lower) {
                from++;
            }
            int to = kinks.length;
            while (to > from && kinks[to - 1] >= upper) {
                to--;
            }
            return Arrays.copyOfRange(kinks, from, to);
        }

        /** The root between two points without kinks in between: one Newton step where g is quadratic there. */
        double rootBetween(double left, double right) {
            double low = left;
            double high = right;
            double t = start(left, right);
            double spread = ridge.largestSpread();
            double step = spread > 0 ? spread : 1;
            for (int i = 0; Double.isInfinite(low) || Double.isInfinite(high); i++) { // bracket it
                if (i == MOST_DOUBLINGS) {
                    return Double.NaN;
                }
                double s = right(t);
                if (s == 0) {
                    return t;
                }
                if (s < 0) {
                    low = t;
                    t = Double.isInfinite(high) ? t + step : 0.5 * (low + high);
                } else {
                    high = t;
                    t = Double.isInfinite(low) ? t - step : 0.5 * (low + high);
                }
                step *= 2;
            }
            t = t > low && t < high ? t : 0.5 * (low + high);
            double last = Double.POSITIVE_INFINITY; // the length of the last step, and of the one before it
            double beforeLast = Double.POSITIVE_INFINITY;
            for (int i = 0; i < MOST_HALVINGS; i++) {
                double s = right(t);
                if (s == 0) {
                    return t;
                }
                if (s < 0) {
                    low = t;
                } else {
                    high = t;
                }
                double newton = t - s / ridge.curvature(t);
                // Newton steps that do not shrink could creep or go round in circles: then the bracket is halved.
                boolean safe = newton > low && newton < high && Math.abs(newton - t) <= 0.5 * beforeLast;
                double next = safe ? newton : 0.5 * (low + high);
                if (next == t || next <= low || next >= high) {
                    return next;
                }
                if (safe && Math.abs(newton - t) <= 4 * Math.ulp(t)) {
                    return newton;
                }
                beforeLast = last;
                last = Math.abs(next - t);
                t = next;
            }
            return t;
        }

        private double start(double left, double right) {
            if (Double.isFinite(left) && Double.isFinite(right)) {
                return 0.5 * (left + right);
            }
            if (Double.isFinite(left)) {
                return left + 1;
            }
            if (Double.isFinite(right)) {
                return right - 1;
            }
            return ridge.middleKink();
        }
    }
}
