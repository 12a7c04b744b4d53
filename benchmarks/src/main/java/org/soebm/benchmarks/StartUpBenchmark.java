package org.soebm.benchmarks;

import java.io.IOException;
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
import org.openjdk.jmh.annotations.Warmup;

/** {@code ./soebm} with a command that answers at once, from its start to its end as a process of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 10)
@Fork(1)
public class StartUpBenchmark implements Work.Counted {
    /** What the command line is asked. */
    @Param({"tasks", "--help", "doctor"})
    public String command;

    @Override
    public Work of(String method) {
        return new Work("commands", 1);
    }

    /** Builds the command line if a source is newer. */
    @Setup
    public void prepare() throws IOException, InterruptedException {
        process();
    }

    /** One process. */
    @Benchmark
    public void process() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Folders.root().resolve("soebm").toString(), command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException("./soebm " + command + " ended with " + exit + ". Try it by hand.");
        }
    }
}
