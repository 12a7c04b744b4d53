package org.soebm.runtime.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenalisedResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.task.GraphConvolutionSpec;
import org.soebm.api.task.Table;
import org.soebm.runtime.evaluation.Calibration;
import org.soebm.runtime.evaluation.CentralIntervals;
import org.soebm.runtime.evaluation.IntervalForecast;
import org.soebm.runtime.evaluation.NotableRow;
import org.soebm.runtime.evaluation.TestRow;
import org.soebm.runtime.inference.ModelDescription;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.report.page.ReportedRow;
import org.soebm.runtime.report.page.RunReport;
import org.soebm.runtime.report.page.Shown;

/** From a run to what its report tells: predicts the test rows, and draws the landscape around one of them. */
final class ReportAssembly {
    private static final List<Double> LEVELS = List.of(0.5, 0.8, 0.95);
    private static final int MOST_DECISIONS = 200;

    private final ExperimentPlan plan;
    private final ExperimentResult result;
    private final StochasticProblem problem;
    private final boolean predictsParameters;

    private ReportAssembly(ExperimentPlan plan, ExperimentResult result) {
        this.plan = plan;
        this.result = result;
        problem = StochasticProblem.of(plan.task(), plan.hyperParameters());
        predictsParameters = result.learned().rule() == DecisionRule.EXPECTED_COST;
    }

    /**
     * The report of a run.
     *
     * @param model as it is saved
     */
    static RunReport of(ExperimentPlan plan, ExperimentResult result, ModelDescription model) {
        ReportAssembly assembly = new ReportAssembly(plan, result);
        TestOutcome test = result.test();
        List<ReportedRow> rows = assembly.rows();
        return new RunReport(
                model,
                plan.data().description(),
                result.metrics(),
                result.learned().history(),
                plan.data().parameters().columns(),
                assembly.problem.observationModel() == null,
                test.betterShare(),
                test.worseShare(),
                Shown.attempt("Calibration could not be checked", assembly::calibration),
                rows,
                assembly.layout(),
                new ReportLandscape(assembly.problem, result, plan.seed()).draw(rows));
    }

    private Shown<Calibration> calibration() {
        if (!predictsParameters) {
            return Shown.not("The method " + result.metrics().setting().method()
                    + " predicts decisions and no distribution of what will come, so there are no intervals to check.");
        }
        Table parameters = result.test().parameters();
        Calibration.Counter counter = new Calibration.Counter(LEVELS, parameters.width());
        new IntervalForecast(problem, LEVELS)
                .forEachRow(
                        result.learned().predictor(),
                        result.test().features(),
                        (row, intervals) -> counter.add(intervals, parameters.row(row)));
        return Shown.of(counter.calibration());
    }

    /** The notable rows, each once. */
    private List<ReportedRow> rows() {
        Map<Integer, List<NotableRow>> kinds = new LinkedHashMap<>();
        Map<Integer, TestRow> rows = new LinkedHashMap<>();
        result.test().notable().forEach((kind, row) -> {
            kinds.computeIfAbsent(row.row(), number -> new ArrayList<>()).add(kind);
            rows.put(row.row(), row);
        });
        List<TestRow> distinct = List.copyOf(rows.values());
        List<CentralIntervals> intervals = new ArrayList<>();
        if (predictsParameters) {
            Table features = Table.of(
                    plan.data().features().columns(),
                    distinct.stream().map(TestRow::features).toArray(double[][]::new));
            new IntervalForecast(problem, LEVELS)
                    .forEachRow(result.learned().predictor(), features, (row, predicted) -> intervals.add(predicted));
        }
        List<ReportedRow> reported = new ArrayList<>();
        kinds.forEach((number, why) -> reported.add(new ReportedRow(
                why, distinct.get(reported.size()), intervals.isEmpty() ? null : intervals.get(reported.size()))));
        return reported;
    }

    private RunReport.Layout layout() {
        int count = problem.cost().decisionCount();
        int[] all = IntStream.range(0, count).toArray();
        int[] shown = count <= MOST_DECISIONS ? all : problem.uncertainDecisions();
        return new RunReport.Layout(
                decisionsAreTargets(problem.cost()),
                !(plan.task().network() instanceof GraphConvolutionSpec),
                IntStream.of(shown).limit(MOST_DECISIONS).toArray(),
                count);
    }

    /** Whether decision i and parameter i occur together as a difference in the cost, and with no other ones. */
    static boolean decisionsAreTargets(CostFunction cost) {
        if (!(cost instanceof PenaltyCost penalties)
                || cost.parameterCount() != cost.decisionCount()
                || cost.decisionCount() > MOST_DECISIONS) {
            return false;
        }
        boolean[] isTarget = new boolean[cost.decisionCount()];
        for (PenalisedResidual penalised : penalties.residuals()) {
            SparseVector parameters = penalised.residual().parameterCoefficients();
            SparseVector decisions = penalised.residual().decisionCoefficients();
            if (parameters.size() == 0 || decisions.size() == 0) {
                continue;
            }
            boolean isDifference = parameters.size() == 1
                    && decisions.size() == 1
                    && parameters.index(0) == decisions.index(0)
                    && parameters.value(0) == -decisions.value(0);
            if (!isDifference) {
                return false;
            }
            isTarget[decisions.index(0)] = true;
        }
        return IntStream.range(0, isTarget.length).allMatch(i -> isTarget[i]);
    }
}
