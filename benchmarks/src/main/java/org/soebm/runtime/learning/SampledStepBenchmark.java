package org.soebm.runtime.learning;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.Random;
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
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.Table;
import org.soebm.benchmarks.BenchmarkedTask;
import org.soebm.benchmarks.Work;
import org.soebm.runtime.contrast.Contrast;
import org.soebm.runtime.contrast.ContrastPath;
import org.soebm.runtime.contrast.ContrastSettings;
import org.soebm.runtime.energy.ReparameterisedSamples;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.proposal.MixedOptimaProposal;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;
import org.soebm.runtime.proposal.Proposal;

/**
 * One whole training step of the tasks whose energy is an average over samples, with a network of random weights: neither they
 * nor the made-up optimal decisions change how much there is to do.
 */
@NullMarked
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SampledStepBenchmark implements Work.Counted {
    private static final int LENGTH_OF_THE_SCHEDULE = 1_000_000; // the learning rate stays near its start

    /** A task and how many of its rows a step takes. */
    public enum Setting {
        /** Many windows at once. */
        COVID_BEDS("covid-beds", 256),
        /** The task's own batch. */
        NETWORK_SECURITY("network-security", 16);

        private final String task;
        private final int batch;

        Setting(String task, int batch) {
            this.task = task;
            this.batch = batch;
        }
    }

    /** What is learned. */
    @Param
    public Setting task;

    private TrainingSession session;
    private Contrast contrast;
    private TrainingRows.Shuffled inOrder;
    private TrainingStep step;
    private BenchmarkedTask rowsOfTask;

    @Override
    public Work of(String method) {
        try (BenchmarkedTask benchmarked = BenchmarkedTask.synthetic(task.task)) {
            HyperParameters all = benchmarked.task().hyperParameters();
            return new Work(
                    "sampled costs", (double) task.batch * all.settings().samples() * all.scenarios());
        }
    }

    /** Makes network and rows. */
    @Setup
    public void prepare() {
        rowsOfTask = BenchmarkedTask.synthetic(task.task);
        rowsOfTask.describe();
        StochasticProblem stochastic = rowsOfTask.problem();
        Table decisions = decisions(rowsOfTask.trainingParameters().rows(), stochastic);
        if (decisions.rows() < task.batch) {
            throw new IllegalStateException("The batch has " + task.batch + " rows, but there are only "
                    + decisions.rows() + " training rows.");
        }
        LearningProblem problem = rowsOfTask.learningProblem(decisions);
        session = TrainingSession.open(problem, TrainingControl.NONE);
        HyperParameters all = problem.hyperParameters();
        EnergySettings settings = all.settings();
        contrast = ContrastPath.of(stochastic.cost(), Device.cpu())
                .contrast(stochastic.cost(), false, ContrastSettings.of(settings), session.scope());
        inOrder = StepProbe.inOrder(session);
        Proposal proposal = settings.prior() == DecisionPrior.OPTIMA
                ? new MixedOptimaProposal()
                : new MixtureOfGaussiansProposal(settings.proposalStds());
        step = new TrainingStep(
                session.predictor(),
                all.energy(),
                LENGTH_OF_THE_SCHEDULE,
                ForwardMode.FROZEN_STATISTICS,
                new EnergyObjective(
                        new ReparameterisedSamples(stochastic.simulator(), stochastic.scenarios()),
                        contrast,
                        session.likelihood(),
                        settings.likelihoodWeight(),
                        proposal,
                        settings.samples(),
                        contrast.bytesPerRow(settings.samples(), stochastic.scenarios()),
                        null));
    }

    /** Feasible decisions of each row: a random share of an even use of what there is. */
    private static Table decisions(int rows, StochasticProblem stochastic) {
        Random random = new Random(0);
        int width = stochastic.cost().decisionCount();
        Table.Builder decisions = Table.builder(DecisionRule.decisionNames(width));
        for (int row = 0; row < rows; row++) {
            decisions.add(random.doubles(width, 0, 1.0 / width).toArray());
        }
        return decisions.build();
    }

    /** One step. */
    @Benchmark
    public void step() {
        try (NDManager scope = session.predictor().newScope()) {
            step.run(stepScope -> inOrder.batch(0, task.batch, stepScope), scope);
        }
    }

    /** Frees network and rows. */
    @TearDown
    public void close() {
        step.close();
        contrast.close();
        session.predictor().close();
        session.close();
        rowsOfTask.close();
    }
}
