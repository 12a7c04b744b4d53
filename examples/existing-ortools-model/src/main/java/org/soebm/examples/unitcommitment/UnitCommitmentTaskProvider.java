package org.soebm.examples.unitcommitment;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;
import org.soebm.examples.unitcommitment.existing.UnitCommitment;

/** Registers {@link UnitCommitmentTask}; named in {@code META-INF/services}. */
public final class UnitCommitmentTaskProvider implements TaskProvider {
    private static final int DAYS = 500;

    @Override
    public String name() {
        return UnitCommitmentTask.NAME;
    }

    @Override
    public String description() {
        return "which power stations run tomorrow, before its net demand is known: an existing OR-Tools model";
    }

    @Override
    public Task create() {
        return new UnitCommitmentTask(UnitCommitment.THREE_UNITS, DAYS);
    }
}
