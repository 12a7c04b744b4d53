package org.soebm.ortools;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * Chooses the method for a penalty objective: the separable minimum where it is feasible; one linear, quadratic or
 * mixed-integer linear program where those are exact; sequential quadratic programming where terms are Gaussian; outer
 * approximation where integers meet curvature.
 */
final class PenaltyProgram {
    private final RidgeSum objective;
    private final ConstraintSet set;
    private final SolverOptions options;
    private final SolveBudget budget;

    PenaltyProgram(PenaltyObjective objective, ConstraintSet set, SolverOptions options, SolveBudget budget) {
        this.objective = RidgeSum.of(objective);
        this.set = set;
        this.options = options;
        this.budget = budget;
    }

    Outcome solve(double @Nullable [] start) {
        double[] minimum = SeparableMinimum.of(objective, set);
        if (minimum != null && AnswerCheck.holds(set, minimum)) {
            return Outcome.optimal(minimum, "");
        }
        if (!set.hasIntegers()) {
            return continuous(set, start);
        }
        if (objective.isPiecewiseLinear()) {
            return mixedIntegerLinear();
        }
        Outcome relaxed = continuous(Relaxation.relaxed(set), start);
        if (relaxed.status() == SolveStatus.INFEASIBLE) {
            return relaxed;
        }
        if (relaxed.status() == SolveStatus.UNBOUNDED) {
            Outcome feasible = NoOptimum.feasiblePoint(set, options, budget);
            return feasible.hasDecision() ? relaxed : feasible;
        }
        double[] first = relaxed.hasDecision() ? relaxed.variables() : new double[set.variableCount()];
        return new OuterApproximation(objective, set, this::continuous, options, budget).solve(first);
    }

    private Outcome continuous(ConstraintSet continuousSet, double @Nullable [] start) {
        if (!objective.isKnown()) {
            return new GaussianSequentialQuadratic(objective, continuousSet, options, budget).solve(start);
        }
        BackEndAnswer answer =
                BackEnd.solveWithAny(EpigraphModel.of(continuousSet, objective).build(), options, budget);
        return switch (answer.kind()) {
            case OPTIMAL -> Outcome.optimal(variables(answer), "");
            case FEASIBLE, LIMIT, FAILED -> unproven(continuousSet, answer);
            case NO_OPTIMUM -> {
                Outcome why = NoOptimum.explain(objective, continuousSet, options, budget, answer.detail());
                yield why.status() == SolveStatus.FAILED ? unproven(continuousSet, answer) : why;
            }
        };
    }

    /** What to make of a back end that gave up: its point if that is good enough, else a method that needs only GLOP. */
    private Outcome unproven(ConstraintSet continuousSet, BackEndAnswer answer) {
        double[] point = answer.values().length < set.variableCount()
                ? new double[0]
                : AnswerCheck.clip(variables(answer), continuousSet);
        boolean feasible = point.length > 0 && AnswerCheck.holds(continuousSet, point);
        if (feasible) {
            double gap = OptimalityGap.of(objective, continuousSet, point, options, budget);
            if (gap <= OptimalityGap.allowed(objective.value(point), options)) {
                return Outcome.optimal(point, "");
            }
        }
        if (!budget.isSpent()) {
            double[] first = point.length > 0 ? point : new double[set.variableCount()];
            return new OuterApproximation(
                            objective,
                            continuousSet,
                            (any, from) -> Outcome.none(SolveStatus.FAILED, ""),
                            options,
                            budget)
                    .solve(first);
        }
        if (feasible) {
            return Outcome.feasible(
                    point, "The time limit was reached (" + answer.detail().strip() + ").");
        }
        return NoOptimum.feasiblePoint(continuousSet, options, budget);
    }

    private Outcome mixedIntegerLinear() {
        BackEndAnswer answer =
                BackEnd.SCIP.solve(EpigraphModel.of(set, objective).build(), options, budget);
        return switch (answer.kind()) {
            case OPTIMAL -> polished(answer, SolveStatus.OPTIMAL, "");
            case FEASIBLE ->
                polished(
                        answer,
                        SolveStatus.FEASIBLE,
                        "The time limit was reached; the optimum is at least " + answer.bound() + ".");
            case NO_OPTIMUM -> NoOptimum.explain(objective, set, options, budget, answer.detail());
            case LIMIT ->
                Outcome.none(
                        SolveStatus.TIME_LIMIT, "The time limit was reached before a feasible decision was found.");
            case FAILED -> Outcome.none(SolveStatus.FAILED, answer.detail().strip());
        };
    }

    /** SCIP's answers hold to 1e-6 only; with the integers held, GLOP finds the exact continuous part. */
    private Outcome polished(BackEndAnswer answer, SolveStatus status, String message) {
        double[] found = AnswerCheck.clip(variables(answer), set);
        double[] best = found;
        if (!budget.isSpent()) {
            BackEndAnswer exact = BackEnd.GLOP.solve(
                    EpigraphModel.of(Relaxation.withIntegersAt(set, found), objective)
                            .build(),
                    options,
                    budget);
            if (exact.kind() == BackEndAnswer.Kind.OPTIMAL) {
                best = AnswerCheck.clip(variables(exact), set);
            }
        }
        return new Outcome(status, best, answer.bound(), message);
    }

    private double[] variables(BackEndAnswer answer) {
        return Arrays.copyOf(answer.values(), set.variableCount());
    }
}
