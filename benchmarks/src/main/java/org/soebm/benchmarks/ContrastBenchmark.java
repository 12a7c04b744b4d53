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
import org.soebm.api.cost.CostFunction;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.contrast.Contrast;
import org.soebm.runtime.contrast.ContrastPath;
import org.soebm.runtime.contrast.ContrastSettings;
import org.soebm.runtime.network.GradientRecording;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;

/** All that a training step does with candidates, energies to gradient, on power scheduling and made-up predictions. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ContrastBenchmark implements Work.Counted {
    private static final double LOAD = 1.5;
    private static final double SPREAD = 0.1;

    /** B, rows a step. */
    @Param("2042")
    public int batch;

    /** M, draws a row. */
    @Param("128")
    public int samples;

    /** How it is computed. */
    @Param
    public ContrastPath path;

    private NDManager scope;
    private Contrast contrast;
    private NDArray parameters; // y, (B, dy)
    private NDArray mean;
    private NDArray std;
    private Draws draws;

    @Override
    public Work of(String method) {
        try (BenchmarkedTask task = BenchmarkedTask.powerScheduling(BenchmarkedTask.SYNTHETIC)) {
            return new Work(
                    "residual evaluations", // one a decision
                    (double) batch * samples * task.problem().cost().decisionCount());
        }
    }

    /** Makes predictions around y, and draws around y as if it were a*. */
    @Setup
    public void prepare() {
        scope = OfflineEngine.newManager(Device.cpu());
        OfflineEngine.seed(0);
        CostFunction cost;
        EnergySettings settings;
        try (BenchmarkedTask task = BenchmarkedTask.powerScheduling(BenchmarkedTask.SYNTHETIC)) {
            cost = task.problem().cost();
            settings = task.task().hyperParameters().settings().withSamples(samples);
        }
        contrast = path.contrast(cost, true, ContrastSettings.of(settings), scope);
        Shape shape = new Shape(batch, cost.decisionCount());
        parameters = scope.randomNormal(shape).mul(SPREAD).add(LOAD);
        mean = scope.randomNormal(shape).mul(SPREAD).add(parameters);
        std = scope.ones(shape).mul(SPREAD);
        draws = new MixtureOfGaussiansProposal(settings.proposalStds()).draw(parameters, samples, scope);
    }

    /** Loss and gradient. */
    @Benchmark
    public void lossAndGradient() {
        try (NDManager step = scope.newSubManager()) {
            NDArray m = in(step, mean);
            NDArray s = in(step, std);
            m.setRequiresGradient(true);
            s.setRequiresGradient(true);
            NDArray y = in(step, parameters);
            Draws ofStep = new Draws(
                    in(step, draws.centres()),
                    in(step, draws.offsets()),
                    in(step, draws.logDensity()),
                    in(step, draws.marginalLogDensity()));
            try (GradientRecording recording = GradientRecording.start()) {
                Contrast.Loss loss = contrast.of(new GaussianDistribution(m, s), y, y, ofStep, step);
                recording.backward(loss.gradientCarrier());
            }
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
        contrast.close();
        scope.close();
    }
}
