package org.soebm.timefold;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.valuerange.CountableValueRange;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeFactory;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import org.jspecify.annotations.Nullable;

/** A decision or auxiliary variable as Timefold plans it: its value is a position on its {@link Grid}. */
@PlanningEntity
public final class GridVariable {
    static final String POSITION = "position";

    private final int variable;
    private final long lowest;
    private final long highest;
    private @Nullable Long position;

    GridVariable(int variable, long lowest, long highest, @Nullable Long position) {
        this.variable = variable;
        this.lowest = lowest;
        this.highest = highest;
        this.position = position;
    }

    GridVariable copy() {
        return new GridVariable(variable, lowest, highest, position);
    }

    /** The variable's index in the constraint set. */
    int variable() {
        return variable;
    }

    long lowest() {
        return lowest;
    }

    long highest() {
        return highest;
    }

    /** All positions; bounds and integrality hold at each. */
    @ValueRangeProvider
    public CountableValueRange<Long> getPositions() {
        return ValueRangeFactory.createLongValueRange(lowest, highest + 1);
    }

    /** The position on the grid, null only where an exhaustive search has not come to it. */
    @PlanningVariable
    public @Nullable Long getPosition() {
        return position;
    }

    /** Called by Timefold. */
    public void setPosition(@Nullable Long position) {
        this.position = position;
    }

    @Override
    public String toString() {
        return "v" + variable + "@" + position;
    }
}
