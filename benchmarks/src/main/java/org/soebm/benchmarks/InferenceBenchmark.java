package org.soebm.benchmarks;

import java.util.List;
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
import org.soebm.api.solver.Decision;
import org.soebm.api.task.Table;
import org.soebm.runtime.inference.DecisionMaker;
import org.soebm.runtime.learning.Learned;
import org.soebm.runtime.learning.TrainingListener;
import org.soebm.runtime.learning.TwoStage;

/** Decisions of a briefly trained network, prediction and solve together. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class InferenceBenchmark implements Work.Counted {
    /** Where the rows come from: {@value PowerScheduling#SYNTHETIC} or a folder. */
    @Param(BenchmarkedTask.SYNTHETIC)
    public String data;

    private BenchmarkedTask powerScheduling;
    private Learned learned;
    private DecisionMaker decisionMaker;
    private Table rows;
    private Table[] singleRows;
    private int next;

    @Override
    public Work of(String method) {
        if (method.equals("single")) {
            return new Work("decisions", 1);
        }
        try (BenchmarkedTask task = BenchmarkedTask.powerScheduling(data)) {
            return new Work("decisions", task.split().test().length);
        }
    }

    /** Trains the network. */
    @Setup
    public void prepare() {
        powerScheduling = BenchmarkedTask.powerScheduling(data);
        powerScheduling.describe();
        learned = new TwoStage().learn(powerScheduling.learningProblem(), TrainingListener.NONE);
        decisionMaker = new DecisionMaker(powerScheduling.problem(), powerScheduling.solver());
        int[] test = powerScheduling.split().test();
        rows = powerScheduling.data().features().select(test);
        singleRows = new Table[test.length];
        for (int row = 0; row < test.length; row++) {
            singleRows[row] = rows.select(new int[] {row});
        }
    }

    /** All test rows, on all cores. */
    @Benchmark
    public List<Decision> bulk() {
        return decisionMaker.decide(learned.predictor(), rows);
    }

    /** One test row after the other, each alone. */
    @Benchmark
    public List<Decision> single() {
        Table row = singleRows[next];
        next = (next + 1) % singleRows.length;
        return decisionMaker.decide(learned.predictor(), row);
    }

    /** Frees network and solver. */
    @TearDown
    public void close() {
        learned.close();
        powerScheduling.close();
    }
}
