package org.soebm.runtime.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.soebm.runtime.evaluation.Calibration;
import org.soebm.runtime.evaluation.CentralIntervals;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.TestLoss;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.report.Metrics;

/** The numbers of a report as tables, which are there without JavaScript too. */
final class ReportTables {
    static final String TWO_STAGE = "two-stage";

    private ReportTables() {}

    /** A table of text; the first cell of each row names it. */
    record Grid(String caption, List<String> header, List<List<String>> rows) {}

    static boolean isTwoStage(RunReport report) {
        return report.model().method().equals(TWO_STAGE);
    }

    /** Task loss and regret of each way to decide. */
    static Grid costs(RunReport report) {
        Metrics metrics = report.metrics();
        List<List<String>> rows = new ArrayList<>();
        rows.add(cost("point forecast", metrics.pointForecast()));
        rows.add(cost(TWO_STAGE, metrics.twoStage()));
        if (!isTwoStage(report)) {
            rows.add(cost(report.model().method(), metrics.test()));
        }
        rows.add(List.of("perfect foresight", Numbers.of(metrics.perfectForesight()), "0"));
        return new Grid(
                "Mean and standard error over " + Numbers.count(metrics.rows().test())
                        + " test rows; smaller is better",
                List.of("Decisions by", "Task loss", "Regret"),
                rows);
    }

    private static List<String> cost(String name, TestLoss loss) {
        return List.of(name, Numbers.of(loss.taskLoss()), Numbers.of(loss.regret()));
    }

    /** What the method gains, and how much of the gap it closes. */
    static List<Fact> gains(RunReport report) {
        Metrics metrics = report.metrics();
        List<Fact> facts = new ArrayList<>();
        if (!isTwoStage(report)) {
            facts.add(new Fact("Gain over two-stage, row by row", Numbers.of(metrics.gain())));
            facts.add(new Fact(
                    "Gap to foresight closed from two-stage",
                    Numbers.percent(metrics.gapClosedFrom(metrics.twoStage()))));
        }
        facts.add(new Fact(
                "Gap to foresight closed from the point forecast",
                Numbers.percent(metrics.gapClosedFrom(metrics.pointForecast()))));
        return facts;
    }

    /** The history, an epoch a row. */
    static Grid history(RunReport report) {
        List<List<String>> rows = new ArrayList<>();
        for (EpochRecord epoch : report.history()) {
            rows.add(List.of(
                    epoch.phase() + " " + epoch.epoch(),
                    Numbers.of(epoch.trainingLoss()),
                    Numbers.of(epoch.validationTaskLoss()),
                    Numbers.of(epoch.effectiveSampleSize()),
                    Numbers.seconds(epoch.epoch() == 0 ? Double.NaN : epoch.seconds())));
        }
        return new Grid(
                "All epochs; epoch 0 is the start of a phase",
                List.of(
                        "Phase and epoch",
                        "Training loss",
                        "Validation task loss",
                        "Effective sample size",
                        "Training time"),
                rows);
    }

    /** Coverage of all parameters together. */
    static Grid coverage(Calibration calibration) {
        List<List<String>> rows = new ArrayList<>();
        for (int level = 0; level < calibration.levels().size(); level++) {
            Estimate covered = calibration.overall().get(level);
            double nominal = calibration.levels().get(level);
            rows.add(List.of(
                    Numbers.percent(nominal),
                    Numbers.of(new Estimate(100 * covered.mean(), 100 * covered.standardError())) + "%",
                    (covered.mean() > nominal ? "+" : "")
                            + Numbers.percent(covered.mean() - nominal).replace("%", " points")));
        }
        return new Grid(
                "Coverage of all parameters, " + Numbers.count(calibration.rows()) + " test rows, with standard error",
                List.of("Interval", "Covered", "Difference"),
                rows);
    }

    /** Coverage of each parameter. */
    static Grid coverageByParameter(RunReport report, Calibration calibration) {
        List<String> header = new ArrayList<>(List.of("Parameter"));
        calibration.levels().forEach(level -> header.add(Numbers.percent(level) + " interval"));
        List<List<String>> rows = new ArrayList<>();
        for (int i : Shortened.of(report.parameterNames().size())) {
            List<String> row = new ArrayList<>(List.of(report.parameterNames().get(i)));
            for (double[] covered : calibration.byParameter()) {
                row.add(Numbers.percent(covered[i]));
            }
            rows.add(row);
        }
        return new Grid(
                "Coverage of each parameter"
                        + Shortened.note(report.parameterNames().size()),
                header,
                rows);
    }

    /** What was predicted for a test row, and what came. */
    static Grid parameters(RunReport report, ReportedRow row) {
        CentralIntervals intervals = row.intervals();
        List<String> header = new ArrayList<>(List.of("Parameter", "Came"));
        if (intervals != null) {
            header.add("Median predicted");
            intervals.levels().forEach(level -> header.add(Numbers.percent(level) + " interval"));
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i : Shortened.of(report.parameterNames().size())) {
            List<String> cells = new ArrayList<>(
                    List.of(report.parameterNames().get(i), Numbers.of(row.row().parameters()[i])));
            if (intervals != null) {
                cells.add(Numbers.of(intervals.median()[i]));
                for (int level = 0; level < intervals.levels().size(); level++) {
                    cells.add(Numbers.of(intervals.lower()[level][i]) + " to "
                            + Numbers.of(intervals.upper()[level][i]));
                }
            }
            rows.add(cells);
        }
        return new Grid(
                "What was predicted and what came"
                        + Shortened.note(report.parameterNames().size()),
                header,
                rows);
    }

    /** What was decided for a test row. */
    static Grid decisions(RunReport report, ReportedRow row) {
        List<String> names = DecisionRule.decisionNames(report.layout().decisionCount());
        List<String> header =
                new ArrayList<>(List.of("Decision", "By " + report.model().method()));
        if (!isTwoStage(report)) {
            header.add("By two-stage");
        }
        header.add("Optimal in hindsight");
        List<List<String>> rows = IntStream.of(report.layout().decisions())
                .mapToObj(i -> {
                    List<String> cells = new ArrayList<>(
                            List.of(names.get(i), Numbers.of(row.row().decision()[i])));
                    if (!isTwoStage(report)) {
                        cells.add(Numbers.of(row.row().twoStage()[i]));
                    }
                    cells.add(Numbers.of(row.row().optimum()[i]));
                    return cells;
                })
                .toList();
        int shown = report.layout().decisions().length;
        String note = shown < names.size()
                ? " (" + Numbers.count(shown) + " of " + Numbers.count(names.size()) + " decisions)"
                : "";
        return new Grid("What was decided" + note, header, rows);
    }

    /** The first entries of what would be too long to show. */
    static final class Shortened {
        static final int MOST = 200;

        private Shortened() {}

        static int[] of(int count) {
            return IntStream.range(0, Math.min(count, MOST)).toArray();
        }

        static double[] of(double[] values) {
            return Arrays.copyOf(values, Math.min(values.length, MOST));
        }

        static String note(int count) {
            return count > MOST ? " (the first " + MOST + " of " + Numbers.count(count) + ")" : "";
        }
    }
}
