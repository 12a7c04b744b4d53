package org.soebm.runtime.cli;

import org.soebm.api.task.TaskProvider;
import org.soebm.api.task.Tasks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what is installed, without loading an engine or a native library. */
@Command(
        name = "tasks",
        description = "List the installed tasks: name, tab, description.",
        footer = {"", "Example: soebm tasks --plugin-path my-plugins"})
final class TasksCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        for (TaskProvider provider : Tasks.load().all()) {
            spec.commandLine().getOut().println(provider.name() + "\t" + provider.description());
        }
    }
}
