package org.soebm.runtime.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.evaluation.Calibration;
import org.soebm.runtime.evaluation.CentralIntervals;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.NotableRow;
import org.soebm.runtime.evaluation.TestLoss;
import org.soebm.runtime.evaluation.TestRow;
import org.soebm.runtime.inference.ModelDescription;
import org.soebm.runtime.inference.TrainingData;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.report.Metrics;

/** Reports of runs that never were, for what no quick training comes up with. */
final class MadeUpReports {
    /** Would end a script, run one, end an attribute, and be taken for a place to fill. */
    static final String HOSTILE =
            "</script><img src=x onerror=\"document.title='hacked'\">'\"{{task}}{{{style}}}&amp;<!--";

    private static final List<Double> LEVELS = List.of(0.5, 0.8, 0.95);

    private MadeUpReports() {}

    /** Every text that comes from a task, its data or its columns is hostile. */
    static RunReport hostile() {
        return report(HOSTILE, names(HOSTILE, 3), 3, false);
    }

    /** Hundreds of parameters with long names, thousands of decisions, and figures that do not exist. */
    static RunReport wide() {
        return report("wide-task", names("a rather long name of a column without any break_", 300), 3_000, true);
    }

    private static RunReport report(String name, List<String> parameters, int decisions, boolean hasGaps) {
        Estimate some = new Estimate(1234.5678, hasGaps ? Double.NaN : 0.25);
        TestLoss loss = new TestLoss(some, some);
        Metrics metrics = new Metrics(
                new Metrics.Setting(name, name, name, "cpu", 5),
                new Metrics.Rows(1_000, 30, 40, hasGaps ? 3 : 0),
                loss,
                loss,
                loss,
                new Estimate(-0.5, 0.1),
                new Estimate(0, 0),
                new Metrics.Validation(3.5, 4),
                new Metrics.Effort(2, true, 600, 0.25, 12, 0.5, hasGaps ? Double.NaN : 1.2));
        List<EpochRecord> history = new ArrayList<>();
        for (int epoch = 0; epoch <= 6; epoch++) {
            double validation = epoch % 2 == 0 ? 9 - epoch : Double.NaN;
            history.add(
                    new EpochRecord("two-stage", epoch, epoch == 0 ? Double.NaN : -epoch, validation, Double.NaN, 0.1));
        }
        for (int epoch = 0; epoch <= 3; epoch++) {
            history.add(
                    new EpochRecord(name, epoch, epoch == 0 ? Double.NaN : epoch, 3, hasGaps ? Double.NaN : 1.2, 1));
        }
        int width = parameters.size();
        Calibration.Counter counter = new Calibration.Counter(LEVELS, width);
        double[] std = new double[width];
        Arrays.fill(std, 1);
        double[] mean = new double[width];
        mean[0] = hasGaps ? Double.NaN : 0;
        for (int row = 0; row < 40; row++) {
            double[] y = new double[width];
            Arrays.fill(y, 0.1 * (row - 20));
            counter.add(CentralIntervals.ofGaussian(LEVELS, mean, std), y);
        }
        double[] a = IntStream.range(0, decisions).mapToDouble(i -> Math.sin(i)).toArray();
        TestRow row = new TestRow(17, new double[2], std, a, a, a, 3, 4, 0);
        return new RunReport(
                model(name, parameters),
                name,
                metrics,
                history,
                parameters,
                !hasGaps,
                0.25,
                0.7,
                Shown.of(counter.calibration()),
                List.of(new ReportedRow(
                        List.of(NotableRow.values()), row, CentralIntervals.ofGaussian(LEVELS, mean, std))),
                new RunReport.Layout(
                        false,
                        hasGaps,
                        IntStream.range(0, Math.min(200, decisions)).toArray(),
                        decisions),
                Shown.not("No landscape of " + name + "."));
    }

    private static ModelDescription model(String name, List<String> parameters) {
        TrainingSchedule schedule = new TrainingSchedule(6, 16, 1e-2, 0, 0, 2, Integer.MAX_VALUE);
        return new ModelDescription(
                ModelDescription.FORMAT_VERSION,
                name,
                "fingerprint",
                name,
                DecisionRule.EXPECTED_COST,
                5,
                new MultilayerPerceptronSpec(List.of(8), true, 0),
                new ModelDescription.Columns(parameters, new double[0], new double[0]),
                new ModelDescription.Columns(parameters, new double[0], new double[0]),
                new HyperParameters(schedule, schedule, new EnergySettings(16, 5, 1, List.of(0.1, 0.5))),
                List.of(new ModelDescription.ArrayDescription("w", new long[] {3, 4})),
                "digest",
                Map.of(name, name),
                new TrainingData(name, 1, new double[0], new double[0]));
    }

    private static List<String> names(String stem, int count) {
        return IntStream.range(0, count).mapToObj(i -> stem + i).toList();
    }
}
