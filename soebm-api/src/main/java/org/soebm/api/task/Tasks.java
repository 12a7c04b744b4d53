package org.soebm.api.task;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.soebm.api.plugin.PluginException;
import org.soebm.api.plugin.Plugins;

/** The installed task plug-ins. */
public final class Tasks {
    private static final String WHAT = "task";

    private final List<TaskProvider> providers;

    private Tasks(List<TaskProvider> providers) {
        this.providers = providers.stream()
                .sorted(Comparator.comparing(TaskProvider::name))
                .toList();
    }

    /**
     * The tasks that the current thread's class loader finds.
     *
     * @throws PluginException when a plug-in cannot be loaded, or two tasks have the same name
     */
    public static Tasks load() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return load(context == null ? Tasks.class.getClassLoader() : context);
    }

    /**
     * The tasks that a class loader finds.
     *
     * @throws PluginException when a plug-in cannot be loaded, or two tasks have the same name
     */
    public static Tasks load(@Nullable ClassLoader classLoader) {
        return new Tasks(Plugins.load(TaskProvider.class, classLoader, WHAT, TaskProvider::name));
    }

    /**
     * A fixed list of tasks, without any look at the class path.
     *
     * @throws PluginException when two have the same name
     */
    public static Tasks of(List<TaskProvider> providers) {
        Plugins.requireNames(WHAT, providers, TaskProvider::name);
        return new Tasks(providers);
    }

    /** All providers by name. */
    public List<TaskProvider> all() {
        return providers;
    }

    /**
     * The provider of a name.
     *
     * @throws UnknownTaskException when it is not installed; lists those that are
     */
    public TaskProvider named(String name) {
        for (TaskProvider provider : providers) {
            if (provider.name().equals(name)) {
                return provider;
            }
        }
        String known = providers.stream().map(TaskProvider::name).collect(Collectors.joining(", "));
        throw new UnknownTaskException("There is no task named " + name + "; "
                + (known.isEmpty()
                        ? "none is installed. Add a task's jar to the class path."
                        : "installed are: " + known + "."));
    }
}
