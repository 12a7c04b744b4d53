package org.soebm.runtime.report.page;

import java.util.List;
import org.soebm.runtime.evaluation.Calibration;
import org.soebm.runtime.inference.ModelDescription;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.report.Metrics;

/**
 * What a report tells of a run.
 *
 * @param model what was trained, with its settings and versions
 * @param data where the rows come from, one line
 * @param metrics figures on the test rows
 * @param history one record an epoch, over all phases
 * @param parameterNames of y, length dy
 * @param sawParameters whether the likelihood was of what the intervals are of, and not of observations that tell of it
 * @param betterShare of test rows where the method costs less than two-stage
 * @param worseShare of test rows where it costs more
 * @param calibration of the predictive distribution on the test rows
 * @param rows some test rows
 * @param layout how to draw them
 * @param landscape around the optimal decision of one of them
 */
public record RunReport(
        ModelDescription model,
        String data,
        Metrics metrics,
        List<EpochRecord> history,
        List<String> parameterNames,
        boolean sawParameters,
        double betterShare,
        double worseShare,
        Shown<Calibration> calibration,
        List<ReportedRow> rows,
        Layout layout,
        Shown<LandscapePanels> landscape) {
    /** Copies the lists. */
    public RunReport {
        history = List.copyOf(history);
        parameterNames = List.copyOf(parameterNames);
        rows = List.copyOf(rows);
    }

    /**
     * How test rows are drawn.
     *
     * @param decisionsAreTargets whether decision i is set against parameter i in the cost, so that both fit one picture
     * @param parametersAreOrdered whether neighbouring parameters follow each other, such as hours of a day
     * @param decisions the numbers of the decisions to show
     * @param decisionCount how many there are
     */
    public record Layout(
            boolean decisionsAreTargets, boolean parametersAreOrdered, int[] decisions, int decisionCount) {}
}
