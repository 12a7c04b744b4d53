package org.soebm.runtime.cli;

import ai.djl.Device;
import ai.djl.engine.Engine;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.SolverUnavailableException;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Task;
import org.soebm.api.task.Tasks;
import org.soebm.api.task.UnknownTaskException;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningMethods;
import org.soebm.runtime.network.OfflineEngine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** From names on the command line to what they mean; an unknown name is wrong usage. */
final class Choices {
    private static final String CPU = "cpu";
    private static final String GPU = "gpu";

    private Choices() {}

    static Task task(CommandSpec spec, String name) {
        try {
            return Tasks.load().named(name).create();
        } catch (UnknownTaskException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** The method of a name, the usual one without. */
    static LearningMethod method(CommandSpec spec, @Nullable String name) {
        try {
            return LearningMethods.named(name == null ? LearningMethods.USUAL : name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** Checks a solver's name before there is a problem to choose for. */
    static void requireSolver(CommandSpec spec, @Nullable String name) {
        if (name == null) {
            return;
        }
        try {
            ArgminSolvers.load().named(name);
        } catch (SolverUnavailableException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** The provider of a name that was checked, or the usual choice. */
    static ArgminSolverProvider solver(@Nullable String name, ArgminProblem problem) {
        return ArgminSolvers.load().select(name, problem);
    }

    /** Checks a device's name without loading the engine. */
    static void requireDevice(CommandSpec spec, @Nullable String name) {
        if (name != null && !name.equals(CPU) && !name.equals(GPU)) {
            throw new ParameterException(
                    spec.commandLine(), "There is no device named " + name + "; there are: " + CPU + ", " + GPU + ".");
        }
    }

    /**
     * The device of a name that was checked; without a name the GPU where there is one.
     *
     * @throws DataException when there is no GPU, but it was asked for
     */
    static Device device(@Nullable String name) {
        if (CPU.equals(name)) {
            return Device.cpu();
        }
        Engine engine = OfflineEngine.get();
        if (engine.getGpuCount() > 0) {
            return Device.gpu();
        }
        if (GPU.equals(name)) {
            throw new DataException(
                    "There is no GPU that " + engine.getEngineName() + " " + engine.getVersion()
                            + " can use. Leave --device away, or run a build for GPUs (SOEBM_GPU=1) on a machine that has one.");
        }
        return Device.cpu();
    }
}
