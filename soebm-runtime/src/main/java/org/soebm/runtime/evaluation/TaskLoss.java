package org.soebm.runtime.evaluation;

import java.util.List;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.Decision;
import org.soebm.api.task.Table;

/** The task loss f(y, a) of decisions once y is known, in double precision. */
public final class TaskLoss {
    private TaskLoss() {}

    /**
     * The loss of each row.
     *
     * @param parameters y, shape (n, dy)
     * @param decisions n decisions
     */
    public static double[] of(PenaltyCost cost, Table parameters, List<Decision> decisions) {
        if (parameters.rows() != decisions.size()) {
            throw new IllegalArgumentException(
                    "There are " + decisions.size() + " decisions, but " + parameters.rows() + " rows of parameters.");
        }
        double[] losses = new double[decisions.size()];
        for (int row = 0; row < losses.length; row++) {
            losses[row] = cost.cost(parameters.row(row), decisions.get(row).values());
        }
        return losses;
    }
}
