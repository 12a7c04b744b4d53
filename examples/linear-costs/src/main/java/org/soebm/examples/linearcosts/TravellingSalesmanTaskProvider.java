package org.soebm.examples.linearcosts;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/** Registers {@link TravellingSalesmanTask}; named in {@code META-INF/services}. */
public final class TravellingSalesmanTaskProvider implements TaskProvider {
    @Override
    public String name() {
        return TravellingSalesmanTask.NAME;
    }

    @Override
    public String description() {
        return "the cheapest round trip through 20 nodes, before the costs between them are known";
    }

    @Override
    public Task create() {
        return new TravellingSalesmanTask(20, Degree.chosen());
    }
}
