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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.soebm.runtime.network.OfflineEngine;

/**
 * What the machine and its tensor engine can do, to set beside the work per second of the others: arithmetic, memory traffic,
 * exponentials of what is in the cache, and calls of operations that do nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class MachineBenchmark implements Work.Counted {
    private static final int SIDE = 1024; // of a matrix
    private static final int LARGE = 1 << 24; // numbers of a tensor that no cache holds: 64 MB
    private static final int SMALL = 1 << 16; // numbers of a tensor that a cache holds: 256 kB
    private static final int CALLS = 1000;

    private NDManager scope;
    private NDArray matrix;
    private NDArray large;
    private NDArray otherLarge;
    private NDArray small;
    private NDArray one;

    @Override
    public Work of(String method) {
        return switch (method) {
            case "matrixProduct" -> new Work("float32 operations", 2.0 * SIDE * SIDE * SIDE);
            case "memoryTraffic" -> new Work("bytes", 3.0 * Float.BYTES * LARGE); // two are read and one is written
            case "exponentials" -> new Work("exponentials", SMALL);
            default -> new Work("calls", CALLS);
        };
    }

    /** Makes the tensors. */
    @Setup
    public void prepare() {
        scope = OfflineEngine.newManager(Device.cpu());
        matrix = scope.randomNormal(new Shape(SIDE, SIDE));
        large = scope.randomNormal(new Shape(LARGE));
        otherLarge = scope.zeros(new Shape(LARGE));
        small = scope.randomNormal(new Shape(SMALL));
        one = scope.zeros(new Shape(1));
    }

    /** A product of two square matrices. */
    @Benchmark
    public void matrixProduct() {
        matrix.matMul(matrix).close();
    }

    /** Adds a large tensor to another one in place. */
    @Benchmark
    public void memoryTraffic() {
        large.addi(otherLarge);
    }

    /** The exponentials of a small tensor. */
    @Benchmark
    public void exponentials() {
        small.exp().close();
    }

    /** A thousand additions of single numbers in place: what a call from Java costs. */
    @Benchmark
    public void calls() {
        for (int i = 0; i < CALLS; i++) {
            one.addi(one);
        }
    }

    /** Frees the tensors. */
    @TearDown
    public void close() {
        scope.close();
    }
}
