package org.soebm.timefold;

import ai.timefold.solver.core.api.domain.solution.cloner.SolutionCloner;

/** Copies the positions and nothing else. */
public final class GridSolutionCloner implements SolutionCloner<GridSolution> {
    /** Called by Timefold. */
    public GridSolutionCloner() {}

    @Override
    public GridSolution cloneSolution(GridSolution original) {
        return original.copy();
    }
}
