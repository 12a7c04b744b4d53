package org.soebm.runtime.softconstraint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * {@link LimitRows} as tensors that own their memory, so that autograd may keep them.
 *
 * @param normals Nᵀ, (da, m)
 * @param offsets h, (m)
 */
record LimitTensors(NDArray normals, NDArray offsets) {
    static LimitTensors of(LimitRows rows, NDManager manager) {
        int m = rows.count();
        int decisions = m == 0 ? 0 : rows.normals()[0].length;
        double[] transposed = new double[decisions * m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < decisions; j++) {
                transposed[j * m + i] = rows.normals()[i][j];
            }
        }
        return new LimitTensors(
                tensor(transposed, new Shape(decisions, m), manager), tensor(rows.offsets(), new Shape(m), manager));
    }

    static NDArray tensor(double[] values, Shape shape, NDManager manager) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        try (NDArray borrowed = manager.create(floats, shape)) {
            return borrowed.duplicate();
        }
    }

    /** A number for arithmetic with recorded tensors, to which DJL would lend memory of its own. */
    static NDArray number(double value, NDManager manager) {
        return tensor(new double[] {value}, new Shape(1), manager);
    }

    /** g(a) of candidates (..., da), (..., m). */
    NDArray at(NDArray candidates) {
        return candidates.matMul(normals).sub(offsets);
    }
}
