package org.soebm.runtime.contrast;

import ai.djl.ndarray.NDArray;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.linear.SparseVector;

/**
 * Values of each row, row by row.
 *
 * @param values of all rows
 * @param stride from a row to the next
 * @param start of the first row
 */
record RowValues(float[] values, int stride, int start) {
    /** Fetches a tensor of so many numbers a row. */
    static RowValues of(NDArray tensor, int width) {
        return new RowValues(tensor.stopGradient().toFloatArray(), width, 0);
    }

    /** As many zeros. */
    RowValues zeros() {
        return new RowValues(new float[values.length], stride, 0);
    }

    /** What begins so many numbers later in each row. */
    RowValues from(int offset) {
        return new RowValues(values, stride, start + offset);
    }

    /** One value of a row. */
    float get(int row, int index) {
        return values[start + row * stride + index];
    }

    /** coefficientsᵀ values of a row, in double precision. */
    double dot(SparseVector coefficients, int row) {
        double sum = 0;
        int from = start + row * stride;
        for (int k = 0; k < coefficients.size(); k++) {
            sum += coefficients.value(k) * values[from + coefficients.index(k)];
        }
        return sum;
    }

    /** values of a row ← values + factor · coefficients. */
    void add(SparseVector coefficients, int row, double factor) {
        int from = start + row * stride;
        for (int k = 0; k < coefficients.size(); k++) {
            values[from + coefficients.index(k)] += (float) (coefficients.value(k) * factor);
        }
    }

    /** One value of a row ← value + summand. */
    void addTo(int row, int index, double summand) {
        values[start + row * stride + index] += (float) summand;
    }

    /** The residual of each lane's row. */
    static void residuals(float[] out, AffineResidual residual, RowValues parameters, RowValues decisions, Tile tile) {
        for (int l = 0; l < out.length; l++) {
            int row = tile.row(l);
            out[l] = (float) (residual.offset()
                    + parameters.dot(residual.parameterCoefficients(), row)
                    + decisions.dot(residual.decisionCoefficients(), row));
        }
    }
}
