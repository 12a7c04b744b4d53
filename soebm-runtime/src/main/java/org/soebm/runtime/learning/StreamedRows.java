package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import java.util.stream.IntStream;

/** Rows that stay in their tables, on disk maybe, until a step needs them. */
record StreamedRows(RowTables tables) implements TrainingRows {
    @Override
    public int count() {
        return tables.count();
    }

    @Override
    public Shuffled shuffled(long[] order, NDManager scope) {
        return (from, to, batchScope) ->
                tables.batch(IntStream.range(from, to).map(i -> (int) order[i]).toArray(), batchScope);
    }
}
