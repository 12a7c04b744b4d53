package org.soebm.runtime.cli;

import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists what is installed, without loading an engine or a native library. */
@Command(
        name = "solvers",
        description = "List the installed solvers, the first choice first: name, tab, description.",
        footer = {"", "Example: soebm solvers --plugin-path my-plugins"})
final class SolversCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        for (ArgminSolverProvider provider : ArgminSolvers.load().all()) {
            spec.commandLine().getOut().println(provider.name() + "\t" + provider.description());
        }
    }
}
