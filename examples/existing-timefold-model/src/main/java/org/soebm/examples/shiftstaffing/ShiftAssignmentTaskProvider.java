package org.soebm.examples.shiftstaffing;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/** Registers {@link ShiftAssignmentTask}; named in {@code META-INF/services}. */
public final class ShiftAssignmentTaskProvider implements TaskProvider {
    @Override
    public String name() {
        return ShiftAssignmentTask.NAME;
    }

    @Override
    public String description() {
        return "who works when in the next week, before it is known what they sell: an existing Timefold model, linear cost";
    }

    @Override
    public Task create() {
        return new ShiftAssignmentTask();
    }
}
