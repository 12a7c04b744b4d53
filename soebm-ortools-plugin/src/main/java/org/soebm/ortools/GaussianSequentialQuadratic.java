package org.soebm.ortools;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * Sequential quadratic programming for objectives with Gaussian terms over sets without integers. Each iteration keeps
 * the known terms exactly and replaces the Gaussian part of every ridge function by its second-order expansion at the
 * current position. The Hessian is diagonal in the positions t_j = d_jᵀa and exact, so steps become Newton steps; the
 * quadratic program goes to PDLP. When full steps overshoot, the curvature is blended with its upper bound over all t,
 * with which a full step always descends. Stops on the {@link OptimalityGap}, not on a number of iterations.
 */
final class GaussianSequentialQuadratic {
    private static final double LEAST_BLEND = 1e-9; // keeps flat tails of the penalty strictly convex
    private static final double SUFFICIENT_DECREASE = 0.1;
    private static final double SHORTEST_STEP = 1e-9;
    private static final int MOST_STALLS = 3;

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
     * @param start decisions to expand around first, or null
     */
    Outcome solve(double @Nullable [] start) {
        Outcome first = start == null ? firstPoint() : expandAround(start, 0);
        if (!first.hasDecision()) {
            return first;
        }
        double[] point = first.variables();
        double value = objective.value(point);
        double gap = Double.POSITIVE_INFINITY;
        double blend = 0;
        for (int stalls = 0; stalls < MOST_STALLS; ) {
            budget.throwIfCancelled();
            Outcome trial = expandAround(point, blend);
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
        return stoppedAt(point, gap, Outcome.none(SolveStatus.FAILED, "no more progress"));
    }

    private Outcome stoppedAt(double[] point, double gap, Outcome reason) {
        return Outcome.feasible(
                point,
                "Stopped with an optimality gap " + (Double.isInfinite(gap) ? "that is not known" : "of at most " + gap)
                        + ": " + reason.message());
    }

    /** The first expansion, around the separable minimum or else around each ridge function's own minimum or kink. */
    private Outcome firstPoint() {
        double[] minimum = SeparableMinimum.of(objective, set);
        if (minimum != null) {
            return expandAround(minimum, 0);
        }
        return solveModel(EpigraphModel.of(set, objective, ownExpansions()), null);
    }

    private EpigraphModel.Expansion[] ownExpansions() {
        List<RidgeFunction> ridges = objective.ridges();
        EpigraphModel.Expansion[] expansions = new EpigraphModel.Expansion[ridges.size()];
        for (int j = 0; j < expansions.length; j++) {
            RidgeFunction ridge = ridges.get(j);
            double at = SeparableMinimum.minimum(ridge, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            if (!Double.isFinite(at)) {
                at = ridge.middleKink();
            }
            expansions[j] = expansion(ridge, at, 0);
        }
        return expansions;
    }

    private Outcome expandAround(double[] at, double blend) {
        List<RidgeFunction> ridges = objective.ridges();
        EpigraphModel.Expansion[] expansions = new EpigraphModel.Expansion[ridges.size()];
        for (int j = 0; j < expansions.length; j++) {
            expansions[j] = expansion(ridges.get(j), ridges.get(j).position(at), blend);
        }
        return solveModel(EpigraphModel.of(set, objective, expansions), at);
    }

    private static EpigraphModel.Expansion expansion(RidgeFunction ridge, double at, double blend) {
        return new EpigraphModel.Expansion(at, ridge.gaussianSlope(at), curvature(ridge, at, blend));
    }

    private static double curvature(RidgeFunction ridge, double at, double blend) {
        double exact = ridge.gaussianCurvature(at);
        return exact + Math.max(blend, LEAST_BLEND) * (ridge.gaussianCurvatureBound() - exact);
    }

    private Outcome solveModel(LinearQuadraticModel model, double @Nullable [] hint) {
        if (hint != null) {
            model.hint(hint);
        }
        BackEndAnswer answer = BackEnd.solveWithAny(model.build(), options, budget);
        return switch (answer.kind()) {
            case OPTIMAL, FEASIBLE ->
                Outcome.feasible(AnswerCheck.clip(Arrays.copyOf(answer.values(), set.variableCount()), set), "");
            case LIMIT -> Outcome.none(SolveStatus.TIME_LIMIT, "The time limit was reached.");
            case NO_OPTIMUM, FAILED -> NoOptimum.explain(objective, set, options, budget, answer.detail());
        };
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
            decrease += ridge.knownValue(from) - ridge.knownValue(from + step);
            decrease -= (ridge.gaussianSlope(from) + 0.5 * curvature(ridge, from, blend) * step) * step;
        }
        return decrease;
    }

    private static double[] between(double[] from, double[] to, double share) {
        double[] point = new double[from.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = from[i] + share * (to[i] - from[i]);
        }
        return point;
    }
}
