package org.soebm.runtime.cli;

import ai.djl.Device;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** With which rows, hyper-parameters, solver and device to learn. */
final class ExperimentOptions {
    @Option(names = "--solver", paramLabel = "NAME", description = "Which solver; see 'soebm solvers'.")
    private @Nullable String solverName;

    @Option(names = "--device", paramLabel = "NAME", description = "cpu or gpu; the GPU where there is one.")
    private @Nullable String deviceName;

    @Mixin
    private TaskRows rows;

    @Mixin
    private HyperParameterOptions hyperParameters;

    /**
     * Checks the names of solver and device before there is a problem.
     *
     * @throws ParameterException when one is unknown
     */
    void requireNames(CommandSpec spec) {
        Choices.requireSolver(spec, solverName);
        Choices.requireDevice(spec, deviceName);
    }

    @Nullable
    String solverName() {
        return solverName;
    }

    /** The solver that was named, or the usual choice for a task's problems. */
    ArgminSolverProvider solver(Task task, HyperParameters parameters, TaskData data, Split split) {
        Standardizer scaling = Standardizer.fit(data.parameters().select(split.train()));
        return Choices.solver(solverName, Objectives.typical(StochasticProblem.of(task, parameters), scaling));
    }

    Device device() {
        return Choices.device(deviceName);
    }

    TaskRows rows() {
        return rows;
    }

    /** The task's, with the changes that were asked for; see {@link HyperParameterOptions#applyTo}. */
    HyperParameters hyperParameters(Task task, Set<HyperParameters.Phase> ownPhases, CommandSpec spec) {
        return hyperParameters.applyTo(task.hyperParameters(), ownPhases, spec);
    }
}
