package org.soebm.timefold;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractMove;
import java.util.Arrays;
import java.util.List;

/** Puts several variables on new positions of their grids at once. */
final class GridMove extends AbstractMove<GridSolution> {
    private final int[] variables;
    private final long[] positions;

    GridMove(int[] variables, long[] positions) {
        this.variables = variables;
        this.positions = positions;
    }

    @Override
    public boolean isMoveDoable(ScoreDirector<GridSolution> scoreDirector) {
        return true; // the sources of moves offer no others
    }

    @Override
    protected void doMoveOnGenuineVariables(ScoreDirector<GridSolution> scoreDirector) {
        GridSolution solution = scoreDirector.getWorkingSolution();
        for (int k = 0; k < variables.length; k++) {
            GridVariable variable = solution.variable(variables[k]);
            scoreDirector.beforeVariableChanged(variable, GridVariable.POSITION);
            variable.setPosition(positions[k]);
            scoreDirector.afterVariableChanged(variable, GridVariable.POSITION);
        }
    }

    @Override
    public List<Long> getPlanningValues() {
        return Arrays.stream(positions).boxed().toList();
    }

    @Override
    public String toString() {
        return "variables " + Arrays.toString(variables) + " to " + Arrays.toString(positions);
    }
}
