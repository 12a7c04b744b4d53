package org.soebm.runtime.experiment;

import ai.djl.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Support;
import org.soebm.api.task.DataException;
import org.soebm.api.task.HyperParameters;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.TestLoss;
import org.soebm.runtime.inference.DecisionMaker;
import org.soebm.runtime.learning.BestSoFar;
import org.soebm.runtime.learning.Checkpoint;
import org.soebm.runtime.learning.Checkpoints;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.learning.LearningMethod;
import org.soebm.runtime.learning.LearningProblem;
import org.soebm.runtime.learning.Pretrained;
import org.soebm.runtime.learning.TrainingControl;
import org.soebm.runtime.learning.UnsupportedMethodException;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.preprocessing.DecisionCache;
import org.soebm.runtime.report.Metrics;

/**
 * Runs an {@link ExperimentPlan}: solves a*(y) for the training and the test rows, learns by one method or by several,
 * decides the test rows, and compares with the network that two-stage training left. What methods have in common, optimal
 * decisions, two-stage training and its decisions, is done once. For one thread at a time.
 */
public final class Experiment {
    private final ExperimentPlan plan;
    private final StochasticProblem problem;
    private final ArgminSolverProvider provider;
    private final ArgminSolver solver;
    private final RowPreparation preparation;
    private final Device device;
    private @Nullable PreparedRows rows;
    private @Nullable TwoStageBaselines baselines;

    /**
     * An experiment by a plan.
     *
     * @param provider of the solver
     * @param solver stays the caller's to close
     * @param cache for optimal decisions, or null
     */
    public Experiment(
            ExperimentPlan plan,
            ArgminSolverProvider provider,
            ArgminSolver solver,
            @Nullable DecisionCache cache,
            Device device) {
        this.plan = plan;
        problem = StochasticProblem.of(plan.task(), plan.hyperParameters());
        this.provider = provider;
        this.solver = solver;
        this.device = device;
        preparation = new RowPreparation(plan, problem, provider, solver, cache, device);
    }

    /** Whether a method can learn this task, and the solver decide by what it learns, and if not why. */
    public Support support(LearningMethod method) {
        return MethodSupport.of(
                method,
                plan.task(),
                plan.hyperParameters(),
                plan.data().features().width(),
                provider);
    }

    /**
     * Solves a*(y) for the training and the test rows, which {@link #run} does otherwise; what fails here fails for every
     * method.
     *
     * @throws org.soebm.runtime.preprocessing.UnsolvedRowException when a row has none and is not to be left out
     * @throws DataException when too few rows have one
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    public void prepare(ExperimentListener listener, Cancellation cancellation) {
        rows(listener, cancellation);
    }

    /**
     * Mean f(y, a*(y)) over the validation rows, solved for this alone: learning does not need it. NaN where one of them has
     * no optimum.
     *
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    public double validationForesight(ExperimentListener listener, Cancellation cancellation) {
        return preparation.validationForesight(listener, cancellation);
    }

    /**
     * Learns by a method and tests; the receiver closes the result.
     *
     * @throws UnsupportedMethodException when the method cannot learn the task or the solver cannot decide by what it
     *     learns; before anything is solved
     * @param cancellation asked between solves and between steps of training
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    public ExperimentResult run(LearningMethod method, ExperimentListener listener, Cancellation cancellation) {
        return run(method, listener, cancellation, Checkpoints.NONE);
    }

    /**
     * {@link #run(LearningMethod, ExperimentListener, Cancellation)}, with training's state kept between validations.
     *
     * @param checkpoints of this plan and method
     */
    public ExperimentResult run(
            LearningMethod method, ExperimentListener listener, Cancellation cancellation, Checkpoints checkpoints) {
        Support support = support(method);
        if (!support.supported()) {
            throw new UnsupportedMethodException(method.name(), plan.task().name(), support.reason());
        }
        PreparedRows common = rows(listener, cancellation);
        LearningProblem learningProblem =
                baselines == null ? common.learning() : common.learning().startingFrom(baselines.start());
        Learned learned = method.learn(learningProblem, new TrainingControl(listener, cancellation, checkpoints));
        double trainSeconds = learned.ownSeconds()
                + (isFromTwoStage(method) ? learned.twoStage().seconds() : 0);
        try {
            return tested(method, learned, trainSeconds, common, listener, cancellation);
        } catch (RuntimeException failure) {
            learned.close();
            throw failure;
        }
    }

