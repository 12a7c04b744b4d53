package org.soebm.examples.linearcosts;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/** Registers {@link KnapsackTask}; named in {@code META-INF/services}. */
public final class KnapsackTaskProvider implements TaskProvider {
    @Override
    public String name() {
        return KnapsackTask.NAME;
    }

    @Override
    public String description() {
        return "which items to pack, before their values are known";
    }

    @Override
    public Task create() {
        return new KnapsackTask(KnapsackItems.BENCHMARK, Degree.chosen());
    }
}
