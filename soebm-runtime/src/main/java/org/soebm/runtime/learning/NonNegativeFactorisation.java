package org.soebm.runtime.learning;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * Rows as mixtures of few non-negative patterns, A ≈ ZP with Z, P ≥ 0 at the least squared error, by multiplicative updates
 * (Lee and Seung, Algorithms for non-negative matrix factorization, NeurIPS 2000).
 */
final class NonNegativeFactorisation {
    private static final int ITERATIONS = 300;
    private static final double LEAST = 1e-12; // in place of 0, which updates never leave

    private NonNegativeFactorisation() {}

    /**
     * The patterns.
     *
     * @param rows A, shape (n, d), not negative
     * @param count r
     * @param random chooses the rows to start from
     * @return P, shape (r, d)
     */
    static double[][] patterns(double[][] rows, int count, Random random) {
        int n = rows.length;
        int d = rows[0].length;
        double usual = IntStream.range(0, n)
                        .mapToDouble(row -> IntStream.range(0, d)
                                .mapToDouble(i -> rows[row][i])
                                .average()
                                .orElse(0))
                        .average()
                        .orElse(0)
                + LEAST;
        double[][] p = new double[count][d];
        for (double[] pattern : p) {
            double[] start = rows[random.nextInt(n)];
            for (int i = 0; i < d; i++) {
                pattern[i] = start[i] + 0.1 * usual * random.nextDouble();
            }
        }
        double[][] z = new double[n][count];
        for (double[] row : z) {
            for (int j = 0; j < count; j++) {
                row[j] = random.nextDouble() / count;
            }
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            scale(z, product(rows, transpose(p)), product(z, product(p, transpose(p))));
            scale(p, product(transpose(z), rows), product(product(transpose(z), z), p));
        }
        return p;
    }

    private static void scale(double[][] factors, double[][] up, double[][] down) {
        for (int row = 0; row < factors.length; row++) {
            for (int i = 0; i < factors[row].length; i++) {
                factors[row][i] = Math.max(LEAST, factors[row][i] * up[row][i] / (down[row][i] + LEAST));
            }
        }
    }

    private static double[][] product(double[][] left, double[][] right) {
        double[][] product = new double[left.length][right[0].length];
        for (int row = 0; row < left.length; row++) {
            for (int k = 0; k < right.length; k++) {
                for (int i = 0; i < right[0].length; i++) {
                    product[row][i] += left[row][k] * right[k][i];
                }
            }
        }
        return product;
    }

    private static double[][] transpose(double[][] matrix) {
        double[][] transposed = new double[matrix[0].length][matrix.length];
        for (int row = 0; row < matrix.length; row++) {
            for (int i = 0; i < matrix[0].length; i++) {
                transposed[i][row] = matrix[row][i];
            }
        }
        return transposed;
    }
}
