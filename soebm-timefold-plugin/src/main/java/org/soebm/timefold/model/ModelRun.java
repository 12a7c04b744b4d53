package org.soebm.timefold.model;

import ai.timefold.solver.core.api.score.Score;
import ai.timefold.solver.core.api.score.analysis.ConstraintAnalysis;
import ai.timefold.solver.core.api.solver.SolutionManager;
import ai.timefold.solver.core.api.solver.Solver;
import ai.timefold.solver.core.api.solver.SolverFactory;
import ai.timefold.solver.core.api.solver.event.BestSolutionChangedEvent;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;

/**
 * One run of a solver configuration on a planning solution, and what its score says.
 *
 * @param model the name for messages
 */
record ModelRun<S>(String model, SolverFactory<S> factory) {
    /**
     * How a run ended.
     *
     * @param score null where planning variables are unassigned
     * @param timeIsUp whether the time limit of the options ended it
     */
    record Outcome<S>(S solution, @Nullable Score<?> score, boolean timeIsUp) {}

    /**
     * Solves.
     *
     * @param met hears of each feasible solution that becomes the best one, on the way and at last
     * @throws TimefoldModelException when the solver throws, or leaves the solution uninitialised with time left
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    Outcome<S> solve(S unsolved, Duration limit, Cancellation cancellation, Consumer<S> met) {
        Solver<S> solver;
        S solution;
        AtomicReference<@Nullable BestSolutionChangedEvent<S>> best = new AtomicReference<>();
        boolean timeIsUp;
        try {
            solver = factory.buildSolver();
            solver.addEventListener(event -> {
                best.set(event);
                if (event.isNewBestSolutionInitialized()
                        && event.getNewBestScore().isFeasible()) {
                    met.accept(event.getNewBestSolution());
                }
            });
            try (SolveWatch watch = SolveWatch.over(solver, limit, cancellation)) {
                solution = solver.solve(unsolved);
                timeIsUp = watch.timeIsUp();
            }
        } catch (TimefoldModelException e) { // of the user's own function, on a solution that was met
            throw e;
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            cancellation.throwIfCancelled();
            throw new TimefoldModelException(
                    "Timefold failed on the model " + model + ", in its constraints, its solution class or its solver"
                            + " configuration: " + TimefoldModelException.firstLine(e),
                    e);
        }
        cancellation.throwIfCancelled();
        BestSolutionChangedEvent<S> last = best.get();
        Score<?> score = last != null && last.isNewBestSolutionInitialized() ? last.getNewBestScore() : null;
        if (score == null && !timeIsUp) {
            throw new TimefoldModelException("The solver left planning variables of the Timefold model " + model
                    + " unassigned. Maybe its configuration has no construction heuristic, or ends before it is done?");
        }
        return new Outcome<>(solution, score, timeIsUp);
    }

    /** The answer without a decision, for a run that found nothing feasible, which proves nothing. */
    Decision failed(Outcome<S> outcome, boolean isExplainable, Duration time) {
        Score<?> score = outcome.score();
        StringBuilder message =
                new StringBuilder("The Timefold model ").append(model).append(" found no feasible solution: ");
        if (score == null) {
            message.append("planning variables are still unassigned");
        } else {
            message.append("its best score is ").append(score);
            if (isExplainable) {
                message.append(", and the constraint that is broken worst is ")
                        .append(worst(score, outcome.solution()));
            }
        }
        message.append(
                outcome.timeIsUp()
                        ? ". The time limit ended the search. Maybe it needs more time?"
                        : ". A local search cannot prove that there is none. Maybe its termination comes too early?");
        return Decision.none(
                outcome.timeIsUp() ? SolveStatus.TIME_LIMIT : SolveStatus.FAILED, time, message.toString());
    }

    /** With a name for the type of the score, which only the user's model knows. */
    private <C extends Score<C>> String worst(Score<C> score, S solution) {
        SolutionManager<S, C> manager = SolutionManager.create(factory);
        return manager.analyze(solution).constraintMap().values().stream()
                .min(Comparator.comparing(ConstraintAnalysis::score))
                .map(worst -> worst.constraintRef().constraintName() + " (" + worst.score() + ")")
                .orElse("none, of " + score);
    }

    /** The answer with a decision; its message is empty unless a limit ended the search, as converged answers' are. */
    static Decision feasible(double[] values, double cost, Duration time, Outcome<?> outcome) {
        return new Decision(
                values,
                new double[0],
                cost,
                SolveStatus.FEASIBLE,
                time,
                outcome.timeIsUp() ? "The time limit ended the search at the score " + outcome.score() + "." : "");
    }
}
