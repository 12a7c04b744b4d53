package org.soebm.runtime.learning;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.tracker.Tracker;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.network.DeviceMemory;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.GradientRecording;
import org.soebm.runtime.network.MemoryBudget;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.network.OutOfDeviceMemoryException;
import org.soebm.runtime.network.WeightAverage;

/**
 * The step that training repeats: prediction for a batch, loss, gradient, Adam, moving average of the weights. Holds what
 * outlives a step, the optimiser's moments and the average; the predictor is trainable until {@link #close}.
 *
 * <p>Where candidates are tensors, a batch whose tensors would exceed the {@link MemoryBudget} is taken in blocks of rows,
 * whose gradients add up to the same; where there are blocks, each has draws of its own.
 *
 * <p>Nothing is read back from a GPU within a step.
 */
final class TrainingStep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingStep.class);

    /** What a row takes in a network of the usual size, forth and back. */
    private static final long LEAST_BYTES_PER_ROW = 16 * 1024;

    private final GaussianPredictor predictor;
    private final ForwardMode mode;
    private final PhaseObjective objective;
    private final NDManager scope;
    private final MatrixDecayAdam optimizer;
    private final WeightAverage average;
    private final long memory;
    private int mostRowsAtOnce = Integer.MAX_VALUE; // halved where the device has less memory than was thought
    private Random random = new Random(0);

    /**
     * Ready for the first step.
     *
     * @param schedule its learning rate, weight decay and averaging decay count, not its length
     * @param steps after which the learning rate has fallen to 0
     */
    TrainingStep(
            GaussianPredictor predictor,
            TrainingSchedule schedule,
            int steps,
            ForwardMode mode,
            PhaseObjective objective) {
        if (objective instanceof LookAheadObjective && mode != ForwardMode.FROZEN_STATISTICS) {
            throw new IllegalArgumentException("An objective that looks ahead predicts twice in a step, and would count"
                    + " each batch twice in the statistics of batch norm. Freeze them.");
        }
        memory = MemoryBudget.of(predictor.device());
        this.predictor = predictor;
        this.mode = mode;
        this.objective = objective;
        scope = predictor.newScope();
        Tracker learningRate = Tracker.cosine()
                .setBaseValue((float) schedule.learningRate())
                .optFinalValue(0)
                .setMaxUpdates(Math.max(1, steps))
                .build();
        optimizer = new MatrixDecayAdam(learningRate, schedule.weightDecay(), scope);
        average = new WeightAverage(predictor, schedule.averagingDecay());
        predictor.unfreeze();
    }

    /**
     * Starts a row of steps whose random numbers depend on a seed alone.
     *
     * @param draws gives the engine's seed, and those of the dropout of objectives that look ahead
     */
    void drawFrom(Random draws) {
        random = draws;
        OfflineEngine.seed(draws.nextLong());
    }

    /** What the steps so far have left, but for the random numbers. */
    Checkpoint.Steps state() {
        return new Checkpoint.Steps(
                average.steps(),
                mostRowsAtOnce,
                predictor.weights(),
                average.predictor().weights(),
                optimizer.moments(predictor.parameters(), 0),
                optimizer.moments(predictor.parameters(), 1),
                objective.state());
    }

    /**
     * Goes on as after the steps of a checkpoint.
     *
     * @throws IllegalArgumentException when they were of another network or objective
     */
    void restore(Checkpoint.Steps steps) {
        mostRowsAtOnce = steps.mostRowsAtOnce();
        predictor.load(steps.weights());
        average.restore(steps.average(), steps.count());
        optimizer.restore(predictor.parameters(), steps.count(), steps.firstMoments(), steps.secondMoments());
        objective.restore(steps.objective());
    }

    /**
     * What a step reports, still on the device.
     *
     * @param loss a scalar
     * @param effectiveSampleSize of the importance weights of q, mean over rows, a scalar; null where nothing is sampled
     */
    record Outcome(NDArray loss, @Nullable NDArray effectiveSampleSize) {}

    /**
     * Takes one step, in blocks that fit into the device's memory. Where they prove not to, all that the attempt made is freed,
     * and the step is taken again in blocks of half as many rows.
     *
     * @param rows makes the batch in the step's own scope, which is closed after the step
     * @param outcomeScope owns the outcome
     * @throws OutOfDeviceMemoryException when blocks cannot be any smaller
     */
    Outcome run(Function<NDManager, RowBatch> rows, NDManager outcomeScope) {
        while (true) {
            try (NDManager stepScope = outcomeScope.newSubManager()) {
                Outcome outcome = attempt(rows.apply(stepScope), stepScope, outcomeScope);
                if (outcome != null) {
                    return outcome;
                }
            }
        }
    }

    /** One attempt; null where blocks were too large and have been halved. */
    private @Nullable Outcome attempt(RowBatch batch, NDManager stepScope, NDManager outcomeScope) {
        int rows = batch.rows();
        int blocks = blocks(rows);
        Outcome outcome;
        try {
            outcome = blocks == 1 ? addGradient(batch, 1, stepScope) : addGradients(batch, blocks, stepScope);
        } catch (EngineException failure) {
            halveBlocks(rows, (rows + blocks - 1) / blocks, failure);
            predictor.clearGradients();
            return null;
        }
        optimizer.step(predictor.parameters());
        average.update();
        NDArray sampleSize = outcome.effectiveSampleSize;
        return new Outcome(
                keep(outcome.loss, outcomeScope), sampleSize == null ? null : keep(sampleSize, outcomeScope));
    }

    private void halveBlocks(int rows, int rowsAtOnce, EngineException failure) {
        if (!DeviceMemory.isExhausted(failure)) {
            throw failure;
        }
        String device = predictor.device().getDeviceType();
        if (rowsAtOnce == 1 || mode != ForwardMode.FROZEN_STATISTICS) {
            throw new OutOfDeviceMemoryException(
                    "The " + device + " has no memory left for a training step on "
                            + (rowsAtOnce == 1 ? "a single row" : rows + " rows")
                            + ". Take a smaller --batch-size or fewer --samples, or free memory.",
                    failure);
        }
        mostRowsAtOnce = (rowsAtOnce + 1) / 2;
        LOG.warn(
                "The {} has no memory left for {} rows at once; going on with {} at once.",
                device,
                rowsAtOnce,
                mostRowsAtOnce);
    }

    /** Only with frozen statistics is a batch's gradient the sum of those of its blocks. */
    private int blocks(int rows) {
        if (mode != ForwardMode.FROZEN_STATISTICS) {
            return 1;
        }
        long bytes = Math.max(LEAST_BYTES_PER_ROW, objective.bytesPerRow());
        long rowsAtOnce = Math.max(1, Math.min(mostRowsAtOnce, memory / bytes));
        return Math.toIntExact((rows + rowsAtOnce - 1) / rowsAtOnce);
    }

    /** Takes the batch block by block, each with draws of its own, and frees one before it takes the next. */
    private Outcome addGradients(RowBatch batch, int blocks, NDManager stepScope) {
        int rows = batch.rows();
        NDArray loss = stepScope.zeros(new Shape());
        NDArray sampleSize = null;
        for (int i = 0; i < blocks; i++) {
            int from = (int) ((long) rows * i / blocks);
            int to = (int) ((long) rows * (i + 1) / blocks);
            double share = (double) (to - from) / rows;
            try (NDManager scope = stepScope.newSubManager()) {
                Outcome outcome = addGradient(batch.block(scope, new NDIndex("{}:{}", from, to)), share, scope);
                loss.addi(outcome.loss.mul(share));
                NDArray ofBlock = outcome.effectiveSampleSize;
                if (ofBlock != null) {
                    sampleSize = sampleSize == null ? stepScope.zeros(new Shape()) : sampleSize;
                    sampleSize.addi(ofBlock.mul(share));
                }
            }
        }
        return new Outcome(loss, sampleSize);
    }

    /** Adds a share of the gradient of some rows' mean loss to the weights' gradient. */
    private Outcome addGradient(RowBatch batch, double share, NDManager scope) {
        TrainingObjective fixed = objective instanceof LookAheadObjective ahead
                ? lookAhead(ahead, batch, scope)
                : (TrainingObjective) objective;
        try (GradientRecording recording = GradientRecording.start()) {
            GaussianDistribution prediction = predictor.forward(batch.features(), mode);
            TrainingObjective.StepLoss loss = fixed.loss(prediction, batch, scope);
            NDArray carrier = loss.gradientCarrier();
            if (share != 1) {
                carrier = carrier.mul(carrier.zerosLike().add(share)); // a factor that owns its memory
            }
            recording.backward(carrier);
            NDArray sampleSize = loss.effectiveSampleSize();
            return new Outcome(loss.value().stopGradient(), sampleSize == null ? null : sampleSize.stopGradient());
        }
    }

    /** Predicts with the dropout that the step itself is going to have. */
    private TrainingObjective lookAhead(LookAheadObjective ahead, RowBatch batch, NDManager stepScope) {
        long seed = random.nextLong();
        OfflineEngine.seed(seed);
        GaussianDistribution prediction = predictor.forward(batch.features(), mode);
        TrainingObjective fixed = ahead.at(
                new GaussianDistribution(
                        prediction.mean().stopGradient(), prediction.std().stopGradient()),
                batch,
                stepScope);
        OfflineEngine.seed(seed);
        return fixed;
    }

    private static NDArray keep(NDArray scalar, NDManager scope) {
        NDArray value = scalar.stopGradient(); // a fresh handle, so that the step's graph can go
        value.attach(scope);
        return value;
    }

    /** The network with the averaged weights; it changes with each step. */
    GaussianPredictor averaged() {
        return average.predictor();
    }

    /** Frees the moments and the average; the predictor keeps its weights and is no longer trainable. */
    @Override
    public void close() {
        try (scope;
                optimizer;
                average) {
            predictor.freeze();
        }
    }
}
