package org.soebm.runtime.preprocessing;

import java.util.List;
import org.soebm.api.task.Table;

/**
 * Optimal decisions in hindsight.
 *
 * @param rows the solved rows' numbers in the table of parameters, in the order they were asked for
 * @param decisions a*(y) of each solved row, shape (rows, da)
 * @param skipped the rows without a decision, empty unless skipping was allowed
 * @param cached whether the decisions were found in the cache
 */
public record Hindsight(int[] rows, Table decisions, List<SkippedRow> skipped, boolean cached) {
    /**
     * A row that was left out.
     *
     * @param row its number in the table of parameters
     * @param reason why it has no decision, a clause
     */
    public record SkippedRow(int row, String reason) {}

    /** Copies the list. */
    public Hindsight {
        skipped = List.copyOf(skipped);
    }
}
