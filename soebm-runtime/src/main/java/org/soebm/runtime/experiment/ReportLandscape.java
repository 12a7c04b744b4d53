package org.soebm.runtime.experiment;

import ai.djl.Device;
import java.awt.AWTError;
import java.util.List;
import java.util.Locale;
import org.soebm.api.cost.Objective;
import org.soebm.api.task.Table;
import org.soebm.runtime.evaluation.Landscape;
import org.soebm.runtime.evaluation.TestRow;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.report.LandscapeChart;
import org.soebm.runtime.report.PictureFile;
import org.soebm.runtime.report.page.LandscapePanels;
import org.soebm.runtime.report.page.ReportedRow;
import org.soebm.runtime.report.page.Shown;

/**
 * The landscape around the first of the reported rows, as fine as a second or two of computing allows, or a small share of the
 * time that training took.
 *
 * @param problem of the task
 * @param seed of directions that nothing else gives
 */
record ReportLandscape(StochasticProblem problem, ExperimentResult result, long seed) {
    private static final int[] POINTS = {41, 31, 21};
    private static final int PROBE = 5;
    private static final double SECONDS = 1.5;
    private static final double SHARE = 0.02; // of training
    private static final String UNIT = "task cost";

    /** Computes and draws it, or says why not. */
    Shown<LandscapePanels> draw(List<ReportedRow> rows) {
        return Shown.attempt("The landscape could not be drawn", () -> drawn(rows));
    }

    private Shown<LandscapePanels> drawn(List<ReportedRow> rows) {
        if (result.learned().rule() != DecisionRule.EXPECTED_COST) {
            return Shown.not("The method " + result.metrics().setting().method()
                    + " predicts decisions and no cost of them, so it has no energy to draw.");
        }
        if (rows.isEmpty()) {
            return Shown.not("There is no test row to draw the landscape of.");
        }
        TestRow row = rows.get(0).row();
        TestRow other = rows.get(rows.size() - 1).row();
        try (Objectives objectives = new Objectives(problem.cost(), problem.constraints(), Device.cpu())) {
            Objective truth = objectives.hindsight(row.parameters()).objective();
            Table features = Table.of(result.test().features().columns(), new double[][] {row.features()});
            Objective learned = result.test()
                    .decisionMaker()
                    .problem(objectives, result.learned().predictor(), features)
                    .objective();
            landscape(truth, learned, row, other, 2); // so that what is loaded and compiled once does not count
            long start = System.nanoTime();
            landscape(truth, learned, row, other, PROBE);
            double secondsAPoint = (System.nanoTime() - start) * 1e-9 / (PROBE * PROBE);
            double allowed = Math.max(SECONDS, SHARE * result.metrics().effort().trainSeconds());
            for (int points : POINTS) {
                if (secondsAPoint * points * points <= allowed) {
                    return Shown.of(panels(landscape(truth, learned, row, other, points), row));
                }
            }
            int fewest = POINTS[POINTS.length - 1];
            return Shown.not(String.format(
                    Locale.ROOT,
                    "The cost takes %.1f ms a decision, so a picture of %d × %d points would have held the run up for %.1f s."
                            + " The command soebm landscape draws it.",
                    1e3 * secondsAPoint,
                    fewest,
                    fewest,
                    secondsAPoint * fewest * fewest));
        } catch (AWTError failure) {
            return Shown.not("This Java cannot draw the landscape: " + failure.getMessage());
        }
    }

    private Landscape landscape(Objective truth, Objective learned, TestRow row, TestRow other, int points) {
        return Landscape.of(
                problem.cost(),
                problem.constraints(),
                truth,
                learned,
                row.optimum(),
                row.decision(),
                other.optimum(),
                points,
                seed);
    }

    private static LandscapePanels panels(Landscape landscape, TestRow row) {
        return new LandscapePanels(
                PictureFile.bytes(LandscapeChart.truth(landscape, UNIT)),
                PictureFile.bytes(LandscapeChart.learned(landscape, UNIT)),
                row.row());
    }
}
