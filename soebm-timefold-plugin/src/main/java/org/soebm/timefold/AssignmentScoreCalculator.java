package org.soebm.timefold;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import org.jspecify.annotations.Nullable;

/** Scores an assignment of the integer variables, or a part of one, by {@link Assignments}. */
public final class AssignmentScoreCalculator implements IncrementalScoreCalculator<GridSolution, HardSoftLongScore> {
    private @Nullable GridSolution working;

    /** Called by Timefold. */
    public AssignmentScoreCalculator() {}

    @Override
    public void resetWorkingSolution(GridSolution workingSolution) {
        working = workingSolution;
    }

    @Override
    public void beforeEntityAdded(Object entity) {}

    @Override
    public void afterEntityAdded(Object entity) {}

    @Override
    public void beforeVariableChanged(Object entity, String variableName) {}

    @Override
    public void afterVariableChanged(Object entity, String variableName) {}

    @Override
    public void beforeEntityRemoved(Object entity) {}

    @Override
    public void afterEntityRemoved(Object entity) {}

    @Override
    public HardSoftLongScore calculateScore() {
        if (working == null) {
            throw new IllegalStateException("The score calculator has no working solution.");
        }
        Search search = working.search();
        search.look(1);
        return search.assignments().score(working);
    }
}
