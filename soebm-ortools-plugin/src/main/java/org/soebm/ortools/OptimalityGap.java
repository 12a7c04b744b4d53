package org.soebm.ortools;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.SolverOptions;

/**
 * How far a feasible point can be from the optimum of a convex objective: its value minus the optimum of a
 * {@link TangentModel} around it, a linear program. The program looks at points within 1 + max|aᵢ| of the point only; by
 * convexity a point k times as far is at most k times the gap better.
 */
final class OptimalityGap {
    private static final double SHARE_OF_TANGENTS = 0.1;

    private OptimalityGap() {}

    /**
     * An upper bound of F(point) − min F, at least 0; infinite where the linear program fails.
     *
     * @param set without integers
     */
    static double of(RidgeSum objective, ConstraintSet set, double[] point, SolverOptions options, SolveBudget budget) {
        double value = objective.value(point);
        TangentModel tangents = new TangentModel(objective);
        tangents.touchClosely(point, SHARE_OF_TANGENTS * allowed(value, options));
        double radius = 1;
        for (int i = 0; i < set.decisionCount(); i++) {
            radius = Math.max(radius, 1 + Math.abs(point[i]));
        }
        BackEndAnswer answer = BackEnd.GLOP.solve(tangents.build(set, point, radius), options, budget);
        return answer.kind() == BackEndAnswer.Kind.OPTIMAL
                ? Math.max(0, value - answer.bound())
                : Double.POSITIVE_INFINITY;
    }

    /** The gap that the options allow at a value of the objective. */
    static double allowed(double value, SolverOptions options) {
        return options.tolerance() * Math.max(1, Math.abs(value));
    }
}
