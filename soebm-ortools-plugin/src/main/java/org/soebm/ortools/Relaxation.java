package org.soebm.ortools;

import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;

/** Feasible sets derived from one with integers. */
final class Relaxation {
    private Relaxation() {}

    /**
     * The set with the bounds of integer variables moved inwards to integers, itself where they are; null where an integer variable has no
     * value left: back ends call such a model invalid.
     */
    static @Nullable ConstraintSet withIntegerBounds(ConstraintSet set) {
        if (hasIntegerBounds(set)) {
            return set;
        }
        ConstraintSet.Builder builder = ConstraintSet.builder(set.decisionCount());
        for (int i = 0; i < set.variableCount(); i++) {
            double low = set.isInteger(i) ? Math.ceil(set.lower(i)) : set.lower(i);
            double high = set.isInteger(i) ? Math.floor(set.upper(i)) : set.upper(i);
            if (low > high) {
                return null;
            }
            if (i < set.decisionCount()) {
                builder.bounds(i, low, high);
            } else {
                builder.auxiliary(low, high);
            }
            if (set.isInteger(i)) {
                builder.integer(i);
            }
        }
        set.rows().forEach(row -> builder.row(row.name(), row.coefficients(), row.lower(), row.upper()));
        return builder.build();
    }

    private static boolean hasIntegerBounds(ConstraintSet set) {
        for (int i = 0; i < set.variableCount(); i++) {
            boolean whole = set.lower(i) == Math.rint(set.lower(i)) && set.upper(i) == Math.rint(set.upper(i));
            if (set.isInteger(i) && !whole) {
                return false;
            }
        }
        return true;
    }

    /** The set without integrality. */
    static ConstraintSet relaxed(ConstraintSet set) {
        return copy(set, new double[0]);
    }

    /** The variables with their bounds and integrality alone. */
    static ConstraintSet withoutRows(ConstraintSet set) {
        ConstraintSet.Builder builder = ConstraintSet.builder(set.decisionCount());
        for (int i = 0; i < set.variableCount(); i++) {
            if (i < set.decisionCount()) {
                builder.bounds(i, set.lower(i), set.upper(i));
            } else {
                builder.auxiliary(set.lower(i), set.upper(i));
            }
            if (set.isInteger(i)) {
                builder.integer(i);
            }
        }
        return builder.build();
    }

    /** The set with its integer variables fixed at the given values and no integrality left. */
    static ConstraintSet withIntegersAt(ConstraintSet set, double[] variables) {
        return copy(set, variables);
    }

    private static ConstraintSet copy(ConstraintSet set, double[] integersAt) {
        ConstraintSet.Builder builder = ConstraintSet.builder(set.decisionCount());
        for (int i = 0; i < set.variableCount(); i++) {
            boolean fix = set.isInteger(i) && integersAt.length > 0;
            double low = fix ? integersAt[i] : set.lower(i);
            double high = fix ? integersAt[i] : set.upper(i);
            if (i < set.decisionCount()) {
                builder.bounds(i, low, high);
            } else {
                builder.auxiliary(low, high);
            }
        }
        set.rows().forEach(row -> builder.row(row.name(), row.coefficients(), row.lower(), row.upper()));
        return builder.build();
    }
}
