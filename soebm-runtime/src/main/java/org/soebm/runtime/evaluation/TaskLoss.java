package org.soebm.runtime.evaluation;

import ai.djl.Device;
import java.util.List;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.solver.Decision;
import org.soebm.api.task.Table;
import org.soebm.runtime.objective.Objectives;

/** The task loss f(y, a) of decisions once y is known, in double precision. */
public final class TaskLoss {
    private TaskLoss() {}

    /**
     * The loss of each row.
     *
     * @param parameters y, shape (n, dy)
     * @param decisions n decisions
     */
    public static double[] of(CostFunction cost, Table parameters, List<Decision> decisions) {
        if (parameters.rows() != decisions.size()) {
            throw new IllegalArgumentException(
                    "There are " + decisions.size() + " decisions, but " + parameters.rows() + " rows of parameters.");
        }
        return of(cost, parameters, decisions.stream().map(Decision::values).toArray(double[][]::new));
    }

    /**
     * The loss of each row.
     *
     * @param parameters y, shape (n, dy)
     * @param decisions a, shape (n, da)
     */
    public static double[] of(CostFunction cost, Table parameters, double[][] decisions) {
        try (Objectives objectives =
                new Objectives(cost, ConstraintSet.builder(cost.decisionCount()).build(), Device.cpu())) {
            return objectives.costs(parameters, decisions);
        }
    }
}
