package org.soebm.benchmarks.scaling;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Settings that differ in one number.
 *
 * @param name of files and on the command line
 * @param title what is measured, with what stays the same
 * @param axis the number that differs
 * @param number that number
 * @param settings from small to large
 */
record Series(String name, String title, String axis, ToIntFunction<Setting> number, List<Setting> settings) {
    private static final int DECISIONS = 24;
    private static final int SAMPLES = 128;
    private static final int THREADS = 2;
    private static final int TRAINING_ROWS = 2042; // of power scheduling
    private static final int BATCH = Measured.SMALL_BATCH;
    private static final int ROUGH_ROWS = 20;
    private static final int INFERRED_ROWS = 200;

    static List<Series> all() {
        return List.of(
                new Series(
                        "rows",
                        "Training steps of an epoch, %,d rows a step at most, M = %d, %d decisions, %d threads"
                                .formatted(Measured.BATCH, SAMPLES, DECISIONS, THREADS),
                        "rows of an epoch",
                        Setting::rows,
                        IntStream.of(1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000)
                                .mapToObj(rows -> new Setting(Setting.Kind.EPOCH, rows, DECISIONS, SAMPLES, THREADS))
                                .toList()),
                steps(
                        "step-rows",
                        "One training step, M = %d, %d decisions, %d threads".formatted(SAMPLES, DECISIONS, THREADS),
                        "rows of the step",
                        Setting::rows,
                        IntStream.of(1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
                                .mapToObj(rows -> step(rows, DECISIONS, SAMPLES, THREADS))
                                .toList()),
                steps(
                        "decisions",
                        "One training step, %d rows, M = %d, %d threads".formatted(BATCH, SAMPLES, THREADS),
                        "decisions",
                        Setting::decisions,
                        IntStream.of(24, 100, 300, 1000, 3000, 10_000)
                                .mapToObj(decisions -> step(BATCH, decisions, SAMPLES, THREADS))
                                .toList()),
                steps(
                        "candidates",
                        "One training step, %d rows, %d decisions, %d threads".formatted(BATCH, DECISIONS, THREADS),
                        "candidates M a row",
                        Setting::samples,
                        IntStream.of(16, 64, 256, 1024, 4096)
                                .mapToObj(samples -> step(BATCH, DECISIONS, samples, THREADS))
                                .toList()),
                steps(
                        "threads",
                        "One training step, %,d rows, M = %d, %d decisions"
                                .formatted(TRAINING_ROWS, SAMPLES, DECISIONS),
                        "threads",
                        Setting::threads,
                        IntStream.of(1, 2)
                                .mapToObj(threads -> step(TRAINING_ROWS, DECISIONS, SAMPLES, threads))
                                .toList()),
                rows(
                        "preprocessing-rows",
                        "Optimal decisions in hindsight, %d decisions, smooth load".formatted(DECISIONS),
                        Setting.Kind.PREPROCESSING,
                        1000,
                        10_000,
                        100_000),
                rows(
                        "rough-preprocessing-rows",
                        "Optimal decisions in hindsight, %d decisions, rough load".formatted(DECISIONS),
                        Setting.Kind.ROUGH_PREPROCESSING,
                        100,
                        1000,
                        10_000),
                decisions(
                        "rough-preprocessing-decisions",
                        "Optimal decisions in hindsight, %d rows, rough load".formatted(ROUGH_ROWS),
                        Setting.Kind.ROUGH_PREPROCESSING,
                        ROUGH_ROWS),
                rows(
                        "inference-rows",
                        "Decisions of a trained network, %d decisions a row".formatted(DECISIONS),
                        Setting.Kind.INFERENCE,
                        1000,
                        10_000,
                        100_000),
                decisions(
                        "inference-decisions",
                        "Decisions of a trained network, %d rows".formatted(INFERRED_ROWS),
                        Setting.Kind.INFERENCE,
                        INFERRED_ROWS));
    }

    /** Memory over many steps. */
    static Setting level() {
        return new Setting(Setting.Kind.LEVEL, TRAINING_ROWS, DECISIONS, SAMPLES, THREADS);
    }

    private static Setting step(int rows, int decisions, int samples, int threads) {
        return new Setting(Setting.Kind.STEP, rows, decisions, samples, threads);
    }

    private static Series steps(
            String name, String title, String axis, ToIntFunction<Setting> number, List<Setting> settings) {
        return new Series(name, title, axis, number, settings);
    }

    private static Series rows(String name, String title, Setting.Kind kind, int... rows) {
        return new Series(
                name,
                title,
                "rows",
                Setting::rows,
                IntStream.of(rows)
                        .mapToObj(n -> new Setting(kind, n, DECISIONS, SAMPLES, THREADS))
                        .toList());
    }

    private static Series decisions(String name, String title, Setting.Kind kind, int rows) {
        return new Series(
                name,
                title,
                "decisions",
                Setting::decisions,
                IntStream.of(24, 100, 300, 1000, 3000, 10_000)
                        .mapToObj(d -> new Setting(kind, rows, d, SAMPLES, THREADS))
                        .toList());
    }
}
