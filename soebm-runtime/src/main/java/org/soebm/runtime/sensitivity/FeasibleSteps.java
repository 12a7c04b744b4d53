package org.soebm.runtime.sensitivity;

import java.util.ArrayList;
import java.util.List;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.linear.SparseVector;

/** The bounds and rows of a feasible set as restrictions of a step. */
final class FeasibleSteps {
    private FeasibleSteps() {}

    /**
     * All finite bounds and rows.
     *
     * @param variables decisions and auxiliaries, the step's start; it may miss constraints, to which a step leads back
     */
    static List<Restriction> from(ConstraintSet constraints, double[] variables) {
        List<Restriction> restrictions = new ArrayList<>();
        for (int i = 0; i < variables.length; i++) {
            add(restrictions, SparseVector.unit(i, 1), variables[i], constraints.lower(i), constraints.upper(i));
        }
        for (LinearRow row : constraints.rows()) {
            if (row.coefficients().size() > 0) {
                add(restrictions, row.coefficients(), row.coefficients().dot(variables), row.lower(), row.upper());
            }
        }
        return restrictions;
    }

    private static void add(
            List<Restriction> restrictions, SparseVector normal, double position, double lower, double upper) {
        if (lower == upper) {
            restrictions.add(Restriction.equality(normal, upper - position));
            return;
        }
        if (upper < Double.POSITIVE_INFINITY) {
            restrictions.add(Restriction.constraint(normal, upper - position));
        }
        if (lower > Double.NEGATIVE_INFINITY) {
            restrictions.add(Restriction.constraint(normal.times(-1), position - lower));
        }
    }
}
