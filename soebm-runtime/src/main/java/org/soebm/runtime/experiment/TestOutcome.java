package org.soebm.runtime.experiment;

import java.util.EnumMap;
import java.util.Map;
import org.soebm.api.task.Table;
import org.soebm.runtime.evaluation.NotableRow;
import org.soebm.runtime.evaluation.TestRow;
import org.soebm.runtime.inference.DecisionMaker;

/**
 * What a report on the test rows is made from, beside the figures.
 *
 * @param features x, shape (n, dx)
 * @param parameters y, shape (n, dy)
 * @param notable rows worth a closer look
 * @param betterShare of rows where the method costs less than two-stage
 * @param worseShare of rows where it costs more
 * @param decisionMaker poses the problems of the learned network; works until the experiment's solver is closed
 */
public record TestOutcome(
        Table features,
        Table parameters,
        Map<NotableRow, TestRow> notable,
        double betterShare,
        double worseShare,
        DecisionMaker decisionMaker) {
    /** From the decisions of the method and of two-stage for the same rows. */
    static TestOutcome of(PreparedRows rows, DecidedRows own, DecidedRows twoStage, DecisionMaker decisionMaker) {
        Map<NotableRow, TestRow> notable = new EnumMap<>(NotableRow.class);
        NotableRow.of(own.losses(), twoStage.losses())
                .forEach((kind, row) -> notable.put(
                        kind,
                        new TestRow(
                                rows.test().rows()[row],
                                rows.features().row(row),
                                rows.parameters().row(row),
                                own.decisions().row(row),
                                twoStage.decisions().row(row),
                                rows.test().decisions().row(row),
                                own.losses()[row],
                                twoStage.losses()[row],
                                rows.foresight()[row])));
        int better = 0;
        int worse = 0;
        for (int row = 0; row < own.losses().length; row++) {
            better += own.losses()[row] < twoStage.losses()[row] ? 1 : 0;
            worse += own.losses()[row] > twoStage.losses()[row] ? 1 : 0;
        }
        double count = own.losses().length;
        return new TestOutcome(
                rows.features(), rows.parameters(), notable, better / count, worse / count, decisionMaker);
    }
}
