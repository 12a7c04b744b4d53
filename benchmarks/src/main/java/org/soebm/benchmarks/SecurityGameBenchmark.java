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
import org.soebm.runtime.network.GradientRecording;
import org.soebm.runtime.network.OfflineEngine;

/** The cost of network-security's game of 20 nodes, for candidates that share the attacker's attraction. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class SecurityGameBenchmark implements Work.Counted {
    private static final double LARGEST_COVERAGE = 0.1;

    /** M, candidates. */
    @Param("1000")
    public int candidates;

    private NDManager scope;
    private CostFunction cost;
    private NDArray attraction; // (1, 1, dy)
    private NDArray coverage; // (1, M, da)

    @Override
    public Work of(String method) {
        return new Work("candidates", candidates);
    }

    /** Draws attraction and candidates. */
    @Setup
    public void prepare() {
        scope = OfflineEngine.newManager(Device.cpu());
        OfflineEngine.seed(0);
        try (BenchmarkedTask task = BenchmarkedTask.synthetic("network-security")) {
            cost = task.task().cost();
        }
        attraction = scope.randomNormal(new Shape(1, 1, cost.parameterCount()));
        coverage = scope.randomUniform(0, (float) LARGEST_COVERAGE, new Shape(1, candidates, cost.decisionCount()));
    }

    /** Costs alone. */
    @Benchmark
    public void cost() {
        try (NDManager step = scope.newSubManager()) {
            cost.cost(in(step, attraction), in(step, coverage));
        }
    }

    /** Costs, and the gradient of their sum in attraction and coverage. */
    @Benchmark
    public void costAndGradient() {
        try (NDManager step = scope.newSubManager()) {
            NDArray y = in(step, attraction);
            NDArray a = in(step, coverage);
            y.setRequiresGradient(true);
            a.setRequiresGradient(true);
            try (GradientRecording recording = GradientRecording.start()) {
                recording.backward(cost.cost(y, a).sum());
            }
        }
    }

    private static NDArray in(NDManager step, NDArray array) {
        NDArray view = array.stopGradient();
        view.attach(step);
        return view;
    }

    /** Frees the tensors. */
    @TearDown
    public void close() {
        scope.close();
    }
}
