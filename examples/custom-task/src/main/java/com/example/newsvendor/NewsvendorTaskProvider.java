package com.example.newsvendor;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/** How the library finds the task; named in {@code META-INF/services}. */
public final class NewsvendorTaskProvider implements TaskProvider {
    @Override
    public String name() {
        return NewsvendorTask.NAME;
    }

    @Override
    public String description() {
        return "how much of each product to buy within a budget, before demand is known";
    }

    @Override
    public Task create() {
        return new NewsvendorTask();
    }
}
