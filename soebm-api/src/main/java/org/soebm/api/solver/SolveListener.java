package org.soebm.api.solver;

/** Hears of each solved problem of a bulk. Called from the solving threads, one call at a time. */
@FunctionalInterface
public interface SolveListener {
    /** Ignores everything. */
    SolveListener NONE = (index, decision) -> {};

    /**
     * Hears of one answer.
     *
     * @param index the problem's position in the bulk
     * @param decision its answer
     */
    void solved(int index, Decision decision);
}
