package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.ObservationModel;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.energy.Likelihood;
import org.soebm.runtime.energy.MarginalLikelihood;
import org.soebm.runtime.network.Architecture;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * The predictor, the training rows on its device and the random numbers of one learning run, through which the phases
 * of a method go one after the other. Scaling is fitted on the training rows only.
 */
final class TrainingSession implements AutoCloseable {
    private static final AtomicBoolean OPEN = new AtomicBoolean();

    private final LearningProblem problem;
    private final TrainingControl control;
    private final NDManager scope;
    private final TrainingRows rows;
    private final long seed;
    private final Likelihood likelihood;
    private final List<EpochRecord> history = new ArrayList<>();
    private @Nullable Checkpoint former;
    private @Nullable Pretrained twoStage;
    private long begin = System.nanoTime();
    private double earlierSeconds;
    private GaussianPredictor predictor;
    private DecisionRule rule = DecisionRule.EXPECTED_COST;

    private TrainingSession(LearningProblem problem, TrainingControl control) {
        this.problem = problem;
        this.control = control;
        former = control.checkpoints().start();
        seed = problem.seed();
        OfflineEngine.seed(seed);
        predictor = predictor(problem);
        ObservationModel model = problem.problem().observationModel();
        likelihood = model == null
                ? Likelihood.GAUSSIAN
                : new MarginalLikelihood(model, problem.problem().scenarios());
        scope = OfflineEngine.newManager(problem.device());
        try {
            rows = TrainingRows.of(problem, predictor.featureScaling(), scope);
        } catch (RuntimeException failure) {
            scope.close();
            predictor.close();
            throw failure;
        }
    }

    /** The task's network with random weights, scaled for the training rows; to be closed. */
    static GaussianPredictor predictor(LearningProblem problem) {
        LearningProblem.Rows training = problem.training();
        return new GaussianPredictor(
                new Architecture(training.features().width(), problem.problem().predictedCount(), problem.network()),
                Standardizer.fit(training.features()),
                scaling(problem),
                problem.device());
    }

    /** The network of a rule that decides by something else than the task's prediction, with random weights; to be closed. */
    static GaussianPredictor predictor(LearningProblem problem, DecisionRule rule, Standardizer scaling) {
        LearningProblem.Rows training = problem.training();
        return new GaussianPredictor(
                new Architecture(
                        training.features().width(),
                        rule.problem(problem.problem()).predictedCount(),
                        problem.network()),
                Standardizer.fit(training.features()),
                scaling,
                problem.device());
    }

    /** The predictor as two-stage training left it, whatever network a method made of it; to be closed. */
    static GaussianPredictor predictor(LearningProblem problem, Pretrained pretrained) {
        GaussianPredictor predictor = predictor(problem);
        predictor.load(pretrained.weights());
        return predictor;
    }

    /**
     * The scaling of what is predicted: that of its own values where they are known, else none. Where z is never observed
     * but is y, the rows' y, which regret is measured by, give it.
     */
    private static Standardizer scaling(LearningProblem problem) {
        StochasticProblem stochastic = problem.problem();
        if (stochastic.observationModel() == null) {
            return Standardizer.fit(problem.training().observations());
        }
        if (stochastic.simulator() == null) {
            return Standardizer.fit(problem.training().parameters());
        }
        double[] stds = new double[stochastic.predictedCount()];
        Arrays.fill(stds, 1);
        return Standardizer.of(new double[stds.length], stds);
    }

    /**
     * Two-stage training, then a method's own phase, if it has one, in the only session of this process.
     *
     * @param ownPhase runs it; at its start the predictor has the best weights of two-stage training, unless it
     *     {@linkplain #startAnew starts anew}
     * @throws IllegalStateException when there is another session
     */
    static Learned learn(LearningProblem problem, TrainingControl control, Consumer<TrainingSession> ownPhase) {
        try (TrainingSession session = open(problem, control)) {
            try {
                Pretrained twoStage = session.pretrain();
                ownPhase.accept(session);
                return new Learned(
                        session.predictor, session.rule, twoStage, session.history, session.secondsOfPhase());
            } catch (RuntimeException | Error failure) {
                session.predictor.close();
                throw failure;
            }
        }
    }

    /** Two-stage training, then a method's one phase of fine-tuning with batch norm's statistics frozen. */
    static Learned fineTune(
            LearningMethod method,
            LearningProblem problem,
            TrainingControl control,
            Function<TrainingSession, PhaseObjective> objective) {
        return learn(
                problem,
                control,
                session -> session.run(method, ForwardMode.FROZEN_STATISTICS, objective.apply(session)));
    }

