package org.soebm.runtime.learning;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.Support;
import org.soebm.runtime.objective.StochasticProblem;

/** Which problems let an optimal decision move gradually with what is predicted, so that it has a derivative. */
final class GradualDecisions {
    private GradualDecisions() {}

    static Support support(StochasticProblem problem) {
        if (CandidateChoice.isLinear(problem)) {
            return Support.no(
                    "its cost is linear in the decisions, so that the optimal decision is a corner that stands"
                            + " still or jumps when the prediction changes. Use so-ebm, spo-plus, pfyl or dbb");
        }
        ConstraintSet constraints = problem.constraints();
        if (constraints.hasIntegers()) {
            return Support.no("some of its decisions are whole numbers, so that the optimal decision jumps or stands"
                    + " still when the prediction changes and its gradient says nothing.");
        }
        return constraints.nativeModel() == null
                ? Support.yes()
                : Support.no("its feasible set is "
                        + constraints.nativeModel().description()
                        + ", whose optimality conditions are not known.");
    }
}
