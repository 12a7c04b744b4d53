package org.soebm.runtime.preprocessing;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.Objective;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.Standardizer;

/** From a task's cost to the objective of a solver: the one place that knows kinds of costs. */
public final class Objectives {
    private Objectives() {}

    /** f(y, ·). */
    static Objective hindsight(CostFunction cost, double[] parameters) {
        return requirePenaltyCost(cost).objective(parameters);
    }

    /**
     * The cost as the only kind that this version can learn and decide with.
     *
     * @throws DataException when it is another kind
     */
    public static PenaltyCost requirePenaltyCost(CostFunction cost) {
        if (cost instanceof PenaltyCost penaltyCost) {
            return penaltyCost;
        }
        throw new DataException("The task's cost is a " + cost.getClass().getSimpleName()
                + ", but this version only takes a PenaltyCost. Maybe it can be written as a sum of penalties on"
                + " affine residuals?");
    }

    /**
     * A problem like those that a predictor will pose, by which a solver is chosen.
     *
     * @param scaling of the uncertain parameters
     */
    public static ArgminProblem typicalProblem(PenaltyCost cost, ConstraintSet constraints, Standardizer scaling) {
        return new ArgminProblem(cost.expectedObjective(scaling.means(), scaling.stds()), constraints);
    }

    /**
     * Checks that a table has one column an uncertain parameter.
     *
     * @throws DataException when it has not
     */
    public static void requireParameters(CostFunction cost, Table parameters) {
        if (parameters.width() != cost.parameterCount()) {
            throw new DataException("The parameters have " + parameters.width() + " columns, but the task's cost has "
                    + cost.parameterCount() + " uncertain parameters.");
        }
    }
}
