package org.soebm.ortools;

import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * The second look at a problem for which a back end found no optimum. Back ends confuse infeasible with unbounded (GLOP
 * calls both infeasible, PDLP calls an unbounded problem not solved), so two linear programs decide:
 *
 * <ol>
 *   <li>without an objective the problem cannot be unbounded: is a point feasible at all?
 *   <li>if so, is there a direction of recession, −1 ≤ d ≤ 1, along which the set never ends and the objective falls for
 *       ever? A Gaussian penalty recedes like the penalty itself.
 * </ol>
 */
final class NoOptimum {
    private static final double FALLS = -1e-9;

    private NoOptimum() {}

    /** INFEASIBLE, UNBOUNDED, or, where neither is the case, FAILED or TIME_LIMIT. */
    static Outcome explain(
            RidgeSum objective, ConstraintSet set, SolverOptions options, SolveBudget budget, String said) {
        Outcome feasibility = feasiblePoint(set, options, budget);
        if (!feasibility.hasDecision()) {
            return feasibility;
        }
        double[] direction = recession(objective, set, options, budget);
        if (direction != null) {
            return Outcome.none(
                    SolveStatus.UNBOUNDED,
                    "The objective falls without end along a direction that the constraints leave open: "
                            + steepest(direction, set) + ". Maybe a bound on it is missing?");
        }
        return Outcome.none(
                budget.isSpent() ? SolveStatus.TIME_LIMIT : SolveStatus.FAILED,
                "The back end found no optimum of a problem that is feasible and bounded (" + said.strip()
                        + "). Maybe scale the problem, or allow a larger tolerance?");
    }

    /** Whether a direction of recession of the set lowers the objective for ever. Integrality does not matter to that. */
    static boolean recedes(RidgeSum objective, ConstraintSet set, SolverOptions options, SolveBudget budget) {
        return !isBounded(set) && recession(objective, set, options, budget) != null;
    }

    private static boolean isBounded(ConstraintSet set) {
        for (int i = 0; i < set.variableCount(); i++) {
            if (Double.isInfinite(set.lower(i)) || Double.isInfinite(set.upper(i))) {
                return false;
            }
        }
        return true;
    }

    /** A direction −1 ≤ d ≤ 1 of recession of the set that lowers the objective for ever, or null. */
    static double @Nullable [] recession(
            RidgeSum objective, ConstraintSet set, SolverOptions options, SolveBudget budget) {
        BackEndAnswer answer = BackEnd.GLOP.solve(recession(objective, set).build(), options, budget);
        return answer.kind() == BackEndAnswer.Kind.OPTIMAL && answer.bound() < FALLS ? answer.values() : null;
    }

    /** The variable that moves most, and which way. */
    private static String steepest(double[] direction, ConstraintSet set) {
        int most = 0;
        for (int i = 1; i < set.variableCount(); i++) {
            if (Math.abs(direction[i]) > Math.abs(direction[most])) {
                most = i;
            }
        }
        String variable = most < set.decisionCount() ? "decision " + most : "variable " + most;
        return variable + (direction[most] > 0 ? " rises" : " falls");
    }

    /** Any feasible point. */
    static Outcome feasiblePoint(ConstraintSet set, SolverOptions options, SolveBudget budget) {
        BackEndAnswer answer =
                BackEnd.solveWithAny(LinearQuadraticModel.over(set).build(), options, budget);
        return switch (answer.kind()) {
            case OPTIMAL, FEASIBLE -> Outcome.feasible(answer.values(), "");
            case NO_OPTIMUM ->
                Outcome.none(
                        SolveStatus.INFEASIBLE,
                        "No decision satisfies all " + set.rows().size() + " rows and the bounds."
                                + InfeasibleRows.sentence(set, options, budget));
            case LIMIT ->
                Outcome.none(
                        SolveStatus.TIME_LIMIT, "The time limit was reached before a feasible decision was found.");
            case FAILED -> Outcome.none(SolveStatus.FAILED, answer.reason(budget));
        };
    }

    private static LinearQuadraticModel recession(RidgeSum objective, ConstraintSet set) {
        LinearQuadraticModel model = LinearQuadraticModel.over(recessionCone(set));
        for (int i = 0; i < objective.linear().length; i++) {
            model.addCost(i, objective.linear()[i]);
        }
        for (RidgeFunction ridge : objective.ridges()) {
            double fallingSlope = 0; // of the receding ridge function for t < 0
            double risingSlope = 0; // and for t > 0
            boolean mayFall = true;
            boolean mayRise = true;
            for (RidgeFunction.Term term : ridge.terms()) {
                ResidualPenalty penalty = term.penalty();
                boolean residualRises = term.scale() > 0;
                double branch = penalty.hinge() * term.scale();
                fallingSlope += penalty.identity() * term.scale() + (residualRises ? 0 : branch);
                risingSlope += penalty.identity() * term.scale() + (residualRises ? branch : 0);
                boolean curvedBelow = penalty.square() != 0;
                boolean curvedAbove = curvedBelow || penalty.squaredHinge() != 0;
                mayFall &= residualRises ? !curvedBelow : !curvedAbove;
                mayRise &= residualRises ? !curvedAbove : !curvedBelow;
            }
            if (!mayFall || !mayRise) {
                model.row(
                        ridge.direction(),
                        mayFall ? Double.NEGATIVE_INFINITY : 0,
                        mayRise ? Double.POSITIVE_INFINITY : 0);
            }
            model.addCost(ridge.direction(), fallingSlope);
            if (risingSlope > fallingSlope) {
                int p = model.variable(0, Double.POSITIVE_INFINITY);
                model.addCost(p, risingSlope - fallingSlope);
                model.row(ridge.direction(), -1, p, 1, 0, Double.POSITIVE_INFINITY);
            }
        }
        return model;
    }

    private static ConstraintSet recessionCone(ConstraintSet set) {
        ConstraintSet.Builder cone = ConstraintSet.builder(set.decisionCount());
        for (int i = 0; i < set.variableCount(); i++) {
            double low = Double.isInfinite(set.lower(i)) ? -1 : 0;
            double high = Double.isInfinite(set.upper(i)) ? 1 : 0;
            if (i < set.decisionCount()) {
                cone.bounds(i, low, high);
            } else {
                cone.auxiliary(low, high);
            }
        }
        for (LinearRow row : set.rows()) {
            cone.row(
                    row.name(),
                    row.coefficients(),
                    Double.isInfinite(row.lower()) ? Double.NEGATIVE_INFINITY : 0,
                    Double.isInfinite(row.upper()) ? Double.POSITIVE_INFINITY : 0);
        }
        return cone.build();
    }
}
