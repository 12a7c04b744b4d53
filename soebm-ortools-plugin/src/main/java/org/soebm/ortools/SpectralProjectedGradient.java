package org.soebm.ortools;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * The spectral projected gradient method (Birgin, Martínez and Raydan 2000) for a smooth oracle over a set without
 * integers. Each iteration projects a gradient step onto the set, a quadratic program for PDLP, and searches along the
 * way there without asking for descent at every step. Stops when the Frank-Wolfe gap max g(a)ᵀ(a − v) over the
 * feasible v within 1 + max|aᵢ|, a linear program for GLOP, is within the tolerance: a is then stationary, and optimal
 * where the objective is convex. Answers UNBOUNDED where the objective keeps falling along a direction in
 * which the set never ends, as far as a look a billion times as far as the decisions can tell.
 */
final class SpectralProjectedGradient {
    private static final int MEMORY = 8;
    private static final int GAP_PERIOD = 10;
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double SHORTEST_STEP = 1e-12;
    private static final double LEAST_SPECTRAL_STEP = 1e-10;
    private static final double LARGEST_SPECTRAL_STEP = 1e10;
    private static final double FAR = 1e3; // as a multiple of max(1, |a|) at the start

    /** An objective that recedes nowhere: projections are bounded. */
    private static final RidgeSum NOTHING = new RidgeSum(List.of(), new double[0], 0);

    private final SmoothObjective objective;
    private final ConstraintSet set;
    private final SolverOptions options;
    private final SolveBudget budget;
    private final int n;

    SpectralProjectedGradient(SmoothObjective objective, ConstraintSet set, SolverOptions options, SolveBudget budget) {
        this.objective = objective;
        this.set = set;
        this.options = options;
        this.budget = budget;
        n = set.decisionCount();
    }

    Outcome solve(double @Nullable [] start) {
        Outcome projected = project(start == null ? new double[n] : start);
        if (!projected.hasDecision()) {
            return projected;
        }
        double[] point = projected.variables();
        double[] gradient = new double[n];
        double value = evaluate(point, gradient);
        double[] best = point;
        double bestValue = value;
        Deque<Double> recent = new ArrayDeque<>();
        recent.add(value);
        double far = FAR * Math.max(1, largest(Arrays.copyOf(point, n)));
        double spectral = 1 / Math.max(1, largest(gradient));
        for (int iteration = 1; ; iteration++) {
            budget.throwIfCancelled();
            if (budget.isSpent()) {
                return Outcome.feasible(best, "The time limit was reached before a stationary point.");
            }
            double[] target = new double[n];
            for (int i = 0; i < n; i++) {
                target[i] = point[i] - spectral * gradient[i];
            }
            projected = project(target);
            if (!projected.hasDecision()) {
                return stopped(point, gradient, best, "Stopped: " + projected.message());
            }
            double slope = 0;
            double longest = 0;
            for (int i = 0; i < n; i++) {
                double d = projected.variables()[i] - point[i];
                slope += gradient[i] * d;
                longest = Math.max(longest, Math.abs(d));
            }
            boolean still = slope >= 0 || longest <= 1e-9 * Math.max(1, largest(point));
            double allowed = OptimalityGap.allowed(value, options);
            if (still || -slope <= allowed || iteration % GAP_PERIOD == 0) {
                double gap = frankWolfeGap(point, gradient);
                if (gap <= allowed) {
                    return stationary(point, gap);
                }
                if (still) {
                    return stopped(point, gradient, best, "Stopped with a stationarity gap of " + gap + ".");
                }
            }
            double reference = Collections.max(recent);
            double length = 1;
            double[] next = point;
            double[] nextGradient = new double[n];
            double nextValue;
            do {
                next = between(point, projected.variables(), length);
                nextValue = evaluate(next, nextGradient);
                length /= 2;
            } while (nextValue > reference + SUFFICIENT_DECREASE * 2 * length * slope && length > SHORTEST_STEP);
            if (length <= SHORTEST_STEP) {
                return stopped(
                        point,
                        gradient,
                        best,
                        "Stopped with a stationarity gap of " + frankWolfeGap(point, gradient)
                                + ": no step along the gradient lowers the objective. Maybe its gradient is too inexact?");
            }
            double stepStep = 0;
            double stepChange = 0;
            for (int i = 0; i < n; i++) {
                double s = next[i] - point[i];
                stepStep += s * s;
                stepChange += s * (nextGradient[i] - gradient[i]);
            }
            spectral = stepChange <= 0
                    ? LARGEST_SPECTRAL_STEP
                    : Math.min(LARGEST_SPECTRAL_STEP, Math.max(LEAST_SPECTRAL_STEP, stepStep / stepChange));
            spectral = Math.min(spectral, 1e3 * Math.max(1, largest(next)) / Math.max(1e-300, largest(nextGradient)));
            point = next;
            value = nextValue;
            gradient = nextGradient;
            recent.addLast(value);
            if (recent.size() > MEMORY) {
                recent.removeFirst();
            }
            if (value < bestValue) {
                best = point;
                bestValue = value;
            }
            if (largest(Arrays.copyOf(point, n)) > far) {
                if (fallsForEver(point, gradient)) {
                    return unbounded();
                }
                far *= 10;
            }
        }
    }

