package org.soebm.ortools;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * Sequential quadratic programming for objectives with Gaussian terms over sets without integers. Each iteration keeps
 * the known terms exactly, and those whose residual is many standard deviations from the kink, and replaces the rest
 * of every ridge function by its second-order expansion at the current position. The Hessian is diagonal in the
 * positions t_j = d_jᵀa and exact, so steps become Newton steps; the quadratic program goes to PDLP. When full steps
 * overshoot, the curvature is blended with its upper bound over all t, with which a full step always descends. Steps
 * are bounded, as an expansion may fall for ever where the objective does not. Stops on the {@link OptimalityGap}, not
 * on a number of iterations.
 */
final class GaussianSequentialQuadratic {
    private static final double LEAST_BLEND = 1e-9; // keeps flat tails of the penalty strictly convex
    private static final double SUFFICIENT_DECREASE = 0.1;
    private static final double SHORTEST_STEP = 1e-9;
    private static final int MOST_STALLS = 3;
    private static final int PATIENCE = 60; // iterations, where about five are usual, until another method may try
    private static final double LEAST_WEIGHT = 1e-6;
    private static final double FIRST_RADIUS = 10;
    private static final double SUSPICIOUS_RADIUS = 1e4;

    /** An objective that recedes nowhere: the programs here are bounded by construction. */
    private static final RidgeSum NOTHING = new RidgeSum(List.of(), new double[0], 0);

    private final RidgeSum objective;
    private final ConstraintSet set;
    private final SolverOptions options;
    private final SolveBudget budget;

    GaussianSequentialQuadratic(RidgeSum objective, ConstraintSet set, SolverOptions options, SolveBudget budget) {
        this.objective = objective;
        this.set = set;
        this.options = options;
        this.budget = budget;
    }

    /**
     * Minimises the objective.
     *
     * @param start decisions near the optimum, or null
     */
    Outcome solve(double @Nullable [] start) {
        Outcome first = firstPoint(start == null ? SeparableMinimum.of(objective, set) : start);
        if (!first.hasDecision()) {
            return first;
        }
        double[] point = first.variables();
        double value = objective.value(point);
        double gap = Double.POSITIVE_INFINITY;
        double blend = 0;
        double radius = FIRST_RADIUS * (1 + largest(point));
        int stalls = 0;
        for (int iteration = 0; iteration < PATIENCE && stalls < MOST_STALLS; iteration++) {
            budget.throwIfCancelled();
            Outcome trial = expandAround(point, blend, radius);
            if (!trial.hasDecision()) {
                return stoppedAt(point, gap, trial);
            }
            double predicted = predictedDecrease(point, trial.variables(), blend);
            double length = 1;
            double[] next = trial.variables();
            double nextValue = objective.value(next);
            while (nextValue > value - SUFFICIENT_DECREASE * length * predicted && length > SHORTEST_STEP) {
                length /= 2;
                next = between(point, trial.variables(), length);
                nextValue = objective.value(next);
            }
            if (length == 1 && largestStep(point, next) > 0.99 * radius) {
                radius *= 8;
                if (recedes(radius)) {
                    return NoOptimum.explain(objective, set, options, budget, "");
                }
            }
            boolean improved = nextValue < value;
            double allowed = OptimalityGap.allowed(value, options);
            stalls = improved && value - nextValue > 1e-3 * allowed ? 0 : stalls + 1;
            if (improved) {
                point = next;
                value = nextValue;
            }
            blend = length == 1 ? blend < 1e-3 ? 0 : blend / 8 : Math.min(1, Math.max(4 * blend, 1e-2));
            if (predicted <= SUFFICIENT_DECREASE * allowed || stalls > 0) {
                gap = OptimalityGap.of(objective, set, point, options, budget);
                if (gap <= allowed) {
                    return Outcome.optimal(point, "");
                }
            }
        }
        return stoppedAt(
                point,
                gap,
                Outcome.none(SolveStatus.FAILED, "There was no more progress. Maybe allow a larger tolerance?"));
    }

    private Outcome stoppedAt(double[] point, double gap, Outcome reason) {
        return Outcome.feasible(
                point,
                "Stopped with an optimality gap " + (Double.isInfinite(gap) ? "that is not known" : "of at most " + gap)
                        + ". " + reason.message());
    }

