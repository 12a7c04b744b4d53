package org.soebm.benchmarks;

import ai.djl.Device;
import java.nio.file.Path;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.learning.LearningProblem;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.Hindsight;
import org.soebm.runtime.preprocessing.HindsightDecisions;

/**
 * What the benchmarks measure on: an installed task, its rows in a random split, and the OR-Tools plug-in on all cores.
 * Nothing comes from the user's cache of decisions.
 */
public final class BenchmarkedTask implements AutoCloseable {
    /** The value of the parameter {@code data} for rows that the task makes up. */
    public static final String SYNTHETIC = "synthetic";

    private static final String POWER_SCHEDULING = "power-scheduling";
    private static final long SEED = 0;
    private static final int EPOCHS = 20;

    private final Task task;
    private final ArgminSolverProvider provider = ArgminSolvers.load().named("ortools");
    private final ArgminSolver solver = provider.create(SolverOptions.DEFAULT);
    private final TaskData data;
    private final Split split;

    private BenchmarkedTask(String name, String source) {
        task = Tasks.load().named(name).create();
        data = task.data(source.equals(SYNTHETIC) ? null : Path.of(source), SEED);
        split = Split.random(data, SEED);
    }

    /**
     * The task power-scheduling.
     *
     * @param source {@value #SYNTHETIC} or the folder of the published load data
     * @throws org.soebm.api.task.DataException when the folder cannot be used
     */
    public static BenchmarkedTask powerScheduling(String source) {
        return new BenchmarkedTask(POWER_SCHEDULING, source);
    }

    /** A task with the rows that it makes up. */
    public static BenchmarkedTask synthetic(String name) {
        return new BenchmarkedTask(name, SYNTHETIC);
    }

    /** Prints where the rows come from. */
    public void describe() {
        System.out.printf(
                "# Data: %s; %d rows, %d before the test rows, of which %d train%n",
                data.description(), data.rows(), data.testStart(), split.train().length);
    }

    /** What is decided. */
    public StochasticProblem problem() {
        return StochasticProblem.of(task, task.hyperParameters());
    }

    /** The task. */
    public Task task() {
        return task;
    }

    /** The rows. */
    public TaskData data() {
        return data;
    }

    /** Which of them train, validate and test. */
    public Split split() {
        return split;
    }

    /** OR-Tools on {@link SolverOptions#threads()} cores. */
    public ArgminSolver solver() {
        return solver;
    }

    /** Solves a*(y) for rows of uncertain parameters. */
    public Hindsight hindsight(Table parameters) {
        return new HindsightDecisions(task.cost(), task.constraints(), provider, solver)
                .solve(parameters, SolveListener.NONE, Cancellation.NEVER);
    }

    /** The uncertain parameters of the training rows. */
    public Table trainingParameters() {
        return data.parameters().select(split.train());
    }

    /** What to learn, a* of the training rows solved. */
    public LearningProblem learningProblem() {
        return learningProblem(hindsight(trainingParameters()).decisions());
    }

    /**
     * What to learn, with the task's own settings but only {@value #EPOCHS} epochs of likelihood: enough for a forecast
     * whose spread is realistic.
     *
     * @param hindsight what stands for a* of each training row
     */
    public LearningProblem learningProblem(Table hindsight) {
        HyperParameters all = task.hyperParameters();
        return new LearningProblem(
                problem(),
                task.network(),
                all.with(HyperParameters.Phase.LIKELIHOOD, all.likelihood().withEpochs(EPOCHS)),
                rows(split.train()),
                hindsight,
                rows(split.validation()),
                solver,
                Device.cpu(),
                SEED);
    }

    private LearningProblem.Rows rows(int[] rows) {
        return new LearningProblem.Rows(
                data.features().select(rows),
                data.parameters().select(rows),
                data.observed().select(rows));
    }

    /** Frees the solver. */
    @Override
    public void close() {
        solver.close();
    }
}
