package org.soebm.runtime.learning;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.Support;

/** Which feasible sets let an optimal decision move gradually with what is predicted, so that it has a derivative. */
final class GradualDecisions {
    private GradualDecisions() {}

    static Support support(ConstraintSet constraints) {
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
