package org.soebm.ortools;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.SolverOptions;

/** A set of linear constraints without integers as descent methods see it: its point nearest to one, and its vertices. */
interface Polytope {
    /** The set in closed form where it is a box with at most one row, else by programs for PDLP and GLOP. */
    static Polytope of(ConstraintSet set, SolverOptions options, SolveBudget budget) {
        return BudgetPolytope.fits(set)
                ? new BudgetPolytope(set, options, budget)
                : new ProgramPolytope(set, options, budget);
    }

    /**
     * The point whose decisions are nearest to the given ones in the Euclidean norm.
     *
     * @param decisions length da
     * @return FEASIBLE with decisions and auxiliary variables, or a status without a decision
     */
    Outcome project(double[] decisions);

    /**
     * A point that minimises slopeᵀa among those whose decisions are no farther than the radius from the centre's in any
     * coordinate.
     *
     * @param slope length da
     * @param centre a point of the set
     * @param radius finite
     * @return FEASIBLE with decisions and auxiliary variables, or a status without a decision
     */
    Outcome vertex(double[] slope, double[] centre, double radius);

    /** Whether both cost microseconds, less than any oracle. */
    boolean isClosedForm();
}