    /**
     * The best model of a {@link #run} that was cancelled, or whose loss diverged; the receiver closes it.
     *
     * @param checkpoint the last of that run
     * @throws IllegalStateException when nothing was run
     */
    public Learned bestSoFar(LearningMethod method, Checkpoint checkpoint) {
        if (rows == null) {
            throw new IllegalStateException("Nothing was run.");
        }
        return BestSoFar.of(rows.learning(), method, checkpoint);
    }

    /** Whether a method is two-stage training or goes on from it, so that the time of that counts. */
    static boolean isFromTwoStage(LearningMethod method) {
        return method.ownPhase() != HyperParameters.Phase.POLICY;
    }

    private ExperimentResult tested(
            LearningMethod method,
            Learned learned,
            double trainSeconds,
            PreparedRows common,
            ExperimentListener listener,
            Cancellation cancellation) {
        TwoStageBaselines base = baselines(learned.twoStage(), common, listener, cancellation);
        List<EpochRecord> own = learned.ownHistory();
        DecisionMaker decisionMaker = new DecisionMaker(learned.rule().problem(problem), solver);
        long start = System.nanoTime();
        DecidedRows decided = common.decided(method.name(), decisionMaker, learned.predictor(), listener, cancellation);
        double millisPerDecision = 1e3 * secondsSince(start) / common.features().rows();
        double[] losses = decided.losses();
        double[] twoStageLosses = base.twoStage().losses();
        Metrics metrics = new Metrics(
                new Metrics.Setting(
                        plan.task().name(), method.name(), provider.name(), device.getDeviceType(), plan.seed()),
                new Metrics.Rows(
                        common.training().rows().length,
                        plan.split().validation().length,
                        common.test().rows().length,
                        common.training().skipped().size()
                                + common.test().skipped().size()),
                TestLoss.of(losses, common.foresight()),
                TestLoss.of(twoStageLosses, common.foresight()),
                TestLoss.of(base.pointForecast(), common.foresight()),
                Estimate.of(TestLoss.minus(twoStageLosses, losses)),
                Estimate.of(common.foresight()),
                new Metrics.Validation(
                        EpochRecord.best(own).validationTaskLoss(),
                        EpochRecord.best(learned.twoStage().history()).validationTaskLoss()),
                new Metrics.Effort(
                        common.seconds(),
                        common.training().cached(),
                        trainSeconds,
                        medianSeconds(own),
                        own.get(own.size() - 1).epoch(),
                        millisPerDecision,
                        own.get(own.size() - 1).effectiveSampleSize()));
        return new ExperimentResult(metrics, learned, TestOutcome.of(common, decided, base.twoStage(), decisionMaker));
    }

    private PreparedRows rows(ExperimentListener listener, Cancellation cancellation) {
        if (rows == null) {
            rows = preparation.prepare(listener, cancellation);
        }
        return rows;
    }

    private TwoStageBaselines baselines(
            Pretrained pretrained, PreparedRows common, ExperimentListener listener, Cancellation cancellation) {
        if (baselines == null) {
            baselines = TwoStageBaselines.of(pretrained, common, listener, cancellation);
        }
        return baselines;
    }

    private static double medianSeconds(List<EpochRecord> epochs) {
        double[] seconds = epochs.stream()
                .filter(epoch -> epoch.epoch() > 0)
                .mapToDouble(EpochRecord::seconds)
                .sorted()
                .toArray();
        int n = seconds.length;
        return n == 0 ? Double.NaN : 0.5 * (seconds[(n - 1) / 2] + seconds[n / 2]);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) * 1e-9;
    }
}
