package org.soebm.runtime.evaluation;

import ai.djl.Device;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.task.Table;
import org.soebm.runtime.objective.Objectives;

/** The task loss f(y, a) of decisions once y is known, in double precision. */
public final class TaskLoss {
    private static final int ROWS_AT_A_TIME = 8192;

    private TaskLoss() {}

    /**
     * The loss of each row.
     *
     * @param parameters y, shape (n, dy)
     * @param decisions a, shape (n, da)
     * @return f(y, a), length n
     */
    public static double[] of(CostFunction cost, Table parameters, Table decisions) {
        if (parameters.rows() != decisions.rows()) {
            throw new IllegalArgumentException(
                    "There are " + decisions.rows() + " decisions, but " + parameters.rows() + " rows of parameters.");
        }
        double[] losses = new double[decisions.rows()];
        try (Objectives objectives =
                new Objectives(cost, ConstraintSet.builder(cost.decisionCount()).build(), Device.cpu())) {
            for (int start = 0; start < losses.length; start += ROWS_AT_A_TIME) {
                int end = Math.min(losses.length, start + ROWS_AT_A_TIME);
                double[] some = objectives.costs(parameters.select(start, end), decisions.select(start, end));
                System.arraycopy(some, 0, losses, start, some.length);
            }
        }
        return losses;
    }
}
