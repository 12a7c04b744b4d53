package org.soebm.runtime.experiment;

import org.soebm.api.solver.SolveListener;
import org.soebm.runtime.learning.TrainingListener;

/** Hears how a run goes: bulks of solves before and after training, and training itself in between. */
public interface ExperimentListener extends TrainingListener {
    /** Ignores everything. */
    ExperimentListener NONE = new ExperimentListener() {};

    /**
     * A bulk of solves begins.
     *
     * @param what is solved, e.g. "optimal decisions of the training rows"
     * @param rows how many at most
     * @return hears of each solve, one at a time
     */
    default SolveListener solvesStarted(String what, int rows) {
        return SolveListener.NONE;
    }

    /**
     * The bulk is over.
     *
     * @param note what to say of it, empty when there is nothing
     */
    default void solvesEnded(String note) {}
}
