package org.soebm.runtime.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Numbers of a feasible set as float32 tensors that own their memory. */
final class Constants {
    private Constants() {}

    /** Shape (1, n). */
    static NDArray row(NDManager manager, double[] values) {
        return matrix(manager, values, 1, values.length);
    }

    /** Shape (rows, columns), from values row by row. */
    static NDArray matrix(NDManager manager, double[] values, int rows, int columns) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        try (NDArray borrowed = manager.create(floats, new Shape(rows, columns))) {
            return borrowed.duplicate();
        }
    }
}
