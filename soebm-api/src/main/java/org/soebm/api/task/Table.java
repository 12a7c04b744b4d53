package org.soebm.api.task;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A table of finite numbers with named columns, row-major in one array. Immutable.
 */
public final class Table {
    private final List<String> columns;
    private final int rows;
    private final double[] values; // (rows, columns)

    private Table(List<String> columns, int rows, double[] values) {
        this.columns = List.copyOf(columns);
        this.rows = rows;
        this.values = values;
    }

    /**
     * A table from rows.
     *
     * @throws DataException when a row has another width than there are columns, or a value is not finite
     */
    public static Table of(List<String> columns, double[][] rows) {
        double[] values = new double[rows.length * columns.size()];
        for (int r = 0; r < rows.length; r++) {
            if (rows[r].length != columns.size()) {
                throw new DataException("Row " + r + " has " + rows[r].length + " values, but the table has "
                        + columns.size() + " columns.");
            }
            for (int c = 0; c < columns.size(); c++) {
                if (!Double.isFinite(rows[r][c])) {
                    throw new DataException("Row " + r + ", column " + columns.get(c) + " is " + rows[r][c]
                            + ", but must be a finite number.");
                }
            }
            System.arraycopy(rows[r], 0, values, r * columns.size(), columns.size());
        }
        return new Table(columns, rows.length, values);
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
        return values[start(row) + Objects.checkIndex(column, columns.size())];
    }

    /** A copy of one row. */
    public double[] row(int row) {
        return Arrays.copyOfRange(values, start(row), start(row) + columns.size());
    }

    /** The rows of the given indices, in that order, as a new table. */
    public Table select(int[] indices) {
        double[] selected = new double[indices.length * columns.size()];
        for (int r = 0; r < indices.length; r++) {
            System.arraycopy(values, start(indices[r]), selected, r * columns.size(), columns.size());
        }
        return new Table(columns, indices.length, selected);
    }

    private int start(int row) {
        return Objects.checkIndex(row, rows) * columns.size();
    }

    @Override
    public String toString() {
        return "Table[" + rows + " rows, " + columns.size() + " columns]";
    }
}
