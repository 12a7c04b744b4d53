package org.soebm.runtime.experiment;

import ai.djl.Device;
import com.google.gson.Gson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.CheckedSolver;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningProblem;
import org.soebm.runtime.learning.Pretrained;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.DecisionCache;
import org.soebm.runtime.preprocessing.Hindsight;

/**
 * Learns by a plan with one set of hyper-parameters after the other, as {@link Experiment} does, and tells the task loss on
 * the validation rows. The test rows are not looked at. Optimal decisions are solved once, two-stage training is done once
 * for each schedule of its own. For one thread at a time.
 */
public final class ValidationExperiment implements AutoCloseable {
    private final ExperimentPlan plan;
    private final LearningMethod method;
    private final ArgminSolverProvider provider;
    private final ArgminSolver solver;
    private final SolverOptions options;
    private final @Nullable DecisionCache cache;
    private final Device device;
    private final TaskCode code;
    private @Nullable RunDigest digest;
    private @Nullable Hindsight hindsight;
    private @Nullable Pretrained twoStage;
    private @Nullable TrainingSchedule twoStageSchedule;

    /**
     * An experiment; close it after use.
     *
     * @param cache for optimal decisions, or null
     */
    public ValidationExperiment(
            ExperimentPlan plan,
            LearningMethod method,
            ArgminSolverProvider provider,
            @Nullable DecisionCache cache,
            Device device) {
        this.plan = plan;
        this.method = method;
        this.provider = provider;
        this.cache = cache;
        this.device = device;
        StochasticProblem problem = StochasticProblem.of(plan.task(), plan.hyperParameters());
        options = problem.solverOptions(plan.task().solverOptions());
        code = TaskCode.of(plan.task(), problem);
        solver = CheckedSolver.of(provider, options);
    }

    /**
     * What a run brings.
     *
     * @param taskLoss the best mean task loss on the validation rows
     * @param effectiveSampleSize mean of the last epoch; NaN where nothing is sampled
     * @param seconds of training, without what runs have in common
     */
    public record Outcome(double taskLoss, double effectiveSampleSize, double seconds) {}

    /** The plan, with the hyper-parameters from which others depart. */
    public ExperimentPlan plan() {
        return plan;
    }

    /** By which is learned. */
    public LearningMethod method() {
        return method;
    }

    /** The name of the solver. */
    public String solver() {
        return provider.name();
    }

    /** The type of the device. */
    public String device() {
        return device.getDeviceType();
    }

    /** Why nobody can tell whether the task has changed since an earlier start, a clause; null where that can be told. */
    public @Nullable String unreadable() {
        return code.unreadable();
    }

    /** A digest of all that the outcome with these hyper-parameters depends on; see {@link RunDigest}. */
    public String digest(HyperParameters hyperParameters) {
        if (digest == null) {
            digest = RunDigest.ofLearning(plan, code, provider, options, device);
        }
        return digest.of("validation " + method.name() + " " + new Gson().toJson(hyperParameters));
    }

    /**
     * Solves the optimal decisions of the training rows, which {@link #run} does otherwise.
     *
     * @throws org.soebm.runtime.preprocessing.UnsolvedRowException when a row has none and is not to be left out
     * @throws org.soebm.api.task.DataException when too few rows have one
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    public void prepare(ExperimentListener listener, Cancellation cancellation) {
        hindsight(listener, cancellation);
    }

    private Hindsight hindsight(ExperimentListener listener, Cancellation cancellation) {
        Hindsight solved = hindsight;
        if (solved == null) {
            solved = preparation(plan.hyperParameters()).training(listener, cancellation);
            hindsight = solved;
        }
        return solved;
    }

    private RowPreparation preparation(HyperParameters hyperParameters) {
        return new RowPreparation(
                plan.withHyperParameters(hyperParameters),
                StochasticProblem.of(plan.task(), hyperParameters),
                provider,
                solver,
                cache,
                device);
    }

    /**
     * Learns.
     *
     * @param hyperParameters those of the plan, but for schedules and settings
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    public Outcome run(HyperParameters hyperParameters, ExperimentListener listener, Cancellation cancellation) {
        LearningProblem problem = preparation(hyperParameters).learningProblem(hindsight(listener, cancellation));
        Pretrained shared = hyperParameters.likelihood().equals(twoStageSchedule) ? twoStage : null;
        try (Learned learned =
                method.learn(shared == null ? problem : problem.startingFrom(shared), listener, cancellation)) {
            if (shared == null) {
                twoStage = learned.twoStage();
                twoStageSchedule = hyperParameters.likelihood();
            }
            List<EpochRecord> own = learned.ownHistory();
            return new Outcome(
                    EpochRecord.best(own).validationTaskLoss(),
                    own.get(own.size() - 1).effectiveSampleSize(),
                    learned.ownSeconds());
        }
    }

    @Override
    public void close() {
        solver.close();
    }
}
