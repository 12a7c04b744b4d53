package org.soebm.runtime.inference;

import java.nio.charset.StandardCharsets;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;

/**
 * A digest of a task's cost and feasible set. A cost is told by its objectives at y = 0 and at each unit vector: they
 * have every coefficient and offset, since residuals are affine in y.
 */
final class TaskFingerprint {
    private TaskFingerprint() {}

    static String of(PenaltyCost cost, ConstraintSet constraints) {
        StringBuilder text = new StringBuilder();
        double[] probe = new double[cost.parameterCount()];
        append(text, cost.objective(probe));
        for (int i = 0; i < probe.length; i++) {
            probe[i] = 1;
            append(text, cost.objective(probe));
            probe[i] = 0;
        }
        for (int i = 0; i < constraints.variableCount(); i++) {
            text.append(constraints.lower(i))
                    .append(' ')
                    .append(constraints.upper(i))
                    .append(' ');
            text.append(constraints.isInteger(i)).append('\n');
        }
        for (LinearRow row : constraints.rows()) {
            text.append(row.coefficients()).append(' ').append(row.lower());
            text.append(' ').append(row.upper()).append('\n');
        }
        return ModelFolder.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder text, PenaltyObjective objective) {
        text.append(objective.constant()).append('\n');
        for (PenaltyTerm term : objective.terms()) {
            text.append(term).append('\n');
        }
        for (int i = 0; i < objective.dimension(); i++) {
            text.append(objective.linear(i)).append(' ');
        }
        text.append('\n');
    }
}
