package org.soebm.runtime.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A {@link Comparison} as files for programs. */
public final class ComparisonFiles {
    private static final List<String> KEY_COLUMNS = List.of("trainFraction", "seed", "method");
    private static final List<String> FIGURE_COLUMNS = List.of(
            "trainRows",
            "testTaskLoss",
            "testTaskLossStandardError",
            "testRegret",
            "testRegretStandardError",
            "differenceToTwoStage",
            "differenceToTwoStageStandardError",
            "pointForecastTestTaskLoss",
            "perfectForesightTestTaskLoss",
            "secondsPerEpoch",
            "trainSeconds",
            "epochs",
            "validationTaskLoss",
            "secondsToBest");

    private ComparisonFiles() {}

    /**
     * {@code comparison.json}: {@code methods} at the largest share of the training rows, and {@code trainFractions} with
     * the same for each share where there are several.
     *
     * @throws java.io.UncheckedIOException when the file cannot be written; nothing is left behind
     */
    public static void writeJson(Path file, Comparison comparison) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("task", comparison.task());
        map.put("runs", comparison.seeds().size());
        map.put("seeds", comparison.seeds());
        map.put("solver", comparison.solver());
        map.put("device", comparison.device());
        map.put("methods", methods(comparison, comparison.largestFraction()));
        map.put("baselines", baselines(comparison, comparison.largestFraction()));
        if (comparison.trainFractions().size() > 1) {
            List<Map<String, Object>> fractions = new ArrayList<>();
            for (double fraction : comparison.trainFractions()) {
                Map<String, Object> part = new LinkedHashMap<>();
                part.put("trainFraction", fraction);
                part.put("methods", methods(comparison, fraction));
                part.put("baselines", baselines(comparison, fraction));
                fractions.add(part);
            }
            map.put("trainFractions", fractions);
        }
        JsonFiles.write(file, map);
    }

    private static List<Map<String, @Nullable Object>> methods(Comparison comparison, double fraction) {
        return comparison.figures(fraction).stream().map(MethodFigures::toMap).toList();
    }

    private static List<Map<String, @Nullable Object>> baselines(Comparison comparison, double fraction) {
        return comparison.baselines(fraction).stream()
                .map(BaselineFigures::toMap)
                .toList();
    }

    /**
     * {@code comparison.csv}: a line a run, with an empty cell where a figure does not exist.
     *
     * @throws java.io.UncheckedIOException when the file cannot be written; nothing is left behind
     */
    public static void writeCsv(Path file, Comparison comparison) {
        List<String> header = new ArrayList<>(KEY_COLUMNS);
        header.addAll(FIGURE_COLUMNS);
        header.add("failure");
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (RunFigures run : comparison.runs()) {
            Map<String, @Nullable Object> figures = run.toMap();
            List<@Nullable Object> cells = key(run.key());
            FIGURE_COLUMNS.forEach(column -> cells.add(figures.get(column)));
            cells.add("");
            rows.add(cells);
        }
        for (RunFailure failure : comparison.failures()) {
            List<@Nullable Object> cells = key(failure.key());
            FIGURE_COLUMNS.forEach(column -> cells.add(null));
            cells.add(failure.message());
            rows.add(cells);
        }
        CsvFile.write(file, header, rows);
    }

    private static List<@Nullable Object> key(RunKey key) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(RunKey.fraction(key.trainFraction()));
        cells.add(key.seed());
        cells.add(key.method());
        return cells;
    }
}
