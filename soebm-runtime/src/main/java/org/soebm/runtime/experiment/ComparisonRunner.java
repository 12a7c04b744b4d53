package org.soebm.runtime.experiment;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.CheckedSolver;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.TaskData;
import org.soebm.runtime.data.Split;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.DecisionCache;
import org.soebm.runtime.report.Comparison;
import org.soebm.runtime.report.RunFailure;
import org.soebm.runtime.report.RunFigures;
import org.soebm.runtime.report.RunKey;
import org.soebm.runtime.report.ValidationCurve;

/**
 * Does the runs of a {@link ComparisonPlan}, seed by seed, except those that an earlier start finished. A method that
 * fails is recorded, and the others go on.
 */
public final class ComparisonRunner {
    private final ComparisonPlan plan;
    private final @Nullable String solverName;
    private final @Nullable DecisionCache cache;
    private final Device device;
    private final RunFiles files;
    private final Function<RuntimeException, String> describe;

    private final List<RunFigures> runs = new ArrayList<>();
    private final List<RunFailure> failures = new ArrayList<>();
    private final List<RunKey> open = new ArrayList<>();
    private String solver = "";
    private final TimeLeft timeLeft = new TimeLeft();

    /**
     * A runner, for one call of {@link #run}.
     *
     * @param solverName which solver, or null for the first that takes the task
     * @param cache for optimal decisions, or null
     * @param files where finished runs are kept and found
     * @param describe the message of a failure, for users
     */
    public ComparisonRunner(
            ComparisonPlan plan,
            @Nullable String solverName,
            @Nullable DecisionCache cache,
            Device device,
            RunFiles files,
            Function<RuntimeException, String> describe) {
        this.plan = plan;
        this.solverName = solverName;
        this.cache = cache;
        this.device = device;
        this.files = files;
        this.describe = describe;
        for (long seed : plan.seeds()) {
            for (double fraction : plan.trainFractions()) {
                plan.methods().forEach(method -> open.add(new RunKey(method.name(), fraction, seed)));
            }
        }
    }

    /**
     * Does them, one after the other.
     *
     * @throws org.soebm.runtime.preprocessing.UnsolvedRowException when a row has no optimal decision and is not to be
     *     left out
     * @throws org.soebm.api.task.DataException when a seed's rows cannot be used
     * @throws org.soebm.api.solver.SolverUnavailableException when no solver takes the task
     * @throws CancellationException when cancelled; what finished before is kept
     */
    public Comparison run(ComparisonListener listener, Cancellation cancellation) {
        StochasticProblem problem = StochasticProblem.of(plan.task(), plan.hyperParameters());
        SolverOptions options = problem.solverOptions(plan.task().solverOptions());
        TaskCode code = TaskCode.of(plan.task(), problem);
        if (code.unreadable() != null && files.exist()) {
            listener.runsRefused("task " + plan.task().name()
                    + " does not tell whether it has changed since, and its code cannot be read: "
                    + code.unreadable());
        }
        for (long seed : plan.seeds()) {
            TaskData data = plan.rows().data(seed);
            Split split = plan.rows().split(data, seed);
            Standardizer scaling = Standardizer.fit(data.parameters().select(split.train()));
            ArgminSolverProvider provider =
                    ArgminSolvers.load().select(solverName, Objectives.typical(problem, scaling));
            solver = provider.name();
            for (double fraction : plan.trainFractions()) {
                ExperimentPlan experiment = new ExperimentPlan(
                        plan.task(),
                        data,
                        split.withTrainFraction(fraction),
                        plan.hyperParameters(),
                        seed,
                        plan.skipUnsolvable(),
                        plan.rows().source().withTrainFraction(fraction));
                runMethods(experiment, code, fraction, provider, options, listener, cancellation);
            }
        }
        return soFar();
    }

    /** The runs that have finished or failed by now, as when {@link #run} throws. */
    public Comparison soFar() {
        return new Comparison(
                plan.task().name(),
                solver,
                device.getDeviceType(),
                plan.methods().stream().map(LearningMethod::name).toList(),
                plan.trainFractions(),
                plan.seeds(),
                runs,
                failures);
    }

    /** The runs of all methods on the same rows with the same seed. */
    private void runMethods(
            ExperimentPlan experimentPlan,
            TaskCode code,
            double fraction,
            ArgminSolverProvider provider,
            SolverOptions options,
            ComparisonListener listener,
            Cancellation cancellation) {
        RunDigest digest = RunDigest.of(experimentPlan, code, provider, options, device);
        Map<RunKey, LearningMethod> missing = new LinkedHashMap<>();
        for (LearningMethod method : plan.methods()) {
            RunKey key = new RunKey(method.name(), fraction, experimentPlan.seed());
            RunFigures found = code.unreadable() == null ? files.find(key, digest.of(method.name()), listener) : null;
            if (found == null) {
                missing.put(key, method);
            } else {
                runs.add(found);
                open.remove(key);
                listener.runFound(found, done(), plan.runs());
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        try (ArgminSolver solver = CheckedSolver.of(provider, options)) {
            Experiment experiment = new Experiment(experimentPlan, provider, solver, cache, device);
            experiment.prepare(listener, cancellation);
            double foresight = experiment.validationForesight(listener, cancellation);
            missing.forEach((key, method) -> runMethod(
                    experiment,
                    experimentPlan,
                    method,
                    key,
                    digest.of(method.name()),
                    foresight,
                    listener,
                    cancellation));
        }
    }

    private void runMethod(
            Experiment experiment,
            ExperimentPlan experimentPlan,
            LearningMethod method,
            RunKey key,
            String digest,
            double validationForesight,
            ComparisonListener listener,
            Cancellation cancellation) {
        listener.runStarted(key, done() + 1, plan.runs(), timeLeft.of(open));
        long start = System.nanoTime();
        ExperimentResult result;
        try {
            result = experiment.run(method, listener, cancellation);
        } catch (CancellationException cancelled) {
            throw cancelled;
        } catch (RuntimeException failure) {
            String message = describe.apply(failure);
            failures.add(new RunFailure(key, message));
            open.remove(key);
            listener.runFailed(key, message, failure);
            return;
        }
        try (result) {
            double seconds = (System.nanoTime() - start) * 1e-9;
            RunFigures figures = RunFigures.of(
                    key,
                    result.metrics(),
                    ValidationCurve.of(
                            validationForesight,
                            result.metrics().effort(),
                            result.learned().history(),
                            Experiment.isFromTwoStage(method)));
            files.keep(figures, digest, experimentPlan, result);
            runs.add(figures);
            timeLeft.ended(key, seconds);
            open.remove(key);
            listener.runEnded(figures, seconds);
        }
    }

    private int done() {
        return plan.runs() - open.size();
    }
}
