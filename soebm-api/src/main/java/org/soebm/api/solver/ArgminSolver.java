package org.soebm.api.solver;

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
        return ParallelSolves.run(this, count, problems, listener, cancellation);
    }

    /** Frees what the solver holds. */
    @Override
    void close();
}
