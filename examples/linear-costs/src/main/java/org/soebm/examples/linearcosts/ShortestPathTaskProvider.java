package org.soebm.examples.linearcosts;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/** Registers {@link ShortestPathTask}; named in {@code META-INF/services}. */
public final class ShortestPathTaskProvider implements TaskProvider {
    @Override
    public String name() {
        return ShortestPathTask.NAME;
    }

    @Override
    public String description() {
        return "the cheapest path through a grid, before the costs of its arcs are known";
    }

    @Override
    public Task create() {
        return new ShortestPathTask(Grid.FIVE_BY_FIVE, Degree.chosen());
    }
}
