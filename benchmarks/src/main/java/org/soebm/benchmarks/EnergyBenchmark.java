package org.soebm.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.concurrent.TimeUnit;
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
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.GaussianEnergy;
import org.soebm.runtime.network.GradientRecording;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.ImportanceWeights;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;

/** The parts of a training step that work on candidates, on power scheduling and made-up predictions. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class EnergyBenchmark implements Work.Counted {
    private static final double LOAD = 1.5;
    private static final double SPREAD = 0.1;

    /** B, rows a step. */
    @Param("2042")
    public int batch;

    /** M, draws a row. */
    @Param("128")
    public int samples;

    private NDManager scope;
    private Energy energy;
    private MixtureOfGaussiansProposal proposal;
    private EnergySettings settings;
    private int decisions;
    private NDArray parameters; // y, (B, dy)
    private NDArray mean;
    private NDArray std;
    private Draws draws;
    private NDArray logTarget; // (B, M, F)

    @Override
    public Work of(String method) {
        try (BenchmarkedTask task = BenchmarkedTask.powerScheduling(BenchmarkedTask.SYNTHETIC)) {
            double numbers = (double) batch * samples * task.problem().cost().decisionCount();
            return new Work(
                    switch (method) {
                        case "proposal" -> "drawn decisions";
                        case "importanceWeights" -> "weights";
                        default -> "residual evaluations"; // one a decision
                    },
                    numbers);
        }
    }

    /** Makes predictions around y, and draws around y as if it were a*. */
    @Setup
    public void prepare() {
        scope = OfflineEngine.newManager(Device.cpu());
        OfflineEngine.seed(0);
        try (BenchmarkedTask task = BenchmarkedTask.powerScheduling(BenchmarkedTask.SYNTHETIC)) {
            PenaltyCost cost = (PenaltyCost) task.problem().cost();
            decisions = cost.decisionCount();
            settings = task.task().hyperParameters().settings().withSamples(samples);
            energy = new GaussianEnergy(cost, scope);
        }
        proposal = new MixtureOfGaussiansProposal(settings.proposalStds());
        Shape shape = new Shape(batch, decisions);
        parameters = scope.randomNormal(shape).mul(SPREAD).add(LOAD);
        mean = scope.randomNormal(shape).mul(SPREAD).add(parameters);
        std = scope.ones(shape).mul(SPREAD);
        mean.setRequiresGradient(true);
        std.setRequiresGradient(true);
        draws = proposal.draw(parameters, samples, scope);
        logTarget = energy.cost(parameters, draws.candidates()).mul(-1 / settings.temperature());
    }

    /** Draws and their densities. */
    @Benchmark
    public void proposal() {
        try (NDManager step = scope.newSubManager()) {
            proposal.draw(in(step, parameters), samples, step);
        }
    }

    /** Energies alone. */
    @Benchmark
    public void energies() {
        try (NDManager step = scope.newSubManager()) {
            energy.evaluate(new GaussianDistribution(mean, std), in(step, draws.candidates()))
                    .energies();
        }
    }

    /** Energies and the gradient of a weighted sum of them in mean and std. */
    @Benchmark
    public void energiesAndGradient() {
        try (NDManager step = scope.newSubManager()) {
            NDArray m = in(step, mean);
            NDArray s = in(step, std);
            m.setRequiresGradient(true);
            s.setRequiresGradient(true);
            try (GradientRecording recording = GradientRecording.start()) {
                Energy.Candidates candidates =
                        energy.evaluate(new GaussianDistribution(m, s), in(step, draws.candidates()));
                recording.backward(candidates.weightedSum(in(step, logTarget)));
            }
        }
    }

    /** True costs of the same candidates. */
    @Benchmark
    public void costs() {
        try (NDManager step = scope.newSubManager()) {
            energy.cost(in(step, parameters), in(step, draws.candidates()));
        }
    }

    /** Self-normalised weights of all factors. */
    @Benchmark
    public void importanceWeights() {
        try (NDManager step = scope.newSubManager()) {
            ImportanceWeights.of(in(step, logTarget), in(step, draws.marginalLogDensity()))
                    .effectiveSampleSize();
        }
    }

    /** The same numbers, but what is made of them belongs to another manager. */
    private static NDArray in(NDManager manager, NDArray array) {
        NDArray view = array.stopGradient();
        view.attach(manager);
        return view;
    }

    /** Frees the tensors. */
    @TearDown
    public void close() {
        energy.close();
        scope.close();
    }
}
