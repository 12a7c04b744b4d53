package org.soebm.api.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table of finite numbers with named columns. Immutable and thread-safe.
 *
 * <p>A table of more than {@value #DEFAULT_MEBIBYTES} MiB (or the number that the system property
 * {@value #MEMORY_PROPERTY} gives) is kept in a file of the folder for temporary files (of /var/tmp
 * where that is in memory, or of the one that {@value #FOLDER_PROPERTY} gives), so that its size does not count as memory; the numbers are the same to the last bit.
 * There, read many rows at a time with {@link #copyRows} or {@link #forEachRow}: {@link #get} goes to the file for a single
 * value. The file is gone when the table and all that was selected from it are no longer reachable, after
 * {@link #discard}, and when the process ends, however it does.
 */
public final class Table {
    /** The system property for the MiB above which a table is kept in a file. */
    public static final String MEMORY_PROPERTY = "soebm.table.mebibytes";

    /** The system property for the folder of such files. */
    public static final String FOLDER_PROPERTY = "soebm.table.folder";

    private static final int DEFAULT_MEBIBYTES = 64;
    private static final long LARGEST_MEBIBYTES = 8192; // of which an array can have the elements
    private static final int VALUES_AT_A_TIME = 1 << 15;

    /** For temporary files too large for a file system in memory, where /tmp may be one. */
    private static final Path LARGE_FILES = Path.of("/var/tmp");

    private final List<String> columns;
    private final int rows;
    private final TableStorage storage;
    private final int @Nullable [] order; // the storage's rows that are this table's; null where all are

    private Table(List<String> columns, int rows, TableStorage storage, int @Nullable [] order) {
        this.columns = columns;
        this.rows = rows;
        this.storage = storage;
        this.order = order;
    }

    /**
     * A table from rows.
     *
     * @throws DataException when a row has another width than there are columns, or a value is not finite
     */
    public static Table of(List<String> columns, double[][] rows) {
        Builder builder = new Builder(columns, rows.length, memory());
        for (double[] row : rows) {
            builder.add(row);
        }
        return builder.build();
    }

    /** A table to be filled row by row, of which no more is in memory than the table itself is going to have there. */
    public static Builder builder(List<String> columns) {
        return new Builder(columns, 16, memory());
    }

    /** Fills a table. Not thread-safe. */
    public static final class Builder {
        private final List<String> columns;
        private final long memory; // values that may stay there
        private double[] values;
        private int rows;
        private SpoolFile.@Nullable Writer spool; // has all rows once there is one
        private boolean isBuilt;

        private Builder(List<String> columns, int capacity, long memory) {
            this.columns = List.copyOf(columns);
            this.memory = memory;
            values = new double[Math.toIntExact(Math.min((long) capacity * columns.size(), memory))];
        }

        /**
         * Appends a row.
         *
         * @param row is copied
         * @throws DataException when it has another width than there are columns, a value is not finite, or there is no
         *     room for it
         */
        public Builder add(double[] row) {
            if (isBuilt) {
                throw new IllegalStateException("The table is already built. Start another one.");
            }
            if (row.length != columns.size()) {
                throw new DataException("Row " + rows + " has " + row.length + " values, but the table has "
                        + columns.size() + " columns.");
            }
            for (int c = 0; c < row.length; c++) {
                if (!Double.isFinite(row[c])) {
                    throw new DataException("Row " + rows + ", column " + columns.get(c) + " is " + row[c]
                            + ", but must be a finite number.");
                }
            }
            if (rows == Integer.MAX_VALUE) {
                throw new DataException("A table can have " + rows + " rows, but there are more.");
            }
            append(row);
            rows++;
            return this;
        }

        private void append(double[] row) {
            long length = (long) rows * row.length;
            if (spool == null && length + row.length > memory) {
                spool = new SpoolFile.Writer(folder(), row.length);
                spool.append(values, (int) length);
                values = new double[0];
            }
            if (spool != null) {
                spool.append(row, row.length);
                return;
            }
            int start = (int) length;
            if (start + row.length > values.length) {
                values = Arrays.copyOf(values, (int)
                        Math.min(memory, Math.max(2L * values.length, (long) start + row.length)));
            }
            System.arraycopy(row, 0, values, start, row.length);
        }

        /** The number of rows so far. */
        public int rows() {
            return rows;
        }

        /** Removes the file of a table that is not going to be built; the builder is of no use afterwards. */
        public void discard() {
            isBuilt = true;
            if (spool != null) {
                spool.discard();
            }
        }

        /** The table; the builder is of no use afterwards. */
        public Table build() {
            isBuilt = true;
            if (spool != null) {
                return new Table(columns, rows, spool.finish(), null);
            }
            int length = rows * columns.size();
            double[] all = values.length == length ? values : Arrays.copyOf(values, length);
            return new Table(columns, rows, new MemoryStorage(all, columns.size()), null);
        }
    }

    /** The column names. */
    public List<String> columns() {
        return columns;
    }

    /** The number of columns. */
    public int width() {
        return columns.size();
    }

    /** The number of rows. */
    public int rows() {
        return rows;
    }

    /** One cell. */
    public double get(int row, int column) {
        return storage.get(stored(row), Objects.checkIndex(column, columns.size()));
    }

    /** A copy of one row. */
    public double[] row(int row) {
        double[] values = new double[columns.size()];
        storage.copy(stored(row), 1, values, 0);
        return values;
    }

    /**
     * Copies consecutive rows.
     *
     * @param from the first
     * @param to the one after the last
     * @param target gets them from its start on, row-major
     */
    public void copyRows(int from, int to, double[] target) {
        Objects.checkFromToIndex(from, to, rows);
        int offset = 0;
        for (int row = from; row < to; ) {
            int end = row + 1;
            while (end < to && stored(end) == stored(end - 1) + 1) {
                end++;
            }
            storage.copy(stored(row), end - row, target, offset);
            offset += (end - row) * columns.size();
            row = end;
        }
    }

    /** Does something with each row in order. */
    @FunctionalInterface
    public interface RowAction {
        /**
         * Takes a row.
         *
         * @param row its number
         * @param values of the row, valid until this returns
         */
        void accept(int row, double[] values);
    }

    /** Goes through all rows, of which few are in memory at a time. */
    public void forEachRow(RowAction action) {
        int width = columns.size();
        int atATime = Math.max(1, Math.min(rows, VALUES_AT_A_TIME / Math.max(1, width)));
        double[] block = new double[atATime * width];
        double[] values = new double[width];
        for (int from = 0; from < rows; from += atATime) {
            int to = Math.min(rows, from + atATime);
            copyRows(from, to, block);
            for (int row = from; row < to; row++) {
                System.arraycopy(block, (row - from) * width, values, 0, width);
                action.accept(row, values);
            }
        }
    }

    /** The rows of the given indices, in that order, as a table. */
    public Table select(int[] indices) {
        int[] selected = new int[indices.length];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = stored(indices[i]);
        }
        return inMemoryIfSmall(new Table(columns, selected.length, storage, selected));
    }

    /** Consecutive rows as a table: from the first to before the last. */
    public Table select(int from, int to) {
        Objects.checkFromToIndex(from, to, rows);
        int[] selected = new int[to - from];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = stored(from + i);
        }
        return inMemoryIfSmall(new Table(columns, selected.length, storage, selected));
    }

    /** So that what is small neither holds on to a large table nor goes to a file for each row. */
    private static Table inMemoryIfSmall(Table view) {
        long length = (long) view.rows * view.width();
        if (length > memory()) {
            return view;
        }
        double[] values = new double[(int) length];
        view.copyRows(0, view.rows, values);
        return new Table(view.columns, view.rows, new MemoryStorage(values, view.width()), null);
    }

    /**
     * Removes the file of a table that has one, now and not some time after it was last reachable. Neither the table nor
     * what was selected from it may be read afterwards, unless it fits into memory.
     */
    public void discard() {
        if (storage instanceof SpoolFile spool) {
            spool.close();
        }
    }

    private int stored(int row) {
        int index = Objects.checkIndex(row, rows);
        return order == null ? index : order[index];
    }

    /** How many values a table may have in memory. */
    private static long memory() {
        String text = System.getProperty(MEMORY_PROPERTY, Integer.toString(DEFAULT_MEBIBYTES));
        try {
            double mebibytes = Double.parseDouble(text);
            if (mebibytes >= 0 && mebibytes <= LARGEST_MEBIBYTES) {
                return (long) (mebibytes * (1 << 20) / Double.BYTES);
            }
        } catch (NumberFormatException e) {
            // not a number: said below, with what is needed
        }
        throw new DataException("The system property " + MEMORY_PROPERTY + " is '" + text
                + "', but must be a number of MiB from 0 to " + LARGEST_MEBIBYTES + ".");
    }

    private static Path folder() {
        String named = System.getProperty(FOLDER_PROPERTY);
        if (named != null && !named.isBlank()) {
            return Path.of(named);
        }
        Path usual = Path.of(System.getProperty("java.io.tmpdir", "."));
        return isMemory(usual) && Files.isWritable(LARGE_FILES) && !isMemory(LARGE_FILES) ? LARGE_FILES : usual;
    }

    /** Whether files there take memory after all. */
    private static boolean isMemory(Path folder) {
        try {
            return Files.getFileStore(folder).type().equals("tmpfs");
        } catch (IOException e) {
            return false; // creating a file there will say why
        }
    }

    @Override
    public String toString() {
        return "Table[" + rows + " rows, " + columns.size() + " columns]";
    }
}
