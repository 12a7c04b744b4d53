package org.soebm.benchmarks.scaling;

/** Rows of features and uncertain parameters by their number, the same each time they are asked for. Thread-safe. */
interface RowSource {
    /** The number dx of features. */
    int featureCount();

    /** The number dy of uncertain parameters. */
    int parameterCount();

    /**
     * Writes a row.
     *
     * @param row its number, from 0
     * @param features x, filled, length dx
     * @param parameters y, filled, length dy
     */
    void write(long row, double[] features, double[] parameters);
}
