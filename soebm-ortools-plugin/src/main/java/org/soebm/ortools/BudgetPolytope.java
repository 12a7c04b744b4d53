package org.soebm.ortools;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.SolverOptions;

/**
 * A {@link Polytope} of bounds and at most one row low ≤ cᵀa ≤ high, such as a budget or a simplex, in closed form.
 *
 * <ul>
 *   <li>The projection of t is clip(t − λc) with the multiplier λ at which the row holds (Held, Wolfe and Crowder 1974). The
 *       row's activity falls in λ and is straight between the values at which a decision meets a bound, so that bisection
 *       over those and one interpolation give λ up to rounding.
 *   <li>A vertex is that of a continuous knapsack (Dantzig 1957): every decision at its better bound, then those moved
 *       back for whom a unit of the row costs least.
 * </ul>
 */
final class BudgetPolytope implements Polytope {
    private final ConstraintSet set;
    private final SolverOptions options;
    private final SolveBudget budget;
    private final int n;
    private final double[] lower;
    private final double[] upper;
    private final double[] coefficient; // of the row, 0 without one
    private final double low;
    private final double high;

    BudgetPolytope(ConstraintSet set, SolverOptions options, SolveBudget budget) {
        this.set = set;
        this.options = options;
        this.budget = budget;
        n = set.decisionCount();
        lower = new double[n];
        upper = new double[n];
        coefficient = new double[n];
        Arrays.setAll(lower, set::lower);
        Arrays.setAll(upper, set::upper);
        @Nullable LinearRow row = set.rows().isEmpty() ? null : set.rows().get(0);
        low = row == null ? Double.NEGATIVE_INFINITY : row.lower();
        high = row == null ? Double.POSITIVE_INFINITY : row.upper();
        SparseVector c = row == null ? SparseVector.zero() : row.coefficients();
        c.addTo(coefficient, 1);
    }

    /** Whether a set is of this form. */
    static boolean fits(ConstraintSet set) {
        return set.auxiliaryCount() == 0 && !set.hasIntegers() && set.rows().size() <= 1;
    }

    @Override
    public boolean isClosedForm() {
        return true;
    }

    @Override
    public Outcome project(double[] decisions) {
        double activity = activity(decisions, 0);
        double side = Math.min(Math.max(activity, low), high);
        if (activity == side) {
            return Outcome.feasible(shifted(decisions, 0), "");
        }
        double[] meetings = meetings(decisions);
        int below = 0; // meetings before this one have an activity above the side
        int above = meetings.length;
        while (below < above) {
            int middle = (below + above) >>> 1;
            if (activity(decisions, meetings[middle]) > side) {
                below = middle + 1;
            } else {
                above = middle;
            }
        }
        double multiplier = multiplier(decisions, meetings, below, side);
        double[] point = shifted(decisions, multiplier);
        double miss = Math.abs(activity(point, 0) - side);
        return miss <= AnswerCheck.TOLERANCE * scale(point)
                ? Outcome.feasible(point, "")
                : NoOptimum.feasiblePoint(set, options, budget); // there is none, and it says why
    }

    /** Between two neighbouring meetings, or outside of them all, by the straight line that the activity is there. */
    private double multiplier(double[] decisions, double[] meetings, int below, double side) {
        if (meetings.length == 0) {
            double slope = activity(decisions, 0) - activity(decisions, 1);
            return slope == 0 ? 0 : (activity(decisions, 0) - side) / slope;
        }
        double last = meetings[meetings.length - 1];
        double left = below == 0 ? meetings[0] - 1 - Math.abs(meetings[0]) : meetings[below - 1];
        double right = below == meetings.length ? last + 1 + Math.abs(last) : meetings[below];
        double atLeft = activity(decisions, left);
        double atRight = activity(decisions, right);
        return atLeft == atRight ? right : left + (right - left) * (atLeft - side) / (atLeft - atRight);
    }

    /** The multipliers at which a decision meets a bound, in rising order. */
    private double[] meetings(double[] decisions) {
        double[] meetings = new double[2 * n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (coefficient[i] != 0) {
                for (double bound : new double[] {lower[i], upper[i]}) {
                    double meeting = (decisions[i] - bound) / coefficient[i];
                    if (Double.isFinite(meeting)) {
                        meetings[count++] = meeting;
                    }
                }
            }
        }
        Arrays.sort(meetings, 0, count);
        return Arrays.copyOf(meetings, count);
    }

    private double[] shifted(double[] decisions, double multiplier) {
        double[] point = new double[n];
        for (int i = 0; i < n; i++) {
            point[i] = clip(i, decisions[i] - multiplier * coefficient[i]);
        }
        return point;
    }

    private double activity(double[] decisions, double multiplier) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            if (coefficient[i] != 0) {
                sum += coefficient[i] * clip(i, decisions[i] - multiplier * coefficient[i]);
            }
        }
        return sum;
    }

    private double clip(int i, double value) {
        return Math.min(Math.max(value, lower[i]), upper[i]);
    }

    private double scale(double[] point) {
        double scale = 1;
        for (int i = 0; i < n; i++) {
            scale = Math.max(scale, Math.abs(coefficient[i] * point[i]));
        }
        return scale;
    }

    @Override
    public Outcome vertex(double[] slope, double[] centre, double radius) {
        double[] point = new double[n];
        double activity = 0;
        for (int i = 0; i < n; i++) {
            double way = slope[i] > 0 ? -radius : slope[i] < 0 ? radius : 0;
            point[i] = clip(i, centre[i] + way);
            activity += coefficient[i] * point[i];
        }
        double excess = activity > high ? activity - high : activity < low ? activity - low : 0;
        if (excess != 0) {
            moveBack(point, slope, centre, radius, excess);
        }
        return Outcome.feasible(point, "");
    }

    /** Takes the excess off the row's activity at the least cost. */
    private void moveBack(double[] point, double[] slope, double[] centre, double radius, double excess) {
        Integer[] order = new Integer[n];
        double[] price = new double[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
            price[i] = coefficient[i] == 0 ? Double.POSITIVE_INFINITY : Math.abs(slope[i] / coefficient[i]);
        }
        Arrays.sort(order, (i, j) -> Double.compare(price[i], price[j]));
        double left = excess;
        for (int i : order) {
            if (left == 0 || coefficient[i] == 0) {
                return;
            }
            double wanted = point[i] - left / coefficient[i];
            double moved = Math.min(Math.max(wanted, centre[i] - radius), centre[i] + radius);
            moved = clip(i, moved);
            left = moved == wanted ? 0 : left - coefficient[i] * (point[i] - moved);
            point[i] = moved;
        }
    }
}
