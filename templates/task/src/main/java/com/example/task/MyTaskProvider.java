package com.example.task;

import org.soebm.api.task.Task;
import org.soebm.api.task.TaskProvider;

/** How the library finds the task; named in {@code META-INF/services}. */
public final class MyTaskProvider implements TaskProvider {
    @Override
    public String name() {
        return MyTask.NAME;
    }

    @Override
    public String description() {
        return "how many newspapers to buy before demand is known";
    }

    @Override
    public Task create() {
        return new MyTask();
    }
}
