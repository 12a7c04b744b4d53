package org.soebm.examples.powerscheduling;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/** Registers {@link PowerSchedulingTask}; named in {@code META-INF/services}. */
public final class PowerSchedulingTaskProvider implements TaskProvider {

    @Override
    public String name() {
        return PowerSchedulingTask.NAME;
    }

    @Override
    public String description() {
        return "how much electricity to generate in each hour of the next day, before its load is known";
    }

    @Override
    public Task create() {
        return new PowerSchedulingTask();
    }
}
