package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
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
    private static final int MOST_THREADS = 32; // which mostly wait for an oracle

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

    NDArray noise() {
        return noise;
    }

    /** The energy of a row's decisions. */
    SmoothObjective energy(int row) {
        double[][] scenarios = new double[problem.scenarios()][];
        for (int s = 0; s < scenarios.length; s++) {
            scenarios[s] = Vectors.row(
                    samples, row * scenarios.length + s, problem.cost().parameterCount());
        }
        return (SmoothObjective)
                objectives.sampleAverage(Scenarios.equallyLikely(scenarios)).objective();
    }

    /** What a row's decisions cost under its true y. */
    SmoothObjective cost(int row) {
        return (SmoothObjective) objectives
                .hindsight(Vectors.row(parameters, row, problem.cost().parameterCount()))
                .objective();
    }

    /** The argmin of each row's problem. */
    List<Decision> solve(ArgminSolver solver, IntFunction<ArgminProblem> problems, Cancellation cancellation) {
        List<Decision> decisions = solver.solveAll(rows, problems, SolveListener.NONE, cancellation);
        for (Decision decision : decisions) {
            if (!decision.status().hasDecision()) {
                throw new UndecidedBatchException(decision);
            }
        }
        return decisions;
    }

    /**
     * What is made of each row, on a thread each: what all of them ask oracles at the same time is answered together.
     *
     * @throws RuntimeException the first that a row threw, in the rows' order
     */
    <T> List<T> ofEachRow(IntFunction<T> ofRow) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(rows, MOST_THREADS), task -> {
            Thread thread = new Thread(task, "soebm-differentiate");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<CompletableFuture<T>> pending = IntStream.range(0, rows)
                    .mapToObj(row -> CompletableFuture.supplyAsync(() -> ofRow.apply(row), threads))
                    .toList();
            CompletableFuture<Void> all = CompletableFuture.allOf(pending.toArray(CompletableFuture[]::new));
            all.exceptionally(failure -> null).join(); // none goes on when this returns, whatever happened to one
            return pending.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        } finally {
            threads.shutdown();
        }
    }
}
