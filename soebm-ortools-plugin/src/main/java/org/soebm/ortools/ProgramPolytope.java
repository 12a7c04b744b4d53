package org.soebm.ortools;

import java.util.List;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/** Any {@link Polytope}: projections are quadratic programs for PDLP, vertices linear programs for GLOP. */
final class ProgramPolytope implements Polytope {
    /** An objective that recedes nowhere: projections are bounded. */
    private static final RidgeSum NOTHING = new RidgeSum(List.of(), new double[0], 0);

    private final ConstraintSet set;
    private final SolverOptions options;
    private final SolveBudget budget;

    ProgramPolytope(ConstraintSet set, SolverOptions options, SolveBudget budget) {
        this.set = set;
        this.options = options;
        this.budget = budget;
    }

    @Override
    public Outcome project(double[] decisions) {
        LinearQuadraticModel model = LinearQuadraticModel.over(set);
        for (int i = 0; i < set.decisionCount(); i++) {
            model.addSquare(i, 0.5);
            model.addCost(i, -decisions[i]);
        }
        return ConvexProgram.solve(model.build(), NOTHING, set, options, budget);
    }

    @Override
    public Outcome vertex(double[] slope, double[] centre, double radius) {
        LinearQuadraticModel model = LinearQuadraticModel.over(set);
        for (int i = 0; i < set.decisionCount(); i++) {
            model.narrow(i, centre[i] - radius, centre[i] + radius);
            model.addCost(i, slope[i]);
        }
        BackEndAnswer answer = BackEnd.GLOP.solve(model.build(), options, budget);
        return answer.kind() == BackEndAnswer.Kind.OPTIMAL
                ? Outcome.feasible(AnswerCheck.clip(answer.values(), set), "")
                : Outcome.none(budget.isSpent() ? SolveStatus.TIME_LIMIT : SolveStatus.FAILED, answer.reason(budget));
    }

    @Override
    public boolean isClosedForm() {
        return false;
    }
}
