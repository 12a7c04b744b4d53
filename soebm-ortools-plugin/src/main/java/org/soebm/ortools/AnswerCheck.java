package org.soebm.ortools;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;

/**
 * The last step before an answer leaves the plug-in: rounds integers and moves values into their bounds, then checks the
 * rows and computes the cost through the objective itself, whatever the back end said.
 */
final class AnswerCheck {
    /**
     * By how much a row may be missed, relative to the size of its terms and at least absolute; also how far a back end's
     * value of an integer variable may be from an integer.
     */
    static final double TOLERANCE = 1e-6;

    /**
     * By how much a point may miss a row and still testify against a bound: what rounding makes, not what could buy a
     * lower cost.
     */
    static final double ROUNDING = 1e-9;

    private AnswerCheck() {}

    static Decision decision(ArgminProblem problem, Outcome outcome, SolveBudget budget) {
        if (!outcome.hasDecision()) {
            return Decision.none(outcome.status(), budget.elapsed(), outcome.message());
        }
        ConstraintSet set = problem.constraints();
        double[] variables = clip(Arrays.copyOf(outcome.variables(), set.variableCount()), set);
        String miss = missedRow(set, variables, TOLERANCE);
        if (miss != null) {
            return Decision.none(SolveStatus.FAILED, budget.elapsed(), miss);
        }
        double[] decisions = Arrays.copyOf(variables, set.decisionCount());
        double cost = problem.objective().value(decisions);
        if (Double.isNaN(cost)) {
            return Decision.none(
                    SolveStatus.FAILED,
                    budget.elapsed(),
                    "The objective is NaN at " + Arrays.toString(decisions) + ".");
        }
        double[] auxiliaries = Arrays.copyOfRange(variables, set.decisionCount(), set.variableCount());
        return new Decision(decisions, auxiliaries, cost, outcome.status(), budget.elapsed(), outcome.message());
    }

    /** The point with integers rounded where they nearly are, and moved into the bounds. */
    static double[] clip(double[] point, ConstraintSet set) {
        double[] clipped = point.clone();
        for (int i = 0; i < point.length; i++) {
            if (set.isInteger(i)) {
                clipped[i] = Math.rint(clipped[i]);
            }
            clipped[i] = Math.min(Math.max(clipped[i], set.lower(i)), set.upper(i)) + 0.0;
        }
        return clipped;
    }

    /** Whether the bounds, rows and integrality hold. */
    static boolean holds(ConstraintSet set, double[] variables) {
        return holds(set, variables, TOLERANCE);
    }

    /** Whether they hold up to rounding. */
    static boolean holdsExactly(ConstraintSet set, double[] variables) {
        return holds(set, variables, ROUNDING);
    }

    private static boolean holds(ConstraintSet set, double[] variables, double tolerance) {
        double[] clipped = clip(variables, set);
        for (int i = 0; i < variables.length; i++) {
            if (clipped[i] != variables[i]) {
                return false;
            }
        }
        return missedRow(set, variables, tolerance) == null;
    }

    private static @Nullable String missedRow(ConstraintSet set, double[] variables, double tolerance) {
        for (LinearRow row : set.rows()) {
            double miss = row.violation(variables);
            if (!(miss <= tolerance * Math.max(1, size(row, variables)))) {
                return "The back end's answer misses row " + row.name() + " by " + miss
                        + ". Maybe the numbers of the problem differ by too many orders of magnitude?";
            }
        }
        return null;
    }

    private static double size(LinearRow row, double[] variables) {
        double size = 0;
        for (int k = 0; k < row.coefficients().size(); k++) {
            size = Math.max(
                    size,
                    Math.abs(row.coefficients().value(k)
                            * variables[row.coefficients().index(k)]));
        }
        return size;
    }
}
