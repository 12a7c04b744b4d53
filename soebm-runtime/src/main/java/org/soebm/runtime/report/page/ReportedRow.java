package org.soebm.runtime.report.page;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.evaluation.CentralIntervals;
import org.soebm.runtime.evaluation.NotableRow;
import org.soebm.runtime.evaluation.TestRow;

/**
 * A test row in a report.
 *
 * @param kinds why it is shown, at least one reason
 * @param row what was decided and what came
 * @param intervals what was predicted; null where the network predicts a decision itself
 */
public record ReportedRow(
        List<NotableRow> kinds, TestRow row, @Nullable CentralIntervals intervals) {
    /** Copies the list. */
    public ReportedRow {
        kinds = List.copyOf(kinds);
    }
}
