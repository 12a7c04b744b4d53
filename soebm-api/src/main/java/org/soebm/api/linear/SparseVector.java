package org.soebm.api.linear;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * An immutable sparse vector: values[k] stands at position indices[k], everything else is zero. Indices are strictly
 * increasing and non-negative, values are finite and not zero.
 */
public final class SparseVector {
    private static final SparseVector ZERO = new SparseVector(new int[0], new double[0]);

    private final int[] indices;
    private final double[] values;

    private SparseVector(int[] indices, double[] values) {
        this.indices = indices;
        this.values = values;
    }

    /**
     * Makes a vector from positions and values in any order; values at the same position add up, zeros are dropped.
     *
     * @throws IllegalArgumentException when the lengths differ, a position is negative or a value is not finite
     */
    public static SparseVector of(int[] indices, double[] values) {
        if (indices.length != values.length) {
            throw new IllegalArgumentException("A sparse vector needs as many values as indices, but there are "
                    + values.length + " values and " + indices.length + " indices.");
        }
        TreeMap<Integer, Double> entries = new TreeMap<>();
        for (int k = 0; k < indices.length; k++) {
            if (indices[k] < 0) {
                throw new IllegalArgumentException("Index " + indices[k] + " of a sparse vector is negative.");
            }
            double sum = entries.merge(indices[k], values[k], Double::sum);
            if (!Double.isFinite(sum)) {
                throw new IllegalArgumentException(
                        "The value " + sum + " at index " + indices[k] + " of a sparse vector is not finite.");
            }
        }
        return of(entries);
    }

    private static SparseVector of(Map<Integer, Double> sorted) {
        sorted.values().removeIf(value -> value == 0.0);
        if (sorted.isEmpty()) {
            return ZERO;
        }
        int[] indices = new int[sorted.size()];
        double[] values = new double[sorted.size()];
        int k = 0;
        for (Map.Entry<Integer, Double> entry : sorted.entrySet()) {
            indices[k] = entry.getKey();
            values[k++] = entry.getValue();
        }
        return new SparseVector(indices, values);
    }

    /** The zero vector. */
    public static SparseVector zero() {
        return ZERO;
    }

    /** The vector with one entry. */
    public static SparseVector unit(int index, double value) {
        return of(new int[] {index}, new double[] {value});
    }

    /** The number of stored (non-zero) entries. */
    public int size() {
        return indices.length;
    }

    /** The position of the k-th stored entry. */
    public int index(int k) {
        return indices[k];
    }

    /** The value of the k-th stored entry. */
    public double value(int k) {
        return values[k];
    }

    /** The largest position plus one, 0 for the zero vector. */
    public int minimumDimension() {
        return indices.length == 0 ? 0 : indices[indices.length - 1] + 1;
    }

    /** The dot product with a dense vector. */
    public double dot(double[] dense) {
        double sum = 0;
        for (int k = 0; k < indices.length; k++) {
            sum += values[k] * dense[indices[k]];
        }
        return sum;
    }

    /** Adds factor times this vector to the dense target. */
    public void addTo(double[] target, double factor) {
        for (int k = 0; k < indices.length; k++) {
            target[indices[k]] += factor * values[k];
        }
    }

    /** The sum of this and another vector. */
    public SparseVector plus(SparseVector other) {
        int[] allIndices = Arrays.copyOf(indices, indices.length + other.indices.length);
        double[] allValues = Arrays.copyOf(values, allIndices.length);
        System.arraycopy(other.indices, 0, allIndices, indices.length, other.indices.length);
        System.arraycopy(other.values, 0, allValues, indices.length, other.indices.length);
        return of(allIndices, allValues);
    }

    /** This vector times a number. */
    public SparseVector times(double factor) {
        double[] scaled = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            scaled[k] = values[k] * factor;
        }
        return of(indices, scaled);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseVector vector
                && Arrays.equals(indices, vector.indices)
                && Arrays.equals(values, vector.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(indices) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int k = 0; k < indices.length; k++) {
            text.append(k == 0 ? "" : ", ").append(indices[k]).append(": ").append(values[k]);
        }
        return text.append(']').toString();
    }
}
