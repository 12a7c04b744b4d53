package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.pool.SolutionPool;

/**
 * An objective with a pool that learns while it trains: before each step the optima of the predicted problems of some of the
 * step's rows, for what the network takes for optimal now is what it must be told apart from a*; and what the objective itself
 * adds. Both go on after an interruption.
 *
 * <p>A look-ahead costs a prediction more in each step and a solve for each of those rows.
 */
final class GrowingPool implements LookAheadObjective {
    private final PhaseObjective objective;
    private final SolutionPool pool;
    private final double rate;
    private final StochasticProblem problem;
    private final ArgminSolver solver;
    private final Cancellation cancellation;
    private final int[] uncertain;

    /**
     * The objective with its pool.
     *
     * @param rate the share of a step's rows that are solved; 0 where the objective alone adds to the pool
     * @param task whose expected cost has a closed form, unless the rate is 0
     */
    GrowingPool(
            PhaseObjective objective, SolutionPool pool, double rate, LearningProblem task, Cancellation cancellation) {
        this.objective = objective;
        this.pool = pool;
        this.rate = rate;
        problem = task.problem();
        solver = task.solver();
        this.cancellation = cancellation;
        uncertain = problem.uncertainDecisions();
    }

    @Override
    public TrainingObjective at(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        if (rate > 0) {
            grow(prediction, batch, scope);
        }
        return objective instanceof LookAheadObjective ahead
                ? ahead.at(prediction, batch, scope)
                : (TrainingObjective) objective;
    }

    private void grow(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        int width = Math.toIntExact(prediction.parameterCount());
        float[] mean = prediction.mean().toFloatArray();
        float[] std = prediction.std().toFloatArray();
        Random random = StepRandom.of(scope);
        int[] chosen = IntStream.range(0, batch.rows())
                .filter(row -> random.nextDouble() < rate)
                .toArray();
        List<Decision> answers = solver.solveAll(
                chosen.length,
                i -> Objectives.expected(
                        (PenaltyCost) problem.cost(),
                        problem.constraints(),
                        Vectors.row(mean, chosen[i], width),
                        Vectors.row(std, chosen[i], width)),
                SolveListener.NONE,
                cancellation);
        for (Decision answer : answers) {
            if (answer.status().hasDecision()) {
                pool.addNew(PoolGathering.restricted(answer.values(), uncertain));
            }
        }
    }

    @Override
    public long bytesPerRow() {
        return objective.bytesPerRow();
    }

    @Override
    public List<double[]> state() {
        List<double[]> state =
                new ArrayList<>(List.of(new double[] {objective.state().size()}));
        state.addAll(objective.state());
        state.addAll(pool.additions());
        return state;
    }

    @Override
    public void restore(List<double[]> state) {
        int own = 1 + (int) state.get(0)[0];
        objective.restore(state.subList(1, own));
        pool.restore(state.subList(own, state.size()));
    }
}
