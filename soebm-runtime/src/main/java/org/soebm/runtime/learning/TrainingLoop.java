package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.tracker.Tracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.network.WeightAverage;
import org.soebm.runtime.network.Weights;

/**
 * One phase of training: shuffled batches, Adam steps, a moving average of the weights, validation by task loss, early
 * stopping, and at the end the weights that decided the validation rows at the least cost.
 *
 * <p>Nothing is read back from the device within a step; losses are collected there and read once an epoch.
 */
final class TrainingLoop {
    private final String phase;
    private final GaussianPredictor predictor;
    private final TrainingSchedule schedule;
    private final ForwardMode mode;
    private final TrainingObjective objective;
    private final ValidationTaskLoss validation;
    private final TrainingListener listener;
    private final Cancellation cancellation;
    private final List<EpochRecord> history = new ArrayList<>();

    private double bestLoss = Double.POSITIVE_INFINITY;
    private Weights best;
    private int validationsWithoutImprovement;

    TrainingLoop(
            String phase,
            GaussianPredictor predictor,
            TrainingSchedule schedule,
            ForwardMode mode,
            TrainingObjective objective,
            ValidationTaskLoss validation,
            TrainingListener listener,
            Cancellation cancellation) {
        this.phase = phase;
        this.predictor = predictor;
        this.schedule = schedule;
        this.mode = mode;
        this.objective = objective;
        this.validation = validation;
        this.listener = listener;
        this.cancellation = cancellation;
        best = predictor.weights();
    }

    /**
     * Runs the phase; afterwards the predictor has the best weights seen, those it started with included.
     *
     * @param rows the training rows on the device
     * @param random shuffles them
     * @return one record an epoch, the first for the start
     */
    List<EpochRecord> run(RowBatch rows, Random random) {
        listener.phaseStarted(phase, schedule.epochs());
        record(0, Double.NaN, Double.NaN, 0, validation.of(predictor, cancellation), predictor);
        int count = Math.toIntExact(rows.features().getShape().get(0));
        int batchSize = Math.min(schedule.batchSize(), count);
        int steps = count / batchSize; // an incomplete last batch is left to the next epoch's shuffle
        Tracker learningRate = Tracker.cosine()
                .setBaseValue((float) schedule.learningRate())
                .optFinalValue(0)
                .setMaxUpdates(Math.max(1, schedule.epochs() * steps))
                .build();
        try (NDManager phaseScope = predictor.newScope();
                MatrixDecayAdam optimizer = new MatrixDecayAdam(learningRate, schedule.weightDecay(), phaseScope);
                Trainer trainer = predictor.newTrainer(new DefaultTrainingConfig(Loss.l2Loss())
                        .optOptimizer(optimizer)
                        .optDevices(new ai.djl.Device[] {predictor.device()}));
                WeightAverage average = new WeightAverage(predictor, schedule.averagingDecay())) {
            for (int epoch = 1; epoch <= schedule.epochs() && !isOutOfPatience(); epoch++) {
                runEpoch(epoch, rows, permutation(count, random), batchSize, steps, trainer, average);
            }
        } finally {
            predictor.freeze();
        }
        predictor.load(best);
        listener.phaseEnded(phase, bestLoss);
        return history;
    }

    private boolean isOutOfPatience() {
        return validationsWithoutImprovement >= schedule.patience();
    }

    private void runEpoch(
            int epoch, RowBatch rows, long[] order, int batchSize, int steps, Trainer trainer, WeightAverage average) {
        long start = System.nanoTime();
        double loss;
        double effectiveSampleSize;
        try (NDManager scope = predictor.newScope()) {
            NDArray indices = scope.create(order);
            RowBatch shuffled = new RowBatch(
                    rows.features().get(scope, new NDIndex("{}", indices)),
                    rows.parameters().get(scope, new NDIndex("{}", indices)),
                    rows.hindsight().get(scope, new NDIndex("{}", indices)));
            NDList losses = new NDList(steps);
            NDList sampleSizes = new NDList(steps);
            for (int step = 0; step < steps; step++) {
                if (cancellation.isCancelled()) {
                    throw new CancellationException("Training was cancelled in epoch " + epoch + " of " + phase + ".");
                }
                step(shuffled, step * batchSize, (step + 1) * batchSize, trainer, scope, losses, sampleSizes);
                average.update();
            }
            loss = mean(losses);
            effectiveSampleSize = sampleSizes.isEmpty() ? Double.NaN : mean(sampleSizes);
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        if (!Double.isFinite(loss)) {
            throw new TrainingDivergedException(phase, epoch, loss);
        }
        boolean isDue = epoch % schedule.validateEvery() == 0 || epoch == schedule.epochs();
        double taskLoss = isDue ? validation.of(average.predictor(), cancellation) : Double.NaN;
        record(epoch, loss, effectiveSampleSize, seconds, taskLoss, average.predictor());
    }

    private void step(
            RowBatch shuffled,
            int from,
            int to,
            Trainer trainer,
            NDManager epochScope,
            NDList losses,
            NDList sampleSizes) {
        try (NDManager scope = epochScope.newSubManager()) {
            NDIndex slice = new NDIndex("{}:{}", from, to);
            RowBatch batch = new RowBatch(
                    shuffled.features().get(scope, slice),
                    shuffled.parameters().get(scope, slice),
                    shuffled.hindsight().get(scope, slice));
            try (GradientCollector collector = OfflineEngine.get().newGradientCollector()) {
                GaussianDistribution prediction = predictor.forward(batch.features(), mode);
                TrainingObjective.StepLoss loss = objective.loss(prediction, batch, scope);
                collector.backward(loss.gradientCarrier());
                losses.add(keep(loss.value(), epochScope));
                if (loss.effectiveSampleSize() != null) {
                    sampleSizes.add(keep(loss.effectiveSampleSize(), epochScope));
                }
            }
            trainer.step();
        }
    }

    private static NDArray keep(NDArray scalar, NDManager scope) {
        NDArray value = scalar.stopGradient(); // a fresh handle, so that the step's graph can go
        value.attach(scope);
        return value;
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
        if (taskLoss < bestLoss) {
            bestLoss = taskLoss;
            best = validated.weights();
            validationsWithoutImprovement = 0;
        } else if (!Double.isNaN(taskLoss)) {
            validationsWithoutImprovement++;
        }
        EpochRecord entry = new EpochRecord(phase, epoch, loss, taskLoss, effectiveSampleSize, seconds);
        history.add(entry);
        listener.epochEnded(entry);
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
