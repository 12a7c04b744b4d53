package org.soebm.timefold.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;

/** What the bounds, integrality and rows of a feasible set say against an answer of a model that does not know them. */
final class LinearViolation {
    private static final double TOLERANCE = 1e-6; // relative to the largest value where that is above 1

    private LinearViolation() {}

    /** The first violation beyond the tolerance, a clause that names it, or null where there is none. */
    static @Nullable String of(ConstraintSet constraints, double[] values) {
        double size = 1;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return "decision " + i + " is " + values[i];
            }
            size = Math.max(size, Math.abs(values[i]));
        }
        double tolerance = TOLERANCE * size;
        for (int i = 0; i < values.length; i++) {
            double low = constraints.lower(i);
            double high = constraints.upper(i);
            if (values[i] < low - tolerance || values[i] > high + tolerance) {
                return "decision " + i + " is " + values[i] + ", but its bounds are [" + low + ", " + high + "]";
            }
            if (constraints.isInteger(i) && Math.abs(values[i] - Math.rint(values[i])) > tolerance) {
                return "decision " + i + " is " + values[i] + ", but must be whole";
            }
        }
        for (LinearRow row : constraints.rows()) {
            if (row.violation(values) > tolerance) {
                return "row " + row.name() + " is violated by " + row.violation(values);
            }
        }
        return null;
    }

    /** The answer that such a violation leads to. */
    static Decision failed(String model, String violation, Duration time) {
        return Decision.none(
                SolveStatus.FAILED,
                time,
                "The answer of " + model + " is not in the feasible set: " + violation
                        + ". Maybe its constraint provider lacks that constraint?");
    }
}
