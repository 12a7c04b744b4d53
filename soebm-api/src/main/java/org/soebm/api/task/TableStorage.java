package org.soebm.api.task;

/** Where the values of a table's rows are, row-major. Thread-safe, and does not change. */
sealed interface TableStorage permits MemoryStorage, SpoolFile {
    /** Copies consecutive rows to a place in an array. */
    void copy(int firstRow, int count, double[] target, int offset);

    /** One value. */
    double get(int row, int column);
}
