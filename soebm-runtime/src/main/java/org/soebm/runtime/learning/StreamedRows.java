package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import java.util.stream.IntStream;
import org.soebm.api.task.Table;

/**
 * Rows in a table, on disk where it is large, until a step needs them. All numbers of a row are beside each other, scaled
 * as the network takes them, so that a step reads each of its rows at once.
 */
final class StreamedRows implements TrainingRows {
    private static final int ROWS_AT_A_TIME = 4096;

    private final Table packed; // in single precision, kept as doubles
    private final int[] widths;

    /** Copies rows; to be closed. */
    StreamedRows(RowTables tables) {
        widths = tables.widths();
        int width = IntStream.of(widths).sum();
        Table.Builder builder = Table.builder(
                IntStream.range(0, width).mapToObj(Integer::toString).toList());
        double[] packedRow = new double[width];
        for (int from = 0; from < tables.count(); from += ROWS_AT_A_TIME) {
            int to = Math.min(tables.count(), from + ROWS_AT_A_TIME);
            float[][] values = tables.select(from, to).values();
            for (int row = 0; row < to - from; row++) {
                int next = 0;
                for (int part = 0; part < widths.length; part++) {
                    for (int i = 0; i < widths[part]; i++) {
                        packedRow[next++] = values[part][row * widths[part] + i];
                    }
                }
                builder.add(packedRow);
            }
        }
        packed = builder.build();
    }

    @Override
    public int count() {
        return packed.rows();
    }

    @Override
    public Shuffled shuffled(long[] order, NDManager scope) {
        return (from, to, batchScope) -> batch(
                packed.select(IntStream.range(from, to).map(i -> (int) order[i]).toArray()), batchScope);
    }

    private RowBatch batch(Table rows, NDManager scope) {
        float[][] values = new float[widths.length][];
        for (int part = 0; part < widths.length; part++) {
            values[part] = new float[rows.rows() * widths[part]];
        }
        rows.forEachRow((row, all) -> {
            int next = 0;
            for (int part = 0; part < widths.length; part++) {
                for (int i = 0; i < widths[part]; i++) {
                    values[part][row * widths[part] + i] = (float) all[next++];
                }
            }
        });
        return RowTables.batch(values, widths, rows.rows(), scope);
    }

    @Override
    public void close() {
        packed.discard();
    }
}
