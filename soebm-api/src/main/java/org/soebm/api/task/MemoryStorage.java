package org.soebm.api.task;

/** Values in one array. */
record MemoryStorage(double[] values, int width) implements TableStorage {
    @Override
    public void copy(int firstRow, int count, double[] target, int offset) {
        System.arraycopy(values, firstRow * width, target, offset, count * width);
    }

    @Override
    public double get(int row, int column) {
        return values[row * width + column];
    }
}
