package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import org.soebm.api.task.DataException;
import org.soebm.runtime.data.Standardizer;

/**
 * The training rows, of which each step takes a batch. Few rows are tensors on the device for the whole session; of many,
 * only those of a step are. Both give the same numbers to the last bit.
 */
sealed interface TrainingRows extends AutoCloseable permits ResidentRows, StreamedRows {
    /** The system property for the MiB of training rows that may be on the device for the whole session. */
    String MEMORY_PROPERTY = "soebm.training.mebibytes";

    /** Its default: little beside the engine, and more than the tasks of the literature need. */
    int DEFAULT_MEBIBYTES = 128;

    /** What fits into one Java array. */
    int MOST_MEBIBYTES = 8191;

    /** The rows in the order of an epoch. */
    @FunctionalInterface
    interface Shuffled {
        /**
         * Some of them.
         *
         * @param from the batch's first row
         * @param to the row after its last
         * @param scope owns the batch
         */
        RowBatch batch(int from, int to, NDManager scope);
    }

    /** The number of rows. */
    int count();

    /**
     * The rows in another order.
     *
     * @param order row numbers
     * @param scope of the epoch
     */
    Shuffled shuffled(long[] order, NDManager scope);

    /** Frees what is on disk; tensors go with the session's scope. */
    @Override
    void close();

    /**
     * The rows of a problem; to be closed.
     *
     * @param features their scaling
     * @param scope of the session
     */
    static TrainingRows of(LearningProblem problem, Standardizer features, NDManager scope) {
        RowTables tables = RowTables.of(problem, features);
        return tables.bytes() <= memory()
                ? new ResidentRows(RowTables.batch(tables.values(), tables.widths(), tables.count(), scope))
                : new StreamedRows(tables);
    }

    private static long memory() {
        String text = System.getProperty(MEMORY_PROPERTY, Integer.toString(DEFAULT_MEBIBYTES));
        try {
            double mebibytes = Double.parseDouble(text);
            if (mebibytes >= 0 && mebibytes <= MOST_MEBIBYTES) {
                return (long) (mebibytes * (1 << 20));
            }
        } catch (NumberFormatException e) {
            // not a number: said below, with what is needed
        }
        throw new DataException("The system property " + MEMORY_PROPERTY + " is '" + text
                + "', but must be a number of MiB from 0 to " + MOST_MEBIBYTES + ".");
    }
}
