package org.soebm.runtime.objective;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.ObservationModel;
import org.soebm.api.task.Simulator;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;

/**
 * A task's problem min_{a ∈ C} E f(y, a), and how y comes from what is predicted: z ~ N(mean, std²) is y itself, or
 * y = g(x, z) by a simulator.
 *
 * @param cost f(y, a)
 * @param constraints C
 * @param simulator g, or null where z is y
 * @param observationModel p(o | z) where z is never observed, or null
 * @param scenarios S, the samples of y that an expectation without a closed form is taken by
 */
public record StochasticProblem(
        CostFunction cost,
        ConstraintSet constraints,
        @Nullable Simulator simulator,
        @Nullable ObservationModel observationModel,
        int scenarios) {
    private static final int DEFAULT_SCENARIOS = 100;

    /** Oracles are evaluated for many rows at once, so as many rows must be on their way; their threads mostly wait. */
    private static final int ROWS_AT_ONCE = 32;

    /**
     * @throws DataException when the parts do not fit together
     */
    public StochasticProblem {
        if (cost.decisionCount() != constraints.decisionCount()) {
            throw new DataException("The task's cost has " + cost.decisionCount()
                    + " decisions, but its feasible set has " + constraints.decisionCount() + ".");
        }
        if (simulator != null && simulator.parameterCount() != cost.parameterCount()) {
            throw new DataException("The task's simulator makes " + simulator.parameterCount()
                    + " uncertain parameters, but its cost has " + cost.parameterCount() + ".");
        }
    }

    /** A problem whose uncertain parameters are predicted and observed themselves. */
    public StochasticProblem(CostFunction cost, ConstraintSet constraints) {
        this(cost, constraints, null, null, DEFAULT_SCENARIOS);
    }

    /** The problem of a task. */
    public static StochasticProblem of(Task task, HyperParameters hyperParameters) {
        return new StochasticProblem(
                task.cost(),
                task.constraints(),
                task.simulator(),
                task.observationModel(),
                hyperParameters.scenarios());
    }

    /** Whether E f has a closed form under the predicted Gaussian. */
    public boolean hasClosedForm() {
        return cost instanceof PenaltyCost && simulator == null;
    }

    /** The number of quantities that are predicted: dz under a simulator, else dy. */
    public int predictedCount() {
        return simulator != null ? simulator.latentCount() : cost.parameterCount();
    }

    /** The names of what is predicted, as the data has them. */
    public List<String> predictedNames(TaskData data) {
        if (simulator == null) {
            return data.parameters().columns();
        }
        return observationModel == null
                ? data.observed().columns()
                : IntStream.range(0, predictedCount()).mapToObj(i -> "z" + i).toList();
    }

    /** The decisions that y has to do with, as far as is known. */
    public int[] uncertainDecisions() {
        return cost instanceof PenaltyCost penalties
                ? penalties.uncertainDecisions()
                : IntStream.range(0, cost.decisionCount()).toArray();
    }

    /**
     * Options for a solver of this problem: those given, with more rows at once where the cost is an oracle, and as much
     * longer for each of them.
     */
    public SolverOptions solverOptions(SolverOptions options) {
        if (cost instanceof PenaltyCost || options.threads() >= ROWS_AT_ONCE) {
            return options;
        }
        int rowsAThread = ROWS_AT_ONCE / options.threads();
        return options.withThreads(ROWS_AT_ONCE)
                .withTimeLimit(options.timeLimit().multipliedBy(rowsAThread));
    }
}
