package org.soebm.runtime.sensitivity;

import org.soebm.api.linear.SparseVector;

/** Vectors over a block of the variables. */
final class Blocks {
    private Blocks() {}

    /**
     * A vector's entries in a block.
     *
     * @param position of each variable in the block, −1 for those outside
     */
    static SparseVector restrict(SparseVector vector, int[] position) {
        int[] indices = new int[vector.size()];
        double[] values = new double[vector.size()];
        for (int k = 0; k < vector.size(); k++) {
            int to = position[vector.index(k)];
            indices[k] = Math.max(to, 0);
            values[k] = to < 0 ? 0 : vector.value(k);
        }
        return SparseVector.of(indices, values);
    }
}
