package org.soebm.runtime.learning;

/** Sums of vectors as double arrays. */
final class Vectors {
    private Vectors() {}

    /** One row of a matrix. */
    static double[] row(float[] matrix, int row, int width) {
        double[] doubles = new double[width];
        for (int i = 0; i < width; i++) {
            doubles[i] = matrix[row * width + i];
        }
        return doubles;
    }

    /** u x + v y. */
    static double[] sum(double u, double[] x, double v, double[] y) {
        double[] sum = new double[x.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = u * x[i] + v * y[i];
        }
        return sum;
    }

    /** xᵀy. */
    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
