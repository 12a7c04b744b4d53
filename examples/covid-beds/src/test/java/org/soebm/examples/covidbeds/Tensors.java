package org.soebm.examples.covidbeds;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Between arrays of doubles and tensors. */
final class Tensors {
    private Tensors() {}

    static NDArray of(NDManager manager, DataType type, double[] values, long... shape) {
        try (NDArray borrowed = manager.create(values, new Shape(shape))) {
            return type == DataType.FLOAT64 ? borrowed.duplicate() : borrowed.toType(type, true);
        }
    }

    static NDArray of(NDManager manager, DataType type, double[][] rows) {
        double[] flat = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        return of(manager, type, flat, rows.length, rows[0].length);
    }

    static double[] doubles(NDArray tensor) {
        return tensor.toType(DataType.FLOAT64, true).toDoubleArray();
    }
}
