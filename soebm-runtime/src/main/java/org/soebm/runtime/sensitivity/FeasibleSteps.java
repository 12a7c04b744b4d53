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
            restrictions.addAll(withinBounds(constraints, i, variables[i]));
        }
        for (LinearRow row : constraints.rows()) {
            restrictions.addAll(withinRow(row, variables));
        }
        return restrictions;
    }

    /** The finite bounds of one variable. */
    static List<Restriction> withinBounds(ConstraintSet constraints, int variable, double position) {
        return within(
                SparseVector.unit(variable, 1), position, constraints.lower(variable), constraints.upper(variable));
    }

    /** The finite sides of one row. */
    static List<Restriction> withinRow(LinearRow row, double[] variables) {
        return row.coefficients().size() == 0
                ? List.of()
                : within(row.coefficients(), row.coefficients().dot(variables), row.lower(), row.upper());
    }

    private static List<Restriction> within(SparseVector normal, double position, double lower, double upper) {
        if (lower == upper) {
            return List.of(Restriction.equality(normal, upper - position));
        }
        List<Restriction> sides = new ArrayList<>();
        if (upper < Double.POSITIVE_INFINITY) {
            sides.add(Restriction.constraint(normal, upper - position));
        }
        if (lower > Double.NEGATIVE_INFINITY) {
            sides.add(Restriction.constraint(normal.times(-1), position - lower));
        }
        return sides;
    }
}
