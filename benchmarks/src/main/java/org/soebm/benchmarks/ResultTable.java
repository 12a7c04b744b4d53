package org.soebm.benchmarks;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/** What JMH measured, a line a benchmark and setting: time, what is allocated on Java's heap, and work per second. */
final class ResultTable {
    private static final String ALLOCATION = "gc.alloc.rate.norm"; // as JMH's profiler calls it
    private static final double MILLIS = 1e-3;

    private final List<Line> lines;

    private ResultTable(List<Line> lines) {
        this.lines = lines;
    }

    /**
     * A line; what is not known is NaN.
     *
     * @param median seconds an operation
     * @param ninety seconds that 90% of operations stay below
     * @param allocated bytes an operation on Java's heap; tensors live outside of it
     * @param work of an operation, or null where the benchmark counts none
     */
    private record Line(
            String benchmark,
            Map<String, String> parameters,
            double median,
            double ninety,
            double allocated,
            @Nullable Work work) {
        double perSecond() {
            return work == null ? Double.NaN : work.perOperation() / median;
        }

        String settings() {
            return parameters.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .collect(Collectors.joining(" "));
        }
    }

    /** The results of modes that measure time; others have JMH's own table only. */
    static ResultTable of(Collection<RunResult> results) {
        List<Line> lines = new ArrayList<>();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            if (params.getMode() == Mode.Throughput) {
                continue;
            }
            Map<String, String> parameters =
                    params.getParamsKeys().stream().collect(Collectors.toMap(key -> key, params::getParam));
            Statistics times = result.getPrimaryResult().getStatistics();
            double unit = 1.0 / params.getTimeUnit().convert(1, TimeUnit.SECONDS); // finer than a second
            String name = params.getBenchmark();
            lines.add(new Line(
                    name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                    parameters,
                    times.getPercentile(50) * unit,
                    times.getPercentile(90) * unit,
                    allocated(result.getSecondaryResults()),
                    work(name, parameters)));
        }
        return new ResultTable(lines);
    }

    @SuppressWarnings("rawtypes") // as JMH has it
    private static double allocated(Map<String, Result> secondary) {
        return secondary.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(ALLOCATION))
                .mapToDouble(entry -> entry.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static @Nullable Work work(String benchmark, Map<String, String> parameters) {
        int dot = benchmark.lastIndexOf('.');
        try {
            Class<?> type = Class.forName(benchmark.substring(0, dot));
            if (!Work.Counted.class.isAssignableFrom(type)) {
                return null;
            }
            Object benchmarks = type.getConstructor().newInstance();
            for (Map.Entry<String, String> parameter : parameters.entrySet()) {
                Field field = type.getField(parameter.getKey());
                field.set(benchmarks, value(field.getType(), parameter.getValue()));
            }
            return ((Work.Counted) benchmarks).of(benchmark.substring(dot + 1));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The work of " + benchmark + " cannot be counted.", e);
        }
    }

    private static Object value(Class<?> type, String text) {
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        for (Object constant : type.isEnum() ? type.getEnumConstants() : new Object[0]) {
            if (((Enum<?>) constant).name().equals(text)) {
                return constant;
            }
        }
        return text;
    }

    /** Prints the table in Markdown. */
    void print() {
        if (lines.isEmpty()) {
            return;
        }
        System.out.println();
        System.out.println("| benchmark | setting | median, ms | 90% below, ms | Java heap, kB | work per second |");
        System.out.println("|---|---|---:|---:|---:|---|");
        for (Line line : lines) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s | %s |%n",
                    line.benchmark(),
                    line.settings(),
                    digits(line.median() / MILLIS),
                    digits(line.ninety() / MILLIS),
                    Double.isNaN(line.allocated()) ? "" : String.format(Locale.ROOT, "%.1f", line.allocated() / 1e3),
                    line.work() == null
                            ? ""
                            : Amount.of(line.perSecond()) + " " + line.work().unit());
        }
    }

    /** Three digits. */
    private static String digits(double value) {
        int whole = (int) Math.floor(Math.log10(Math.max(value, 1e-9))) + 1;
        return String.format(Locale.ROOT, "%." + Math.max(0, 3 - Math.max(whole, 0)) + "f", value);
    }

    /**
     * Writes the table as CSV.
     *
     * @throws IOException when the file cannot be written
     */
    void write(Path file) throws IOException {
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(file), CSVFormat.RFC4180)) {
            csv.printRecord(
                    "benchmark",
                    "setting",
                    "median_seconds",
                    "ninety_percent_seconds",
                    "allocated_bytes",
                    "work_per_second",
                    "work");
            for (Line line : lines) {
                csv.printRecord(
                        line.benchmark(),
                        line.settings(),
                        line.median(),
                        line.ninety(),
                        line.allocated(),
                        line.perSecond(),
                        line.work() == null ? "" : line.work().unit());
            }
        }
    }
}
