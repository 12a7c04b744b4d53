package org.soebm.api.task;

/**
 * A task plug-in, found through {@link java.util.ServiceLoader}. Looking at a provider must be cheap: data is read in
 * {@link Task#data}, not before.
 */
public interface TaskProvider {
    /** The name by which users choose the task, lower case. */
    String name();

    /** One line on what is decided. */
    String description();

    /** Builds the task. */
    Task create();
}
