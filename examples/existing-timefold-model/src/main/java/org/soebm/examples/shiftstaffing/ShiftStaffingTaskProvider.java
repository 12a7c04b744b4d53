package org.soebm.examples.shiftstaffing;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/** Registers {@link ShiftStaffingTask}; named in {@code META-INF/services}. */
public final class ShiftStaffingTaskProvider implements TaskProvider {
    @Override
    public String name() {
        return ShiftStaffingTask.NAME;
    }

    @Override
    public String description() {
        return "how many to schedule in each shift of the next week, before its customers are known";
    }

    @Override
    public Task create() {
        return new ShiftStaffingTask();
    }
}