    /** Two-stage training, unless it was done on this problem before; afterwards the predictor has its weights. */
    private Pretrained pretrain() {
        Pretrained start = former != null && former.twoStage() != null ? former.twoStage() : problem.start();
        if (start != null) {
            predictor.load(start.weights());
            history.addAll(start.history());
            twoStage = start;
            beginPhase(former);
            return start;
        }
        beginPhase(former);
        boolean isExact = LeastSquares.isTheLikelihoodOf(problem);
        if (isExact) {
            LeastSquares.fit(problem, predictor);
        }
        TrainingSchedule schedule = problem.hyperParameters().likelihood();
        run(
                TwoStage.NAME,
                isExact ? schedule.withEpochs(0) : schedule,
                ForwardMode.REGULARISED,
                new LikelihoodObjective(likelihood));
        Pretrained trained = new Pretrained(predictor.weights(), history, secondsOfPhase());
        twoStage = trained;
        beginPhase(null);
        return trained;
    }

    /** Counts seconds from here, or on from where a checkpoint left off. */
    private void beginPhase(@Nullable Checkpoint checkpoint) {
        earlierSeconds = checkpoint == null ? 0 : checkpoint.seconds();
        begin = System.nanoTime();
    }

    private double secondsOfPhase() {
        return earlierSeconds + (System.nanoTime() - begin) * 1e-9;
    }

    /** Two-stage training not yet begun; for whoever takes single steps. */
    static TrainingSession open(LearningProblem problem, TrainingControl control) {
        if (!OPEN.compareAndSet(false, true)) {
            throw new IllegalStateException("Another method is learning in this process, and the engine records"
                    + " gradients for one at a time. Wait for it to end, or learn in a process of its own.");
        }
        try {
            return new TrainingSession(problem, control);
        } catch (RuntimeException | Error failure) {
            OPEN.set(false);
            throw failure;
        }
    }

    /**
     * Goes on with a network of random weights instead of that of two-stage training.
     *
     * @param newRule how its prediction becomes a decision
     * @param scaling of what it predicts
     */
    void startAnew(DecisionRule newRule, Standardizer scaling) {
        OfflineEngine.seed(seed);
        GaussianPredictor start = predictor(problem, newRule, scaling);
        predictor.close();
        predictor = start;
        rule = newRule;
    }

    /** A method's own phase, which has its name and the schedule that it follows. */
    void run(LearningMethod method, ForwardMode mode, PhaseObjective objective) {
        run(method.name(), problem.hyperParameters().schedule(method.ownPhase()), mode, objective);
    }

    /**
     * Trains the predictor on one objective; afterwards it has the phase's best weights. The random numbers of a phase
     * depend on the seed and the phase's place alone, and not on whether an earlier phase was run or its outcome loaded.
     */
    void run(String phase, TrainingSchedule schedule, ForwardMode mode, PhaseObjective objective) {
        boolean isFirst = history.isEmpty();
        long phaseSeed = new SplittableRandom(isFirst ? seed : ~seed).nextLong();
        ValidationTaskLoss validation = new ValidationTaskLoss(problem, rule);
        TrainingLoop loop =
                new TrainingLoop(phase, predictor, schedule, mode, objective, validation, control, this::save);
        history.addAll(loop.run(rows, phaseSeed, secondsOfPhase(), takeFormer(phase)));
    }

    private void save(Checkpoint.Phase phase) {
        control.checkpoints().save(new Checkpoint(twoStage, phase, secondsOfPhase()));
    }

    /** The state to go on from, for the first phase that this session runs. */
    private Checkpoint.@Nullable Phase takeFormer(String phase) {
        Checkpoint checkpoint = former;
        former = null;
        if (checkpoint == null) {
            return null;
        }
        if (!checkpoint.phase().name().equals(phase)) {
            throw new IllegalArgumentException(
                    "The checkpoint is of the phase " + checkpoint.phase().name() + ", but the training goes on with "
                            + phase + ". It is of another method.");
        }
        return checkpoint.phase();
    }

    /** The training rows. */
    TrainingRows rows() {
        return rows;
    }

    GaussianPredictor predictor() {
        return predictor;
    }

    /** The likelihood of what was observed. */
    Likelihood likelihood() {
        return likelihood;
    }

    /** Memory on the predictor's device that lives as long as the session. */
    NDManager scope() {
        return scope;
    }

    /** Frees the rows; the predictor stays with who asked for it. */
    @Override
    public void close() {
        try (scope) {
            rows.close();
        } finally {
            OPEN.set(false);
        }
    }
}
