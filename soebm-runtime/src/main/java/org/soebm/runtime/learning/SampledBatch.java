package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.runtime.energy.ReparameterisedSamples;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * A batch under samples of y, of which all rows share the ε_s: the energy E(a) = 1/S Σ_s f(y_s, a) and the true cost
 * f(y, a) of each row, as smooth oracles.
 */
final class SampledBatch {
    private final StochasticProblem problem;
    private final Objectives objectives;
    private final NDArray noise; // ε, (1, S, dz)
    private final float[] samples; // of y, (B, S, dy)
    private final float[] parameters; // the true y, (B, dy)
    private final int rows;

    /**
     * Draws the samples.
     *
     * @param prediction free of gradients
     * @param scope owns ε
     */
    SampledBatch(
            StochasticProblem problem,
            Objectives objectives,
            GaussianDistribution prediction,
            RowBatch batch,
            NDManager scope) {
        this.problem = problem;
        this.objectives = objectives;
        noise = scope.randomNormal(new Shape(1, problem.scenarios(), prediction.parameterCount()));
        samples = ReparameterisedSamples.of(prediction, batch.unscaled(), noise, problem.simulator())
                .samples()
                .toFloatArray();
        parameters = batch.parameters().toFloatArray();
        rows = Math.toIntExact(prediction.rows());
    }

    int rows() {
        return rows;
    }

    NDArray noise() {
        return noise;
    }

    /** The energy of a row's decisions. */
    SmoothObjective energy(int row) {
        double[][] scenarios = new double[problem.scenarios()][];
        for (int s = 0; s < scenarios.length; s++) {
            scenarios[s] = values(samples, row * scenarios.length + s);
        }
        return (SmoothObjective)
                objectives.sampleAverage(Scenarios.equallyLikely(scenarios)).objective();
    }

    /** What a row's decisions cost under its true y. */
    SmoothObjective cost(int row) {
        return (SmoothObjective) objectives.hindsight(values(parameters, row)).objective();
    }

    /** The argmin of each row's problem. */
    List<Decision> solve(ArgminSolver solver, IntFunction<ArgminProblem> problems, Cancellation cancellation) {
        List<Decision> decisions = solver.solveAll(rows, problems, SolveListener.NONE, cancellation);
        for (Decision decision : decisions) {
            if (!decision.status().hasDecision()) {
                throw new IllegalStateException("The solver found no decision for a training row: it answers "
                        + decision.status() + (decision.message().isEmpty() ? "." : " (" + decision.message() + ")."));
            }
        }
        return decisions;
    }

    private double[] values(float[] from, int index) {
        double[] values = new double[problem.cost().parameterCount()];
        Arrays.setAll(values, i -> from[index * values.length + i]);
        return values;
    }
}
