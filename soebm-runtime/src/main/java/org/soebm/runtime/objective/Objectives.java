package org.soebm.runtime.objective;

import ai.djl.Device;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.Objective;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.Standardizer;

/**
 * Makes the problems of a solver from a cost and a feasible set: the one place that knows kinds of costs. A
 * {@link PenaltyCost} becomes penalty terms, which a solver takes exactly; any other cost becomes an oracle, whose tensor
 * code runs on a device until this is closed. Thread-safe.
 */
public final class Objectives implements AutoCloseable {
    private final CostFunction cost;
    private final ConstraintSet constraints;
    private final @Nullable BatchedOracle oracle;

    /** Opens what oracles need, nothing for penalty costs. */
    public Objectives(CostFunction cost, ConstraintSet constraints, Device device) {
        this.cost = cost;
        this.constraints = constraints;
        oracle = cost instanceof PenaltyCost ? null : new BatchedOracle(cost, device);
    }

    /** argmin_{a ∈ C} f(y, a) of a known y. */
    public ArgminProblem hindsight(double[] parameters) {
        return oracle == null
                ? hindsight((PenaltyCost) cost, constraints, parameters)
                : withScenariosIfWanted(oracle.objective(Scenarios.known(parameters)), Scenarios.known(parameters));
    }

    /** argmin_{a ∈ C} Σ_s p_s f(y_s, a). */
    public ArgminProblem sampleAverage(Scenarios scenarios) {
        return withScenariosIfWanted(
                oracle == null ? ((PenaltyCost) cost).sampleAverage(scenarios) : oracle.objective(scenarios),
                scenarios);
    }

    private ArgminProblem withScenariosIfWanted(Objective objective, Scenarios scenarios) {
        ArgminProblem problem = new ArgminProblem(objective, constraints);
        return scenariosWanted(constraints) > 0 ? problem.withScenarios(scenarios) : problem;
    }

    /**
     * f(y, a) of each row in double precision.
     *
     * @param parameters y, shape (n, dy)
     * @param decisions a, shape (n, da)
     */
    public double[] costs(Table parameters, Table decisions) {
        double[] costs = new double[decisions.rows()];
        if (cost instanceof PenaltyCost penalties) {
            decisions.forEachRow((row, a) -> costs[row] = penalties.cost(parameters.row(row), a));
        }
        return oracle == null ? costs : oracle.costs(rows(parameters), rows(decisions));
    }

    /**
     * f(y_s, a) of one decision for many y, in double precision.
     *
     * @param parameters y, shape (n, dy)
     * @param decision a, length da
     */
    public double[] costs(double[][] parameters, double[] decision) {
        double[][] decisions = new double[parameters.length][];
        Arrays.fill(decisions, decision);
        if (oracle != null) {
            return oracle.costs(parameters, decisions);
        }
        double[] costs = new double[parameters.length];
        Arrays.setAll(costs, s -> ((PenaltyCost) cost).cost(parameters[s], decision));
        return costs;
    }

    private static double[][] rows(Table table) {
        double[][] rows = new double[table.rows()][];
        Arrays.setAll(rows, table::row);
        return rows;
    }

    @Override
    public void close() {
        if (oracle != null) {
            oracle.close();
        }
    }

    /** argmin_{a ∈ C} f(y, a) of a known y, for a cost that needs no oracle. */
    public static ArgminProblem hindsight(PenaltyCost cost, ConstraintSet constraints, double[] parameters) {
        ArgminProblem problem = new ArgminProblem(cost.objective(parameters), constraints);
        return scenariosWanted(constraints) > 0 ? problem.withScenarios(Scenarios.known(parameters)) : problem;
    }

    /**
     * argmin_{a ∈ C} E f(y, a) for independent y_i ~ N(mean_i, std_i²): by the closed form, or by scenarios where the
     * feasible set has a model of a solver that asks for them.
     */
    public static ArgminProblem expected(PenaltyCost cost, ConstraintSet constraints, double[] mean, double[] std) {
        int count = scenariosWanted(constraints);
        if (count == 0) {
            return new ArgminProblem(cost.expectedObjective(mean, std), constraints);
        }
        Scenarios scenarios = Scenarios.ofGaussian(mean, std, count);
        return new ArgminProblem(cost.sampleAverage(scenarios), constraints).withScenarios(scenarios);
    }

    /** How many scenarios the feasible set's own model of a solver asks for; 0 where it has none or does not ask. */
    public static int scenariosWanted(ConstraintSet constraints) {
        NativeModel model = constraints.nativeModel();
        return model == null ? 0 : model.scenarioCount();
    }

    /**
     * A problem like those that a predictor will pose, by which a solver is chosen; not to be solved.
     *
     * @param scaling of the predicted quantities
     */
    public static ArgminProblem typical(StochasticProblem problem, Standardizer scaling) {
        if (!(problem.cost() instanceof PenaltyCost penalties)) {
            return new ArgminProblem(new UnknownOracle(problem.cost().decisionCount()), problem.constraints());
        }
        if (problem.hasClosedForm()) {
            return expected(penalties, problem.constraints(), scaling.means(), scaling.stds());
        }
        return hindsight(penalties, problem.constraints(), new double[penalties.parameterCount()]);
    }

    /** A problem like those of known parameters, by which a solver is chosen; not to be solved. */
    public static ArgminProblem typicalHindsight(StochasticProblem problem, Table parameters) {
        return problem.cost() instanceof PenaltyCost penalties
                ? hindsight(penalties, problem.constraints(), parameters.row(0))
                : typical(problem, Standardizer.fit(parameters));
    }

    /** Stands for an oracle where only its kind matters. */
    private record UnknownOracle(int dimension) implements SmoothObjective {
        @Override
        public double value(double[] decisions) {
            throw new IllegalStateException("A typical problem is for choosing a solver, not for solving.");
        }

        @Override
        public double valueAndGradient(double[] decisions, double[] gradient) {
            return value(decisions);
        }
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
