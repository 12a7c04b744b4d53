package org.soebm.timefold.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;

/** What the bounds, integrality and rows of a feasible set say against an answer of a model that does not know them. */
final class LinearViolation {
    private static final double TOLERANCE =
            1e-6; // of integers; of bounds and rows relative to their side where above 1

    private LinearViolation() {}

    /**
     * The first violation beyond the tolerance, a clause that names it, or null where there is none. Rows are checked at
     * the {@link #snapped} values.
     */
    static @Nullable String of(ConstraintSet constraints, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                return "decision " + i + " is " + values[i];
            }
            double low = constraints.lower(i);
            double high = constraints.upper(i);
            if (values[i] < low - tolerance(low) || values[i] > high + tolerance(high)) {
                return "decision " + i + " is " + values[i] + ", but its bounds are [" + low + ", " + high + "]";
            }
            if (constraints.isInteger(i) && Math.abs(values[i] - Math.rint(values[i])) > TOLERANCE) {
                return "decision " + i + " is " + values[i] + ", but must be whole";
            }
        }
        double[] snapped = snapped(constraints, values);
        for (LinearRow row : constraints.rows()) {
            double activity = row.coefficients().dot(snapped);
            if (activity < row.lower() - tolerance(row.lower()) || activity > row.upper() + tolerance(row.upper())) {
                return "row " + row.name() + " is violated by " + row.violation(snapped);
            }
        }
        return null;
    }

    private static double tolerance(double side) {
        return Double.isInfinite(side) ? 0 : TOLERANCE * Math.max(1, Math.abs(side));
    }

    /** The values that are meant: integers whole, and the others within their bounds. */
    static double[] snapped(ConstraintSet constraints, double[] values) {
        double[] snapped = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            double meant = constraints.isInteger(i)
                    ? Math.rint(values[i])
                    : Math.min(Math.max(values[i], constraints.lower(i)), constraints.upper(i));
            snapped[i] = meant + 0.0; // no −0
        }
        return snapped;
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
