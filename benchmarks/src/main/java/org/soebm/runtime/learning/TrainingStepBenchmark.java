package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.benchmarks.BenchmarkedTask;
import org.soebm.benchmarks.Work;
import org.soebm.runtime.contrast.Contrast;
import org.soebm.runtime.contrast.ContrastPath;
import org.soebm.runtime.contrast.ContrastSettings;
import org.soebm.runtime.energy.Outcomes;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;

/**
 * One whole training step of a briefly trained network: forward pass, loss (for the energy with proposal, energies and
 * importance weights), gradient, Adam, moving average. Batches follow each other through the training rows.
 */
@NullMarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class TrainingStepBenchmark implements Work.Counted {
    private static final int RESIDUALS = 24; // one an hour
    private static final int LENGTH_OF_THE_SCHEDULE = 1_000_000; // the learning rate stays near its start

    /** What a step descends. */
    public enum Loss {
        /** SO-EBM's L_MLE + λ L_KL. */
        ENERGY,
        /** The negative log likelihood, which does not sample. */
        LIKELIHOOD
    }

    /** Where the rows come from: {@value PowerScheduling#SYNTHETIC} or a folder. */
    @Param(BenchmarkedTask.SYNTHETIC)
    public String data;

    /** Rows a step, by default all training rows or the task's own batch. */
    @Param({"2042", "256"})
    public int batch;

    /** M, draws a row. */
    @Param("128")
    public int samples;

    /** What a step descends. */
    @Param
    public Loss loss;

    /** How the energy's loss is computed. */
    @Param
    public ContrastPath path;

    private BenchmarkedTask powerScheduling;
    private TrainingSession session;
    private Contrast contrast;
    private TrainingRows.Shuffled inOrder;
    private TrainingStep step;
    private int rows;
    private int from;

    @Override
    public Work of(String method) {
        return switch (loss) {
            case ENERGY -> new Work("residual evaluations", (double) batch * samples * RESIDUALS);
            case LIKELIHOOD -> new Work("rows", batch);
        };
    }

    /** Trains the network by likelihood. */
    @Setup
    public void prepare() {
        powerScheduling = BenchmarkedTask.powerScheduling(data);
        powerScheduling.describe();
        LearningProblem problem = powerScheduling.learningProblem();
        rows = problem.hindsight().rows();
        if (batch > rows) {
            throw new IllegalArgumentException(
                    "The batch has " + batch + " rows, but there are only " + rows + " training rows.");
        }
        session = TrainingSession.open(problem, TrainingControl.NONE);
        HyperParameters all = problem.hyperParameters();
        session.run(
                TwoStage.NAME,
                all.likelihood(),
                ForwardMode.REGULARISED,
                new LikelihoodObjective(session.likelihood()));
        EnergySettings settings = all.settings().withSamples(samples);
        contrast = path.contrast(problem.problem().cost(), true, ContrastSettings.of(settings), session.scope());
        inOrder = StepProbe.inOrder(session);
        step = switch (loss) {
            case ENERGY ->
                new TrainingStep(
                        session.predictor(),
                        all.energy(),
                        LENGTH_OF_THE_SCHEDULE,
                        ForwardMode.FROZEN_STATISTICS,
                        new EnergyObjective(
                                Outcomes.PREDICTED,
                                contrast,
                                session.likelihood(),
                                settings.likelihoodWeight(),
                                new MixtureOfGaussiansProposal(settings.proposalStds()),
                                settings.samples(),
                                contrast.bytesPerRow(settings.samples(), 1),
                                null));
            case LIKELIHOOD ->
                new TrainingStep(
                        session.predictor(),
                        all.likelihood(),
                        LENGTH_OF_THE_SCHEDULE,
                        ForwardMode.REGULARISED,
                        new LikelihoodObjective(session.likelihood()));
        };
    }

    /** One step. */
    @Benchmark
    public void step() {
        try (NDManager scope = session.predictor().newScope()) {
            step.run(stepScope -> inOrder.batch(from, from + batch, stepScope), scope);
        }
        from = from + 2 * batch <= rows ? from + batch : 0;
    }

    /** Frees network, rows and solver. */
    @TearDown
    public void close() {
        step.close();
        contrast.close();
        session.predictor().close();
        session.close();
        powerScheduling.close();
    }
}
