package org.soebm.api.solver;

/** How a solve ended, whatever the back end calls it. */
public enum SolveStatus {
    /** The decision is optimal within the tolerance. */
    OPTIMAL,
    /**
     * The decision is feasible; its optimality is not proven. The message says which limit ended the search; it is empty
     * where the search ended by itself: at a stationary point, or where a local search finds no better neighbour.
     */
    FEASIBLE,
    /** No decision satisfies the constraints. */
    INFEASIBLE,
    /** The objective has no lower bound on the feasible set. */
    UNBOUNDED,
    /** The time limit was reached before any feasible decision was found. */
    TIME_LIMIT,
    /** The back end failed; the message says how. */
    FAILED;

    /** Whether there is a feasible decision. */
    public boolean hasDecision() {
        return this == OPTIMAL || this == FEASIBLE;
    }
}
