package org.soebm.benchmarks;

import java.util.Random;
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
import org.soebm.api.task.Table;
import org.soebm.runtime.preprocessing.Hindsight;

/** Optimal decisions in hindsight without the cache, in bulk on all cores, and one alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class PreprocessingBenchmark implements Work.Counted {
    private static final int ROUGH_DAYS = 40;
    private static final double ROUGHNESS = 0.3;

    /** Where the rows come from: {@value PowerScheduling#SYNTHETIC} or a folder. */
    @Param(BenchmarkedTask.SYNTHETIC)
    public String data;

    private BenchmarkedTask powerScheduling;
    private Table smooth;
    private Table rough;
    private Table[] smoothRows;
    private Table[] roughRows;
    private int next;

    @Override
    public Work of(String method) {
        int rows = switch (method) {
            case "bulk" -> rowsBeforeTest();
            case "roughDays" -> ROUGH_DAYS;
            default -> 1;
        };
        return new Work("rows", rows);
    }

    private int rowsBeforeTest() {
        try (BenchmarkedTask task = BenchmarkedTask.powerScheduling(data)) {
            return task.data().testStart();
        }
    }

    /** Makes both bulks. */
    @Setup
    public void prepare() {
        powerScheduling = BenchmarkedTask.powerScheduling(data);
        powerScheduling.describe();
        Table parameters = powerScheduling.data().parameters();
        int testStart = powerScheduling.data().testStart();
        smooth = parameters.select(IntStream.range(0, testStart).toArray());
        rough = rough(smooth);
        smoothRows = alone(smooth);
        roughRows = alone(rough);
        System.out.printf(
                "# The ramp binds on %d of %d days of the data and on %d of %d rough days%n",
                binding(smooth), smooth.rows(), binding(rough), rough.rows());
    }

    private static Table[] alone(Table table) {
        return IntStream.range(0, table.rows())
                .mapToObj(row -> table.select(new int[] {row}))
                .toArray(Table[]::new);
    }

    /** Days of the data with Gaussian noise in each hour, so that the optimum is no longer the load itself. */
    private static Table rough(Table smooth) {
        Random random = new Random(1);
        double[][] values = new double[ROUGH_DAYS][];
        for (int day = 0; day < ROUGH_DAYS; day++) {
            values[day] = smooth.row(day * (smooth.rows() / ROUGH_DAYS)).clone();
            for (int hour = 0; hour < values[day].length; hour++) {
                values[day][hour] += ROUGHNESS * random.nextGaussian();
            }
        }
        return Table.of(smooth.columns(), values);
    }

    /** How many days have a load that generation cannot follow. */
    private long binding(Table loads) {
        return IntStream.range(0, loads.rows())
                .filter(day -> !powerScheduling.task().constraints().isFeasible(loads.row(day), 0))
                .count();
    }

    /** All rows before the test rows. */
    @Benchmark
    public Hindsight bulk() {
        return powerScheduling.hindsight(smooth);
    }

    /** Forty rows whose ramp binds. */
    @Benchmark
    public Hindsight roughDays() {
        return powerScheduling.hindsight(rough);
    }

    /** One row after the other, each alone. */
    @Benchmark
    public Hindsight single() {
        next++;
        return powerScheduling.hindsight(smoothRows[next % smoothRows.length]);
    }

    /** One rough row after the other, each alone. */
    @Benchmark
    public Hindsight singleRough() {
        next++;
        return powerScheduling.hindsight(roughRows[next % roughRows.length]);
    }

    /** Frees the solver. */
    @TearDown
    public void close() {
        powerScheduling.close();
    }
}
