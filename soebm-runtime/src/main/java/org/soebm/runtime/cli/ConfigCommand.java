package org.soebm.runtime.cli;

import java.util.List;
import java.util.Map;
import org.soebm.api.task.Task;
import org.soebm.runtime.configuration.ConfigurationText;
import org.soebm.runtime.configuration.RunKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A configuration to start from. */
@Command(
        name = "config",
        description = "Print a configuration file with all settings of a task: what each means, what it may be, and its"
                + " default.",
        footer = {
            "",
            "Examples:",
            "  soebm config power-scheduling > run.yaml           then edit run.yaml",
            "  soebm train power-scheduling --config run.yaml",
            "  soebm compare power-scheduling --config run.yaml --runs 5",
            "  soebm tune power-scheduling --config run.yaml      search from there",
            "",
            "Lines may be left out; what no line says is as the task has it. Options win over the file. A file named"
                    + " .properties has one line a setting, as 'energy.learningRate=1e-4'."
        })
final class ConfigCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TASK", description = "What is decided; see 'soebm tasks'.")
    private String taskName;

    @Override
    public void run() {
        Task task = Choices.task(spec, taskName);
        spec.commandLine()
                .getOut()
                .print(ConfigurationText.of(
                        List.of(
                                "The settings of task " + task.name() + ", with its defaults.",
                                "  soebm train " + task.name() + " --config THIS_FILE"),
                        Map.of(RunKeys.TASK, RunKeys.TASK.type().text(task.name())),
                        task.hyperParameters()));
    }
}
