package org.soebm.runtime.experiment;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.CheckedSolver;
import org.soebm.api.task.Task;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.report.Metrics;

/** The same experiment with several seeds, each with data, split, weights and draws of its own. */
public final class SeedRuns {
    private SeedRuns() {}

    /**
     * Runs them one after the other on the CPU, with the task's own hyper-parameters, data and solver options.
     *
     * @param solverName which solver, or null for the first that takes the task
     * @param seeds one a run
     * @param listener hears how each run goes
     * @return the figures of each run
     * @throws org.soebm.api.solver.SolverUnavailableException when no solver takes the task
     */
    public static List<Metrics> run(
            Task task, LearningMethod method, @Nullable String solverName, long[] seeds, ExperimentListener listener) {
        List<Metrics> all = new ArrayList<>();
        for (long seed : seeds) {
            TaskData data = task.data(null, seed);
            Split split = Split.random(data, seed);
            StochasticProblem problem = StochasticProblem.of(task, task.hyperParameters());
            Standardizer scaling = Standardizer.fit(data.parameters().select(split.train()));
            ArgminSolverProvider provider =
                    ArgminSolvers.load().select(solverName, Objectives.typical(problem, scaling));
            ExperimentPlan plan = new ExperimentPlan(task, data, split, task.hyperParameters(), seed, false);
            try (ArgminSolver solver = CheckedSolver.of(provider, problem.solverOptions(task.solverOptions()));
                    ExperimentResult result = new Experiment(plan, provider, solver, null, Device.cpu())
                            .run(method, listener, Cancellation.NEVER)) {
                all.add(result.metrics());
            }
        }
        return all;
    }
}
