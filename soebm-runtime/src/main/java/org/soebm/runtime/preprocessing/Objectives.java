package org.soebm.runtime.preprocessing;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.Standardizer;

/** From a task's cost to the problem of a solver: the one place that knows kinds of costs. */
public final class Objectives {
    private Objectives() {}

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

    /** argmin_{a ∈ C} f(y, a) of a known y. */
    public static ArgminProblem hindsight(CostFunction cost, ConstraintSet constraints, double[] parameters) {
        ArgminProblem problem = new ArgminProblem(requirePenaltyCost(cost).objective(parameters), constraints);
        return wantsScenarios(constraints) > 0 ? problem.withScenarios(Scenarios.known(parameters)) : problem;
    }

    /**
     * argmin_{a ∈ C} E f(y, a) for independent y_i ~ N(mean_i, std_i²): by the closed form, or by scenarios where the
     * feasible set has a model of a solver that asks for them.
     */
    public static ArgminProblem expected(PenaltyCost cost, ConstraintSet constraints, double[] mean, double[] std) {
        int count = wantsScenarios(constraints);
        if (count == 0) {
            return new ArgminProblem(cost.expectedObjective(mean, std), constraints);
        }
        Scenarios scenarios = Scenarios.ofGaussian(mean, std, count);
        return new ArgminProblem(cost.sampleAverage(scenarios), constraints).withScenarios(scenarios);
    }

    private static int wantsScenarios(ConstraintSet constraints) {
        NativeModel model = constraints.nativeModel();
        return model == null ? 0 : model.scenarioCount();
    }

    /**
     * A problem like those that a predictor will pose, by which a solver is chosen.
     *
     * @param scaling of the uncertain parameters
     */
    public static ArgminProblem typicalProblem(PenaltyCost cost, ConstraintSet constraints, Standardizer scaling) {
        return expected(cost, constraints, scaling.means(), scaling.stds());
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
