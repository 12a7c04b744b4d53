package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.Weights;

/**
 * One phase of training: shuffled batches, a {@link TrainingStep} on each, validation of the averaged weights by task
 * loss, early stopping, and at the end the weights that decided the validation rows at the least cost.
 *
 * <p>Losses are collected on the device and read once an epoch.
 */
final class TrainingLoop {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingLoop.class);

    private final String phase;
    private final GaussianPredictor predictor;
    private final TrainingSchedule schedule;
    private final ForwardMode mode;
    private final PhaseObjective objective;
    private final ValidationTaskLoss validation;
    private final TrainingControl control;
    private final PhaseCheckpoints checkpoints;
    private final List<EpochRecord> history = new ArrayList<>();

    private double bestLoss = Double.POSITIVE_INFINITY;
    private Weights best;
    private int validationsWithoutImprovement;

    TrainingLoop(
            String phase,
            GaussianPredictor predictor,
            TrainingSchedule schedule,
            ForwardMode mode,
            PhaseObjective objective,
            ValidationTaskLoss validation,
            TrainingControl control,
            PhaseCheckpoints checkpoints) {
        this.phase = phase;
        this.predictor = predictor;
        this.schedule = schedule;
        this.mode = mode;
        this.objective = objective;
        this.validation = validation;
        this.control = control;
        this.checkpoints = checkpoints;
        best = predictor.weights();
    }

    /**
     * Runs the phase, or what is left of it; afterwards the predictor has the best weights seen, those it started with
     * included.
     *
     * @param rows the training rows
     * @param seed of all random numbers; those of an epoch depend on its number beside
     * @param preparationSeconds what the phase needed so far
     * @param former the state to go on from, or null
     * @return one record an epoch, the first for the start
     */
    List<EpochRecord> run(TrainingRows rows, long seed, double preparationSeconds, Checkpoint.@Nullable Phase former) {
        control.listener().phaseStarted(phase, schedule.epochs());
        int count = rows.count();
        int batchSize = Math.min(schedule.batchSize(), count);
        int steps = count / batchSize; // an incomplete last batch is left to the next epoch's shuffle
        try (TrainingStep step = new TrainingStep(predictor, schedule, schedule.epochs() * steps, mode, objective)) {
            if (former != null) {
                restore(former, step);
            } else {
                record(0, Double.NaN, Double.NaN, preparationSeconds, validate(predictor), predictor);
                checkpoints.save(state(step));
            }
            int done = history.get(history.size() - 1).epoch();
            for (int epoch = done + 1; epoch <= schedule.epochs() && !isOutOfPatience(); epoch++) {
                // Consecutive seeds give java.util.Random alike first numbers, so they are mixed before.
                Random random = new Random(new SplittableRandom(seed + epoch).nextLong());
                step.drawFrom(random);
                if (runEpoch(epoch, rows, permutation(count, random), batchSize, steps, step)) {
                    checkpoints.save(state(step));
                }
            }
        }
        predictor.load(best);
        control.listener().phaseEnded(phase, bestLoss);
        return history;
    }

    private void restore(Checkpoint.Phase former, TrainingStep step) {
        step.restore(former.steps());
        best = former.best();
        for (EpochRecord epoch : former.history()) {
            add(epoch);
        }
        control.listener().phaseResumed(phase, history.get(history.size() - 1));
    }

    private Checkpoint.Phase state(TrainingStep step) {
        return new Checkpoint.Phase(history, best, step.state());
    }

    private double validate(GaussianPredictor validated) {
        return validation.of(validated, control.cancellation());
    }

    private boolean isOutOfPatience() {
        return validationsWithoutImprovement >= schedule.patience();
    }

    /** Whether the validation rows were decided after it. */
    private boolean runEpoch(int epoch, TrainingRows rows, long[] order, int batchSize, int steps, TrainingStep step) {
        long start = System.nanoTime();
        double loss;
        double effectiveSampleSize;
        try (NDManager scope = predictor.newScope()) {
            TrainingRows.Shuffled shuffled = rows.shuffled(order, scope);
            NDList losses = new NDList(steps);
            NDList sampleSizes = new NDList(steps);
            for (int i = 0; i < steps; i++) {
                if (control.cancellation().isCancelled()) {
                    throw new CancellationException("Training was cancelled in epoch " + epoch + " of " + phase + ".");
                }
                int first = i * batchSize;
                TrainingStep.Outcome outcome =
                        step.run(stepScope -> shuffled.batch(first, first + batchSize, stepScope), scope);
                losses.add(outcome.loss());
                if (outcome.effectiveSampleSize() != null) {
                    sampleSizes.add(outcome.effectiveSampleSize());
                }
            }
            loss = mean(losses);
            effectiveSampleSize = sampleSizes.isEmpty() ? Double.NaN : mean(sampleSizes);
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (!Double.isFinite(loss)) {
            throw new TrainingDivergedException(phase, epoch, loss);
        }
        boolean isDue = epoch % schedule.validateEvery() == 0 || epoch == schedule.epochs();
        double taskLoss = isDue ? validate(step.averaged()) : Double.NaN;
        record(epoch, loss, effectiveSampleSize, seconds, taskLoss, step.averaged());
        return isDue;
    }

    private static double mean(NDList scalars) {
        try (NDArray stacked = NDArrays.stack(scalars);
                NDArray mean = stacked.mean()) {
            return mean.getFloat();
        }
    }

    private void record(
            int epoch,
            double loss,
            double effectiveSampleSize,
            double seconds,
            double taskLoss,
            GaussianPredictor validated) {
        EpochRecord entry = new EpochRecord(phase, epoch, loss, taskLoss, effectiveSampleSize, seconds);
        if (add(entry)) {
            best = validated.weights();
        }
        if (entry.isValidated()) {
            LOG.debug(
                    "{}, epoch {}: training loss {}, validation task loss {}, effective sample size {}",
                    phase,
                    epoch,
                    loss,
                    taskLoss,
                    effectiveSampleSize);
        }
        control.listener().epochEnded(entry);
    }

    /** Whether the epoch is the best so far. */
    private boolean add(EpochRecord entry) {
        history.add(entry);
        if (entry.validationTaskLoss() < bestLoss) {
            bestLoss = entry.validationTaskLoss();
            validationsWithoutImprovement = 0;
            return true;
        }
        if (entry.isValidated()) {
            validationsWithoutImprovement++;
        }
        return false;
    }

    private static long[] permutation(int count, Random random) {
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
