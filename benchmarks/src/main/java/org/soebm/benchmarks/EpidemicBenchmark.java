package org.soebm.benchmarks;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
import org.soebm.api.task.Simulator;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.GradientRecording;
import org.soebm.runtime.network.OfflineEngine;

/** The epidemic of covid-beds, from states and infection rates to beds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class EpidemicBenchmark implements Work.Counted {
    private static final double RATE = 0.4; // a day, on average
    private static final double SPREAD = 0.1;

    /** B, windows of data. */
    @Param("256")
    public int windows;

    /** S, samples of the infection rates a window. */
    @Param("100")
    public int samples;

    private NDManager scope;
    private Simulator simulator;
    private NDArray features; // (B, dx)
    private NDArray latents; // (B, S, dz)

    @Override
    public Work of(String method) {
        return new Work("trajectories", (double) windows * samples);
    }

    /** Takes windows of the task's data, again from the start where there are not enough. */
    @Setup
    public void prepare() {
        scope = OfflineEngine.newManager(Device.cpu());
        OfflineEngine.seed(0);
        try (BenchmarkedTask task = BenchmarkedTask.synthetic("covid-beds")) {
            simulator = Objects.requireNonNull(task.task().simulator());
            int rows = task.data().rows();
            features = GaussianPredictor.unscaled(
                    task.data()
                            .features()
                            .select(IntStream.range(0, windows)
                                    .map(i -> i % rows)
                                    .toArray()),
                    scope);
        }
        latents = scope.randomNormal(new Shape(windows, samples, simulator.latentCount()))
                .mul(SPREAD)
                .add(RATE);
    }

    /** Trajectories. */
    @Benchmark
    public void forward() {
        try (NDManager step = scope.newSubManager()) {
            simulator.simulate(features, rates(step));
        }
    }

    /** Trajectories, and the gradient of the sum of all beds in all rates. */
    @Benchmark
    public void forwardAndBackward() {
        try (NDManager step = scope.newSubManager()) {
            NDArray rates = rates(step);
            rates.setRequiresGradient(true);
            try (GradientRecording recording = GradientRecording.start()) {
                recording.backward(simulator.simulate(features, rates).sum());
            }
        }
    }

    private NDArray rates(NDManager step) {
        NDArray rates = latents.stopGradient();
        rates.attach(step);
        return rates;
    }

    /** Frees the tensors. */
    @TearDown
    public void close() {
        scope.close();
    }
}
