package org.soebm.ortools;

import org.soebm.api.constraint.ConstraintSet;

/** Feasible sets derived from one with integers. */
final class Relaxation {
    private Relaxation() {}

    /** The set without integrality. */
    static ConstraintSet relaxed(ConstraintSet set) {
        return copy(set, new double[0]);
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
