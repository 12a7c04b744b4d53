package org.soebm.benchmarks.scaling;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.soebm.runtime.report.PictureFile;
import org.soebm.runtime.report.ScalingChart;

/**
 * {@code benchmarks/run scaling [--out FOLDER] [SERIES...]}: time and memory against rows, decisions, candidates and threads, as
 * a CSV file, pictures, and tables in Markdown on standard output.
 */
public final class Sweep {
    private static final String OUT = "--out";
    private static final String LEVEL = "level";
    private static final String DEFAULT_FOLDER = "scaling";

    private final Path folder;
    private final List<SeriesResult> results = new ArrayList<>();

    private Sweep(Path folder) {
        this.folder = folder;
    }

    /**
     * Measures and writes.
     *
     * @param arguments as above
     * @param target the folder in which results are written unless the arguments name one
     * @throws IllegalArgumentException when the arguments are wrong; the message says how
     */
    public static void run(List<String> arguments, Path target) throws IOException {
        Path folder = target.resolve(DEFAULT_FOLDER);
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (!arguments.get(i).equals(OUT)) {
                wanted.add(arguments.get(i));
            } else if (++i < arguments.size()) {
                folder = Path.of(arguments.get(i));
            } else {
                throw new IllegalArgumentException(OUT + " needs a folder.");
            }
        }
        List<String> known =
                new ArrayList<>(Series.all().stream().map(Series::name).toList());
        known.add(LEVEL);
        for (String name : wanted) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "there is no series " + name + "; there are " + String.join(", ", known) + ".");
            }
        }
        Files.createDirectories(folder);
        new Sweep(folder).run(wanted.isEmpty() ? known : wanted);
    }

    private void run(List<String> wanted) throws IOException {
        for (Series series : Series.all()) {
            if (wanted.contains(series.name())) {
                List<Measured> points = new ArrayList<>();
                for (Setting setting : series.settings()) {
                    points.add(measure(setting));
                }
                SeriesResult result = new SeriesResult(series, points);
                results.add(result);
                System.out.println();
                System.out.println(result.table());
                picture(result);
            }
        }
        if (!results.isEmpty()) {
            writeTable();
        }
        if (wanted.contains(LEVEL)) {
            level();
        }
        System.out.println("Written to " + folder);
    }

    /** Measures a point in a process of its own. */
    private static Measured measure(Setting setting) throws IOException {
        String threads = String.valueOf(setting.threads());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-XX:ActiveProcessorCount=" + threads);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Measured.class.getName()));
        command.addAll(setting.arguments());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OMP_NUM_THREADS", threads);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(setting + " ended with " + exit + ". Its messages are above.");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(setting + " was interrupted.", e);
        }
        List<String> lines = output.lines().toList();
        Measured measured = Measured.of(lines.get(lines.size() - 1));
        System.err.printf(Locale.ROOT, "%s: %.4f s, %.0f MB%n", setting, measured.seconds(), measured.peak());
        return measured;
    }

    private void picture(SeriesResult result) {
        if (!result.hasGrowth()) {
            return;
        }
        List<ScalingChart.Line> times = new ArrayList<>();
        times.add(line(
                result.hasNetwork() ? "whole steps" : "all rows",
                result.exponent(),
                result.numbers(),
                result.seconds()));
        if (result.hasNetwork()) {
            times.add(line(
                    "less the network", result.exponentOfCandidates(), result.numbers(), result.secondsOfCandidates()));
        }
        PictureFile.write(
                folder.resolve("performance-" + result.series().name() + ".png"),
                ScalingChart.draw(result.series().title(), result.series().axis(), times, result.peaks()));
    }

    private static ScalingChart.Line line(String name, double exponent, double[] numbers, double[] seconds) {
        return new ScalingChart.Line(
                String.format(Locale.ROOT, "%s, growth exponent %.2f", name, exponent), numbers, seconds);
    }

    private void writeTable() throws IOException {
        try (CSVPrinter csv =
                new CSVPrinter(Files.newBufferedWriter(folder.resolve("scaling.csv")), CSVFormat.RFC4180)) {
            csv.printRecord(
                    "series",
                    "rows",
                    "decisions",
                    "candidates",
                    "threads",
                    "seconds",
                    "network_seconds",
                    "peak_mb",
                    "resident_mb");
            for (SeriesResult result : results) {
                for (int i = 0; i < result.points().size(); i++) {
                    Setting setting = result.series().settings().get(i);
                    Measured point = result.points().get(i);
                    csv.printRecord(
                            result.series().name(),
                            setting.rows(),
                            setting.decisions(),
                            setting.samples(),
                            setting.threads(),
                            point.seconds(),
                            point.networkSeconds(),
                            point.peak(),
                            point.resident()[0]);
                }
            }
        }
    }

    private void level() throws IOException {
        Setting setting = Series.level();
        Measured measured = measure(setting);
        System.out.println();
        System.out.printf(
                Locale.ROOT,
                "**Resident memory over training steps, %d rows, M = %d, %d decisions**%n%n| after steps | MB |%n|---:|---:|%n",
                Measured.SMALL_BATCH,
                setting.samples(),
                setting.decisions());
        double[] steps = new double[Measured.LOOKS];
        Arrays.setAll(steps, i -> (i + 1.0) * Measured.STEPS_A_LOOK);
        try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(folder.resolve("level.csv")), CSVFormat.RFC4180)) {
            csv.printRecord("steps", "resident_mb");
            for (int i = 0; i < steps.length; i++) {
                csv.printRecord(steps[i], measured.resident()[i]);
                System.out.printf(Locale.ROOT, "| %,.0f | %,.0f |%n", steps[i], measured.resident()[i]);
            }
        }
        System.out.println();
    }
}
