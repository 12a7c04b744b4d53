package org.soebm.ortools;

import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.solver.SolverOptions;

/**
 * The minimiser of a separable convex objective over bounds and one row, such as a budget: with a price λ on the row's
 * activity every decision is its own {@link SeparableMinimum}, the activity falls in λ, and bracketing finds the λ at which
 * it meets the row's side (the continuous resource allocation problem; survey: Patriksson 2008). Where the activity jumps,
 * as at straight pieces of the objective, the answer lies between the minimisers on both sides of the jump. The Lagrangian
 * at λ is a lower bound of the optimum, which proves the answer.
 */
final class SingleRowMinimum {
    private static final int MOST_DOUBLINGS = 200;
    private static final int MOST_STEPS = 200;
    private static final double SHARE_OF_TOLERANCE = 0.01;

    private final RidgeSum objective;
    private final ConstraintSet set;
    private final LinearRow row;
    private final @Nullable RidgeFunction[] byDecision;
    private final double[] coefficient;
    private final double side;

    private SingleRowMinimum(RidgeSum objective, ConstraintSet set, LinearRow row, double side) {
        this.objective = objective;
        this.set = set;
        this.row = row;
        this.side = side;
        byDecision = new RidgeFunction[set.decisionCount()];
        objective.ridges().forEach(ridge -> byDecision[ridge.direction().index(0)] = ridge);
        coefficient = new double[set.decisionCount()];
        row.coefficients().addTo(coefficient, 1);
    }

    /**
     * The minimiser, or null where the problem is of another form or the proof fails.
     *
     * @param free the {@link SeparableMinimum}, which misses the row
     */
    static double @Nullable [] of(RidgeSum objective, ConstraintSet set, double[] free, SolverOptions options) {
        if (set.hasIntegers() || set.auxiliaryCount() > 0 || set.rows().size() != 1 || !objective.isSeparable()) {
            return null;
        }
        LinearRow row = set.rows().get(0);
        double side = row.coefficients().dot(free) > row.upper() ? row.upper() : row.lower();
        return new SingleRowMinimum(objective, set, row, side).solve(free, options);
    }

    private double @Nullable [] solve(double[] free, SolverOptions options) {
        boolean tooMuch = excess(free) > 0;
        double step = tooMuch ? 1 : -1;
        double near = 0; // the multiplier at which the row is still missed
        double[] atNear = free;
        double far = step;
        double @Nullable [] atFar = pricedMinimum(far);
        for (int k = 0; atFar != null && isMissed(atFar, tooMuch); k++) {
            if (k == MOST_DOUBLINGS) {
                return null;
            }
            near = far;
            atNear = atFar;
            far *= 2;
            atFar = pricedMinimum(far);
        }
        double weight = 1; // of the far end's excess: halved while the same end moves (the Illinois rule)
        for (int k = 0; k < MOST_STEPS && atFar != null && excess(atFar) != 0; k++) {
            double nearExcess = excess(atNear);
            double farExcess = weight * excess(atFar);
            double secant = near + (far - near) * nearExcess / (nearExcess - farExcess);
            double multiplier = k % 3 == 2 ? 0.5 * (near + far) : secant;
            if (!(Math.min(near, far) < multiplier && multiplier < Math.max(near, far))) {
                multiplier = 0.5 * (near + far);
            }
            if (multiplier == near || multiplier == far) {
                break;
            }
            double @Nullable [] minimum = pricedMinimum(multiplier);
            if (minimum == null) {
                return null;
            }
            if (isMissed(minimum, tooMuch)) {
                weight *= 0.5;
                near = multiplier;
                atNear = minimum;
            } else {
                weight = 1;
                far = multiplier;
                atFar = minimum;
            }
            if (Math.abs(far - near) <= 4 * Math.ulp(far)) {
                break;
            }
        }
        if (atFar == null) {
            return null;
        }
        double[] point = onRow(atNear, atFar);
        double value = objective.value(point);
        double bound = objective.value(atFar) + far * excess(atFar);
        return value - bound <= SHARE_OF_TOLERANCE * OptimalityGap.allowed(value, options) ? point : null;
    }

    private double excess(double[] point) {
        return row.coefficients().dot(point) - side;
    }

    private boolean isMissed(double[] point, boolean tooMuch) {
        return tooMuch ? excess(point) > 0 : excess(point) < 0;
    }

    /** Every decision's minimiser with the row's price; null where one runs off. */
    private double @Nullable [] pricedMinimum(double multiplier) {
        double[] point = new double[coefficient.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = SeparableMinimum.minimum(
                    byDecision[i], objective.linear()[i] + multiplier * coefficient[i], set.lower(i), set.upper(i));
            if (!Double.isFinite(point[i])) {
                return null;
            }
        }
        return point;
    }

    private double[] onRow(double[] missing, double[] keeping) {
        double from = excess(keeping);
        double to = excess(missing);
        double share = from == 0 || to == from ? 0 : -from / (to - from);
        double[] point = new double[keeping.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.min(Math.max(keeping[i] + share * (missing[i] - keeping[i]), set.lower(i)), set.upper(i));
        }
        return point;
    }
}
