package org.soebm.ortools;

import com.google.ortools.linearsolver.MPModelProto;
import java.util.Arrays;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * One linear or convex quadratic program over a set without integers, with the second look of {@link NoOptimum} where
 * the back end found no optimum.
 */
final class ConvexProgram {
    private ConvexProgram() {}

    /**
     * Solves a program.
     *
     * @param model whose first variables are those of the set
     * @param objective what recedes where the model does; tells unbounded problems from others
     * @return OPTIMAL, FEASIBLE where only the constraints are known to hold, or a status without a decision
     */
    static Outcome solve(
            MPModelProto model, RidgeSum objective, ConstraintSet set, SolverOptions options, SolveBudget budget) {
        BackEndAnswer answer = BackEnd.solveWithAny(model, options, budget);
        if (answer.kind() != BackEndAnswer.Kind.OPTIMAL) {
            Outcome why = NoOptimum.explain(objective, set, options, budget, answer.detail());
            if (why.status() == SolveStatus.INFEASIBLE || why.status() == SolveStatus.UNBOUNDED) {
                return why;
            }
        }
        return outcome(answer, set, budget);
    }

    /** Lets PDLP go on with a quadratic program that has an optimum, for as long as the budget lasts. */
    static Outcome persist(MPModelProto model, ConstraintSet set, SolverOptions options, SolveBudget budget) {
        return outcome(BackEnd.persist(model, options, budget), set, budget);
    }

    private static Outcome outcome(BackEndAnswer answer, ConstraintSet set, SolveBudget budget) {
        if (answer.values().length < set.variableCount()) {
            return Outcome.none(budget.isSpent() ? SolveStatus.TIME_LIMIT : SolveStatus.FAILED, answer.reason(budget));
        }
        double[] point = AnswerCheck.clip(Arrays.copyOf(answer.values(), set.variableCount()), set);
        if (answer.kind() == BackEndAnswer.Kind.OPTIMAL) {
            return Outcome.optimal(point, "");
        }
        return AnswerCheck.holds(set, point)
                ? Outcome.feasible(point, answer.reason(budget))
                : Outcome.none(budget.isSpent() ? SolveStatus.TIME_LIMIT : SolveStatus.FAILED, answer.reason(budget));
    }
}
