package org.soebm.timefold;

import ai.timefold.solver.core.api.score.director.ScoreDirector;
import ai.timefold.solver.core.impl.heuristic.move.AbstractMove;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts several variables on new positions of their grids at once. */
final class GridMove extends AbstractMove<GridSolution> {
    private final int[] variables;
    private final long[] positions;

    GridMove(int[] variables, long[] positions) {
        this.variables = variables;
        this.positions = positions;
    }

    /** The move along a direction to the nearest grid point, or null when that is where the variables are. */
    static @Nullable GridMove along(Direction direction, GridScoreCalculator.State state, Grid grid, double way) {
        long[] positions = new long[direction.variables().length];
        boolean changes = false;
        for (int k = 0; k < positions.length; k++) {
            int i = direction.variables()[k];
            positions[k] = grid.index(i, state.value(i) + way * direction.steps()[k]);
            changes |= positions[k] != state.position(i);
        }
        return changes ? new GridMove(direction.variables(), positions) : null;
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
