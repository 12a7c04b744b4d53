package org.soebm.runtime.cli;

import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningMethods;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what is installed, without loading an engine or a native library. */
@Command(
        name = "methods",
        description = "List the learning methods: name, tab, description.",
        footer = {"", "Example: soebm train power-scheduling --method two-stage"})
final class MethodsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        for (LearningMethod method : LearningMethods.all()) {
            spec.commandLine().getOut().println(method.name() + "\t" + method.description());
        }
    }
}