    private boolean recedes(double radius) {
        return radius > SUSPICIOUS_RADIUS && NoOptimum.recedes(objective, set, options, budget);
    }

    /**
     * The feasible point closest to where the ridge functions want to be (their position at the given decisions, else
     * their own minimum or kink), in the metric of their curvature there.
     */
    private Outcome firstPoint(double @Nullable [] near) {
        LinearQuadraticModel model = LinearQuadraticModel.over(set);
        for (int i = 0; i < set.decisionCount(); i++) {
            square(model, i, LEAST_WEIGHT, near == null ? 0 : near[i]);
        }
        for (RidgeFunction ridge : objective.ridges()) {
            double at = near == null ? ownPosition(ridge) : ridge.position(near);
            double weight = Math.max(LEAST_WEIGHT, ridge.gaussianCurvature(at));
            int variable;
            if (ridge.isCoordinate()) {
                variable = ridge.direction().index(0);
            } else {
                variable = model.variable(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
                model.row(ridge.direction(), 1, variable, -1, 0, 0);
            }
            square(model, variable, weight, at);
        }
        return ConvexProgram.solve(model.build(), NOTHING, set, options, budget);
    }

    /** Adds ½·weight·(v − at)² without its constant. */
    private static void square(LinearQuadraticModel model, int variable, double weight, double at) {
        model.addSquare(variable, 0.5 * weight);
        model.addCost(variable, -weight * at);
    }

    private static double ownPosition(RidgeFunction ridge) {
        double minimum = SeparableMinimum.minimum(ridge, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        return Double.isFinite(minimum) ? minimum : ridge.middleKink();
    }

    /** The minimiser of the expansion around a feasible point, at most the radius away in every decision. */
    private Outcome expandAround(double[] point, double blend, double radius) {
        List<RidgeFunction> ridges = objective.ridges();
        EpigraphModel.Expansion[] expansions = new EpigraphModel.Expansion[ridges.size()];
        for (int j = 0; j < expansions.length; j++) {
            RidgeFunction ridge = ridges.get(j);
            double at = ridge.position(point);
            expansions[j] = new EpigraphModel.Expansion(at, ridge.gaussianSlope(at), curvature(ridge, at, blend));
        }
        LinearQuadraticModel model = EpigraphModel.of(set, objective, expansions);
        for (int i = 0; i < set.decisionCount(); i++) {
            model.narrow(i, point[i] - radius, point[i] + radius);
        }
        return ConvexProgram.solve(model.build(), NOTHING, set, options, budget);
    }

    private static double curvature(RidgeFunction ridge, double at, double blend) {
        double exact = ridge.gaussianCurvature(at);
        return exact + Math.max(blend, LEAST_BLEND) * (ridge.gaussianCurvatureBound(at) - exact);
    }

    /** By how much the model of {@link #expandAround} says that the trial is better. */
    private double predictedDecrease(double[] point, double[] trial, double blend) {
        double decrease = 0;
        for (int i = 0; i < objective.linear().length; i++) {
            decrease += objective.linear()[i] * (point[i] - trial[i]);
        }
        for (RidgeFunction ridge : objective.ridges()) {
            double from = ridge.position(point);
            double step = ridge.position(trial) - from;
            decrease += ridge.knownValue(from, from) - ridge.knownValue(from + step, from);
            decrease -= (ridge.gaussianSlope(from) + 0.5 * curvature(ridge, from, blend) * step) * step;
        }
        return decrease;
    }

    private double largest(double[] point) {
        double largest = 0;
        for (int i = 0; i < set.decisionCount(); i++) {
            largest = Math.max(largest, Math.abs(point[i]));
        }
        return largest;
    }

    private double largestStep(double[] from, double[] to) {
        double largest = 0;
        for (int i = 0; i < set.decisionCount(); i++) {
            largest = Math.max(largest, Math.abs(to[i] - from[i]));
        }
        return largest;
    }

    private static double[] between(double[] from, double[] to, double share) {
        double[] point = new double[from.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = from[i] + share * (to[i] - from[i]);
        }
        return point;
    }
}
