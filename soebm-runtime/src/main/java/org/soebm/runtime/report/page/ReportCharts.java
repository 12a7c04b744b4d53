package org.soebm.runtime.report.page;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.evaluation.Calibration;
import org.soebm.runtime.evaluation.CentralIntervals;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.report.Metrics;

/**
 * What the charts of a report are drawn from, as JSON that may stand in a page: characters that HTML knows are escaped, a
 * number that is not finite is null, others have six significant digits.
 */
final class ReportCharts {
    /** Escapes what could end a script element. */
    private static final Gson GSON = new GsonBuilder().serializeNulls().create();

    private static final MathContext SIX_DIGITS = new MathContext(6);

    private ReportCharts() {}

    static String json(RunReport report) {
        Map<String, @Nullable Object> charts = new LinkedHashMap<>();
        charts.put("method", report.model().method());
        charts.put("phases", phases(report));
        charts.put("draws", report.model().hyperParameters().settings().samples());
        charts.put("costs", costs(report));
        charts.put(
                "gain",
                ReportTables.isTwoStage(report)
                        ? null
                        : estimate("gain", report.metrics().gain()));
        charts.put("coverage", coverage(report));
        charts.put("ordered", report.layout().parametersAreOrdered());
        charts.put("targets", report.layout().decisionsAreTargets());
        charts.put("parameters", names(report.parameterNames()));
        charts.put("decisions", decisionNames(report.layout()));
        charts.put("rows", report.rows().stream().map(row -> row(report, row)).toList());
        return GSON.toJson(charts);
    }

    private static List<Map<String, @Nullable Object>> phases(RunReport report) {
        List<Map<String, @Nullable Object>> phases = new ArrayList<>();
        Phases.of(report.history()).byName().forEach((name, epochs) -> {
            EpochRecord best = Phases.best(epochs);
            Map<String, @Nullable Object> phase = new LinkedHashMap<>();
            phase.put("name", name);
            phase.put("epochs", epochs.stream().map(EpochRecord::epoch).toList());
            phase.put(
                    "loss",
                    numbers(epochs.stream()
                            .mapToDouble(EpochRecord::trainingLoss)
                            .toArray()));
            phase.put(
                    "validation",
                    numbers(epochs.stream()
                            .mapToDouble(EpochRecord::validationTaskLoss)
                            .toArray()));
            phase.put(
                    "sampleSize",
                    numbers(epochs.stream()
                            .mapToDouble(EpochRecord::effectiveSampleSize)
                            .toArray()));
            phase.put("best", best == null ? null : best.epoch());
            phases.add(phase);
        });
        return phases;
    }

    private static List<Map<String, @Nullable Object>> costs(RunReport report) {
        Metrics metrics = report.metrics();
        List<Map<String, @Nullable Object>> costs = new ArrayList<>();
        costs.add(estimate("point forecast", metrics.pointForecast().taskLoss()));
        costs.add(estimate(ReportTables.TWO_STAGE, metrics.twoStage().taskLoss()));
        if (!ReportTables.isTwoStage(report)) {
            costs.add(estimate(report.model().method(), metrics.test().taskLoss()));
        }
        costs.add(estimate("perfect foresight", metrics.perfectForesight()));
        return costs;
    }

    private static Map<String, @Nullable Object> estimate(String name, Estimate estimate) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        map.put("name", name);
        map.put("mean", number(estimate.mean()));
        map.put("error", number(estimate.standardError()));
        return map;
    }

    private static @Nullable Map<String, @Nullable Object> coverage(RunReport report) {
        Calibration calibration = report.calibration().content();
        if (calibration == null) {
            return null;
        }
        Map<String, @Nullable Object> coverage = new LinkedHashMap<>();
        coverage.put("levels", calibration.levels());
        coverage.put(
                "overall",
                calibration.overall().stream().map(e -> number(e.mean())).toList());
        coverage.put(
                "errors",
                calibration.overall().stream()
                        .map(e -> number(e.standardError()))
                        .toList());
        coverage.put(
                "byParameter",
                Arrays.stream(calibration.byParameter())
                        .map(ReportTables.Shortened::of)
                        .map(ReportCharts::numbers)
                        .toList());
        return coverage;
    }

    private static Map<String, @Nullable Object> row(RunReport report, ReportedRow reported) {
        int[] decisions = report.layout().decisions();
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("truth", numbers(ReportTables.Shortened.of(reported.row().parameters())));
        CentralIntervals intervals = reported.intervals();
        if (intervals != null) {
            row.put("median", numbers(ReportTables.Shortened.of(intervals.median())));
            row.put("levels", intervals.levels());
            row.put("lower", shortened(intervals.lower()));
            row.put("upper", shortened(intervals.upper()));
        }
        row.put("decision", numbers(select(reported.row().decision(), decisions)));
        if (!ReportTables.isTwoStage(report)) {
            row.put("twoStage", numbers(select(reported.row().twoStage(), decisions)));
        }
        row.put("optimum", numbers(select(reported.row().optimum(), decisions)));
        return row;
    }

    private static List<List<@Nullable Double>> shortened(double[][] bounds) {
        return Arrays.stream(bounds)
                .map(ReportTables.Shortened::of)
                .map(ReportCharts::numbers)
                .toList();
    }

    private static List<String> names(List<String> names) {
        return names.subList(0, Math.min(names.size(), ReportTables.Shortened.MOST));
    }

    private static List<String> decisionNames(RunReport.Layout layout) {
        List<String> names = DecisionRule.decisionNames(layout.decisionCount());
        return IntStream.of(layout.decisions()).mapToObj(names::get).toList();
    }

    private static double[] select(double[] values, int[] which) {
        return IntStream.of(which).mapToDouble(i -> values[i]).toArray();
    }

    private static List<@Nullable Double> numbers(double[] values) {
        List<@Nullable Double> numbers = new ArrayList<>();
        for (double value : values) {
            numbers.add(number(value));
        }
        return numbers;
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(SIX_DIGITS).doubleValue() : null;
    }
}
