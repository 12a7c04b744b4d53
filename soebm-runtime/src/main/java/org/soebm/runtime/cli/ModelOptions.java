package org.soebm.runtime.cli;

import ai.djl.Device;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.inference.DecisionModel;
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

    DecisionModel load(CommandSpec spec) {
        Choices.requireSolver(spec, solverName);
        Choices.requireDevice(spec, deviceName);
        Device device = Choices.device(deviceName);
        return DecisionModel.load(
                folder, Tasks.load(), ArgminSolvers.load(), solverName, SolverOptions.DEFAULT, device);
    }

    Path folder() {
        return folder;
    }

    @Nullable
    String solverName() {
        return solverName;
    }
}
