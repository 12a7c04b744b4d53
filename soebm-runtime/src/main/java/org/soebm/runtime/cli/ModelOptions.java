package org.soebm.runtime.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.inference.DecisionModel;
import org.soebm.runtime.inference.ModelDescription;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Which model, and how to run it. */
final class ModelOptions {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            required = true,
            description = "Folder that 'soebm train --out DIR' wrote.")
    private Path folder;

    @Option(names = "--solver", paramLabel = "NAME", description = "Which solver; see 'soebm solvers'.")
    private @Nullable String solverName;

    @Option(names = "--device", paramLabel = "NAME", description = "cpu or gpu; the GPU where there is one.")
    private @Nullable String deviceName;

    /** Checks the names and reads what the model says of itself, before anything is loaded. */
    ModelDescription describe(CommandSpec spec) {
        Choices.requireSolver(spec, solverName);
        Choices.requireDevice(spec, deviceName);
        return DecisionModel.describe(folder);
    }

    DecisionModel load() {
        return DecisionModel.load(
                folder, Tasks.load(), ArgminSolvers.load(), solverName, null, Choices.device(deviceName));
    }

    Path folder() {
        return folder;
    }

    @Nullable
    String solverName() {
        return solverName;
    }
}
