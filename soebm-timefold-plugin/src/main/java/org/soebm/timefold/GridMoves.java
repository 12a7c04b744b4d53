package org.soebm.timefold;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.selector.move.factory.MoveIteratorFactory;
import java.util.Iterator;
import java.util.Random;

/** Hands Timefold the moves of the search that the solution belongs to. */
public final class GridMoves implements MoveIteratorFactory<GridSolution, GridMove> {
    /** Called by Timefold. */
    public GridMoves() {}

    @Override
    public long getSize(ScoreDirector<GridSolution> scoreDirector) {
        return scoreDirector.getWorkingSolution().getVariables().size();
    }

    @Override
    public Iterator<GridMove> createOriginalMoveIterator(ScoreDirector<GridSolution> scoreDirector) {
        throw new UnsupportedOperationException("The moves of a grid are drawn at random only.");
    }

    @Override
    public Iterator<GridMove> createRandomMoveIterator(
            ScoreDirector<GridSolution> scoreDirector, Random workingRandom) {
        GridSolution solution = scoreDirector.getWorkingSolution();
        return solution.search().moves(solution, workingRandom);
    }
}
