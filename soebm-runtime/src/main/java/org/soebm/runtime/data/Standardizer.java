package org.soebm.runtime.data;

import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;

/**
 * Standardises columns, (x − mean)/std with the population mean and std of the rows it was fitted on: the training
 * rows, so that nothing of the validation and test rows leaks into the scaling. Immutable.
 */
public final class Standardizer {
    /** A column whose std is below this share of its largest magnitude only varies by rounding. */
    private static final double ROUNDING = 1e-12;

    private final double[] means;
    private final double[] stds;

    private Standardizer(double[] means, double[] stds) {
        this.means = means;
        this.stds = stds;
    }

    /**
     * Fits means and standard deviations; a constant column gets std 1, so it becomes 0.
     *
     * @throws DataException when there is no row or a column's spread is beyond double precision
     */
    public static Standardizer fit(Table table) {
        if (table.rows() == 0) {
            throw new DataException("There is no row to fit the scaling of " + table.width() + " columns on.");
        }
        double[] means = new double[table.width()];
        double[] stds = new double[table.width()];
        double[] largest = new double[table.width()];
        double[] variances = new double[table.width()];
        table.forEachRow((r, values) -> {
            for (int c = 0; c < values.length; c++) {
                means[c] += values[c] / table.rows();
                largest[c] = Math.max(largest[c], Math.abs(values[c]));
            }
        });
        table.forEachRow((r, values) -> {
            for (int c = 0; c < values.length; c++) {
                double deviation = values[c] - means[c];
                variances[c] += deviation * deviation / table.rows();
            }
        });
        for (int c = 0; c < table.width(); c++) {
            if (!Double.isFinite(variances[c])) {
                throw new DataException("Column " + table.columns().get(c) + " has values up to " + largest[c]
                        + ", too far apart to be scaled. Maybe it is in the wrong unit?");
            }
            double std = Math.sqrt(variances[c]);
            stds[c] = std <= ROUNDING * largest[c] ? 1 : std;
        }
        return new Standardizer(means, stds);
    }

    /**
     * A scaling that was fitted before.
     *
     * @throws IllegalArgumentException when the lengths differ, a value is not finite or a std is not positive
     */
    public static Standardizer of(double[] means, double[] stds) {
        if (means.length != stds.length) {
            throw new IllegalArgumentException("A scaling needs as many stds as means, but there are " + stds.length
                    + " stds and " + means.length + " means.");
        }
        for (int c = 0; c < means.length; c++) {
            if (!Double.isFinite(means[c]) || !(stds[c] > 0) || stds[c] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("The scaling of column " + c + " has mean " + means[c] + " and std "
                        + stds[c] + ", but the mean must be finite and the std finite and positive.");
            }
        }
        return new Standardizer(means.clone(), stds.clone());
    }

    /**
     * The standardised rows.
     *
     * @param table rows of the width that this was fitted on
     * @return shape (n, d), row-major
     * @throws DataException when the width differs or a scaled value is beyond single precision
     */
    public float[] apply(Table table) {
        if (table.width() != means.length) {
            throw new DataException("The features have " + table.width() + " columns, but the scaling was fitted on "
                    + means.length + ".");
        }
        float[] scaled = new float[table.rows() * means.length];
        table.forEachRow((r, values) -> {
            for (int c = 0; c < means.length; c++) {
                float value = (float) ((values[c] - means[c]) / stds[c]);
                if (!Float.isFinite(value)) {
                    throw new DataException(
                            "Row " + r + ", column " + table.columns().get(c) + " is "
                                    + values[c] + ", too far from the training rows' mean " + means[c]
                                    + " to be scaled. Maybe it is in the wrong unit?");
                }
                scaled[r * means.length + c] = value;
            }
        });
        return scaled;
    }

    /** The number d of columns. */
    public int width() {
        return means.length;
    }

    /** The mean of each column. */
    public double[] means() {
        return means.clone();
    }

    /** The standard deviation of each column, positive. */
    public double[] stds() {
        return stds.clone();
    }
}
