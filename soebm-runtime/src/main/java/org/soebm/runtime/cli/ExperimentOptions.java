package org.soebm.runtime.cli;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.SolverUnavailableException;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.configuration.Configuration;
import org.soebm.runtime.configuration.ConfigurationException;
import org.soebm.runtime.configuration.Key;
import org.soebm.runtime.configuration.RunKeys;
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

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML or properties file with hyper-parameters and other settings, for which options win;"
                    + " 'soebm config TASK' prints one to start from.")
    private @Nullable Path file;

    @Mixin
    private TaskRows rows;

    @Mixin
    private HyperParameterOptions hyperParameters;

    private Configuration configuration = Configuration.EMPTY;

    /**
     * Reads the file of {@code --config} where there is one, and takes from it what no option says.
     *
     * @throws ParameterException when what stands in it cannot be used; names file and line
     * @throws org.soebm.api.task.DataException when it cannot be read
     */
    void configure(Task task, CommandSpec spec) {
        if (file == null) {
            return;
        }
        try {
            configuration = Configuration.read(file);
            String named = configuration.get(RunKeys.TASK);
            if (named != null && !named.equals(task.name())) {
                throw new ConfigurationException(configuration.where(RunKeys.TASK) + ": the configuration is for task "
                        + named + ", not for " + task.name() + ".");
            }
            rows.fillFrom(configuration);
            if (deviceName == null) {
                deviceName = configuration.get(RunKeys.DEVICE);
            }
            String solver = configuration.get(RunKeys.SOLVER);
            if (solverName == null && solver != null) {
                solverName = installed(solver);
            }
        } catch (ConfigurationException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private String installed(String solver) {
        try {
            return ArgminSolvers.load().named(solver).name();
        } catch (SolverUnavailableException e) {
            throw new ConfigurationException(configuration.where(RunKeys.SOLVER) + ": " + e.getMessage());
        }
    }

    /** What an option says, else the file of {@code --config}, else null. */
    <T> @Nullable T setting(@Nullable T option, Key<T> key) {
        return option != null ? option : configuration.get(key);
    }

    /** The seed: what the option says, else the file, else 0. */
    long seed(@Nullable Long option) {
        Long seed = setting(option, RunKeys.SEED);
        return seed == null ? 0 : seed;
    }

    /** The share of the training rows: what the file says, else all. */
    double trainFraction() {
        Double fraction = configuration.get(RunKeys.TRAIN_FRACTION);
        return fraction == null ? 1 : fraction;
    }

    /** Whether the file says something of a key. */
    boolean isConfigured(Key<?> key) {
        return configuration.get(key) != null;
    }

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

    /** The task's, with the changes that the file and then the options ask for; see {@link HyperParameterOptions#applyTo}. */
    HyperParameters hyperParameters(Task task, Set<HyperParameters.Phase> ownPhases, CommandSpec spec) {
        return hyperParameters.applyTo(configuration.applyTo(task.hyperParameters()), ownPhases, spec);
    }
}
