package org.soebm.api.solver;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;

/**
 * Solves argmin problems. Thread-safe: several threads may solve at once.
 *
 * <p>Every decision that comes back is feasible (within the provider's documented tolerance) and its cost is the
 * objective's own value there. An infeasible or unbounded problem is an answer with that status, not an exception.
 */
public interface ArgminSolver extends AutoCloseable {
    /**
     * Solves one problem.
     *
     * @throws CancellationException when cancelled
     * @throws IllegalArgumentException when the provider does not support the problem; the message says why
     */
    Decision solve(ArgminProblem problem, Cancellation cancellation);

    /** Solves one problem that is not cancelled. */
    default Decision solve(ArgminProblem problem) {
        return solve(problem, Cancellation.NEVER);
    }

    /** The options that the solver was made with. */
    SolverOptions options();

    /**
     * Solves many problems on {@link SolverOptions#threads()} threads; each problem is made when its turn comes.
     *
     * @param count how many problems there are
     * @param problems makes the problem of an index below count; called from the solving threads
     * @param listener hears of each answer as it comes, in no particular order
     * @return the answers in the problems' order
     * @throws CancellationException when cancelled or the thread is interrupted; running solves end first
     * @throws RuntimeException the first that a solve, the problems or the listener threw; it stops the rest
     */
    default List<Decision> solveAll(
            int count, IntFunction<ArgminProblem> problems, SolveListener listener, Cancellation cancellation) {
        return ParallelSolves.run(options().threads(), count, problems, this::solve, listener::solved, cancellation);
    }

    /**
     * Solves one problem and gives what else the solver met on its way or can list cheaply: incumbents, k-best solutions,
     * local optima. A promise that each of them is feasible, not that there are many, nor that none in between is missing.
     *
     * @param atMost how many decisions to give, at least 1
     * @return the answer, as good as that of {@link #solve}; where it has a decision, up to atMost − 1 further ones follow it.
     *     They are feasible, differ in their values from it and from each other, and come by their cost, least first, none
     *     below that of the answer; each has a message that says that it is no answer. Here: the answer only
     * @throws CancellationException when cancelled
     * @throws IllegalArgumentException when the provider does not support the problem, or atMost is below 1
     */
    default List<Decision> solutions(ArgminProblem problem, int atMost, Cancellation cancellation) {
        Incumbents.requireOne(atMost);
        return Collections.singletonList(solve(problem, cancellation)); // may be null: plug-ins ignore null marks
    }

    /**
     * What {@link #solutions} gives for many problems, on {@link SolverOptions#threads()} threads; otherwise like
     * {@link #solveAll}.
     *
     * @param atMost how many decisions to give for each problem, at least 1
     * @param listener hears of each answer, the first of a problem's decisions
     * @return each problem's decisions, in the problems' order
     * @throws CancellationException when cancelled or the thread is interrupted; running solves end first
     * @throws RuntimeException the first that a solve, the problems or the listener threw; it stops the rest
     */
    default List<List<Decision>> solutionsAll(
            int count,
            IntFunction<ArgminProblem> problems,
            int atMost,
            SolveListener listener,
            Cancellation cancellation) {
        return ParallelSolves.run(
                options().threads(),
                count,
                problems,
                (problem, either) -> solutions(problem, atMost, either),
                (index, decisions) -> listener.solved(index, decisions.get(0)),
                cancellation);
    }

    /** Frees what the solver holds. */
    @Override
    void close();
}
