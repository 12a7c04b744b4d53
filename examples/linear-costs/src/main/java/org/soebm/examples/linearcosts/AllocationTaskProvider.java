package org.soebm.examples.linearcosts;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/** Registers {@link AllocationTask}; named in {@code META-INF/services}. */
public final class AllocationTaskProvider implements TaskProvider {
    @Override
    public String name() {
        return AllocationTask.NAME;
    }

    @Override
    public String description() {
        return "shares of a budget for 50 projects, before their yields are known";
    }

    @Override
    public Task create() {
        return new AllocationTask(AllocationTask.PROJECTS, Degree.chosen());
    }
}
