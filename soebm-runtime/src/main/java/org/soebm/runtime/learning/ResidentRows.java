package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;

/** All rows on the device. An epoch copies them into its order, so that a batch is a slice. */
record ResidentRows(RowBatch rows) implements TrainingRows {
    @Override
    public int count() {
        return Math.toIntExact(rows.features().getShape().get(0));
    }

    @Override
    public Shuffled shuffled(long[] order, NDManager scope) {
        NDArray indices = scope.create(order);
        RowBatch shuffled = rows.get(scope, new NDIndex("{}", indices));
        return (from, to, batchScope) -> shuffled.get(batchScope, new NDIndex("{}:{}", from, to));
    }

    @Override
    public void close() {}
}
