package org.soebm.runtime.experiment;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a plan come from, for whoever wants to repeat it.
 *
 * @param data what the task read, or null where it made rows itself
 * @param split the file that fixes the split, or null where there was none
 * @param trainFraction the share of the training rows that was taken
 */
public record RowSource(@Nullable Path data, @Nullable Path split, double trainFraction) {
    /** All rows that the task makes itself. */
    public static final RowSource TASK = new RowSource(null, null, 1);

    /** This source with another share of the training rows. */
    public RowSource withTrainFraction(double fraction) {
        return new RowSource(data, split, fraction);
    }
}
