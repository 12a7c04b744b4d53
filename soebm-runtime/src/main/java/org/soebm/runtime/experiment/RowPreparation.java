package org.soebm.runtime.experiment;

import ai.djl.Device;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.OddCells;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.TaskLoss;
import org.soebm.runtime.learning.LearningProblem;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.DecisionCache;
import org.soebm.runtime.preprocessing.Hindsight;
import org.soebm.runtime.preprocessing.HindsightDecisions;
import org.soebm.runtime.preprocessing.UnsolvedRowException;

/**
 * From the rows of a plan to {@link PreparedRows}.
 *
 * @param problem of the plan's task
 * @param provider of the solver
 * @param cache for optimal decisions, or null
 */
record RowPreparation(
        ExperimentPlan plan,
        StochasticProblem problem,
        ArgminSolverProvider provider,
        ArgminSolver solver,
        @Nullable DecisionCache cache,
        Device device) {
    private static final String FROM_CACHE = "from the cache";

    /**
     * Solves a*(y) for the training and the test rows.
     *
     * @throws org.soebm.runtime.preprocessing.UnsolvedRowException when a row has none and is not to be left out
     * @throws DataException when too few rows have one, or a number is beyond single precision
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    PreparedRows prepare(ExperimentListener listener, Cancellation cancellation) {
        long start = System.nanoTime();
        Hindsight training = training(listener, cancellation);
        double seconds = secondsSince(start);
        Hindsight test = hindsight("test rows", plan.split().test(), 1, listener, cancellation);
        Table parameters = plan.data().parameters().select(test.rows());
        return new PreparedRows(
                learningProblem(training),
                training,
                test,
                seconds,
                plan.data().features().select(test.rows()),
                parameters,
                TaskLoss.of(problem.cost(), parameters, test.decisions()));
    }

    /** a*(y) of the training rows alone; fails as {@link #prepare} does. */
    Hindsight training(ExperimentListener listener, Cancellation cancellation) {
        OddCells.requireSinglePrecision(plan.data());
        return hindsight("training rows", plan.split().train(), 2, listener, cancellation);
    }

    /**
     * Mean f(y, a*(y)) over the validation rows, for their regret; NaN where one of them has no optimum, so that the mean
     * would be of other rows than the task loss.
     *
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    double validationForesight(ExperimentListener listener, Cancellation cancellation) {
        int[] rows = plan.split().validation();
        SolveListener solves = listener.solvesStarted("Optimal decisions of the validation rows", rows.length);
        try {
            Hindsight hindsight =
                    decisions().skippingUnsolvable(true).solve(plan.data().parameters(), rows, solves, cancellation);
            listener.solvesEnded(hindsight.cached() ? FROM_CACHE : "");
            return hindsight.skipped().isEmpty()
                    ? Estimate.of(TaskLoss.of(
                                    problem.cost(), plan.data().parameters().select(rows), hindsight.decisions()))
                            .mean()
                    : Double.NaN;
        } catch (UnsolvedRowException noObjective) {
            listener.solvesEnded("row " + noObjective.row() + " has none");
            return Double.NaN;
        }
    }

    private HindsightDecisions decisions() {
        HindsightDecisions decisions =
                new HindsightDecisions(problem.cost(), problem.constraints(), provider, solver).onDevice(device);
        return cache == null ? decisions : decisions.withCache(cache);
    }

    private Hindsight hindsight(
            String what, int[] rows, int least, ExperimentListener listener, Cancellation cancellation) {
        HindsightDecisions decisions = decisions().skippingUnsolvable(plan.skipUnsolvable());
        SolveListener solves = listener.solvesStarted("Optimal decisions of the " + what, rows.length);
        Hindsight hindsight = decisions.solve(plan.data().parameters(), rows, solves, cancellation);
        listener.solvesEnded(
                hindsight.cached()
                        ? FROM_CACHE
                        : hindsight.skipped().isEmpty()
                                ? ""
                                : hindsight.skipped().size() + " rows left out");
        if (hindsight.rows().length < least) {
            throw new DataException("Of the " + rows.length + " " + what + " only " + hindsight.rows().length
                    + " can be solved, but at least " + least + " must be.");
        }
        return hindsight;
    }

    /** What methods learn from: the training and the validation rows. */
    LearningProblem learningProblem(Hindsight training) {
        return new LearningProblem(
                problem,
                plan.task().network(),
                plan.hyperParameters(),
                rows(training.rows()),
                training.decisions(),
                rows(plan.split().validation()),
                solver,
                device,
                plan.seed());
    }

    private LearningProblem.Rows rows(int[] rows) {
        return new LearningProblem.Rows(
                plan.data().features().select(rows),
                plan.data().parameters().select(rows),
                plan.data().observed().select(rows));
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }
}