    /** Far away projections are too inexact to go on, so the reason to stop may be that there is no end. */
    private Outcome stopped(double[] point, double[] gradient, double[] best, String message) {
        return fallsForEver(point, gradient) ? unbounded() : Outcome.feasible(best, message);
    }

    private static Outcome unbounded() {
        return Outcome.none(
                SolveStatus.UNBOUNDED,
                "The objective falls without end along a direction that the constraints leave open, as far as was"
                        + " looked. Maybe a bound on a decision is missing?");
    }

    /**
     * Whether the set never ends in a direction in which the gradient falls, and the objective falls there on and on: by
     * each factor of a thousand at least half as much as by the one before, as a logarithm does and no bounded power.
     */
    private boolean fallsForEver(double[] point, double[] gradient) {
        double scale = largest(gradient);
        if (scale == 0) {
            return false;
        }
        double[] slope = Arrays.stream(gradient).map(g -> g / scale).toArray();
        double[] direction = NoOptimum.recession(new RidgeSum(List.of(), slope, 0), set, options, budget);
        if (direction == null) {
            return false;
        }
        double size = Math.max(1, largest(Arrays.copyOf(point, n)));
        double near = valueAlong(point, direction, 1e3 * size);
        double far = valueAlong(point, direction, 1e6 * size);
        double farther = valueAlong(point, direction, 1e9 * size);
        return near > far && far - farther >= (near - far) / 2;
    }

    private double valueAlong(double[] point, double[] direction, double length) {
        double[] decisions = new double[n];
        Arrays.setAll(decisions, i -> point[i] + length * direction[i]);
        return objective.value(decisions);
    }

    private static Outcome stationary(double[] point, double gap) {
        return Outcome.feasible(
                point, "A stationary point, with a gap of " + gap + "; it is optimal if the objective is convex.");
    }

    private double evaluate(double[] point, double[] gradient) {
        double[] decisions = Arrays.copyOf(point, n);
        double value = objective.valueAndGradient(decisions, gradient);
        boolean finite = Double.isFinite(value);
        for (int i = 0; i < n && finite; i++) {
            finite = Double.isFinite(gradient[i]);
        }
        if (!finite) {
            throw new IllegalArgumentException("The objective at " + Arrays.toString(decisions) + " is " + value
                    + " with gradient " + Arrays.toString(gradient) + ", but both must be finite."
                    + " Maybe the problem's parameters hold a NaN?");
        }
        return value;
    }

    /** The feasible point closest to the target. */
    private Outcome project(double[] target) {
        if (set.rows().isEmpty() && set.auxiliaryCount() == 0) {
            return Outcome.feasible(AnswerCheck.clip(Arrays.copyOf(target, n), set), "");
        }
        LinearQuadraticModel model = LinearQuadraticModel.over(set);
        for (int i = 0; i < n; i++) {
            model.addSquare(i, 0.5);
            model.addCost(i, -target[i]);
        }
        return ConvexProgram.solve(model.build(), NOTHING, set, options, budget);
    }

    private double frankWolfeGap(double[] point, double[] gradient) {
        LinearQuadraticModel model = LinearQuadraticModel.over(set);
        double radius = 1 + largest(Arrays.copyOf(point, n));
        double here = 0;
        for (int i = 0; i < n; i++) {
            model.narrow(i, point[i] - radius, point[i] + radius);
            model.addCost(i, gradient[i]);
            here += gradient[i] * point[i];
        }
        BackEndAnswer answer = BackEnd.GLOP.solve(model.build(), options, budget);
        return answer.kind() == BackEndAnswer.Kind.OPTIMAL
                ? Math.max(0, here - answer.bound())
                : Double.POSITIVE_INFINITY;
    }

    private static double[] between(double[] from, double[] to, double share) {
        double[] point = new double[from.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = from[i] + share * (to[i] - from[i]);
        }
        return point;
    }

    private static double largest(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
