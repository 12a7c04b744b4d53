package org.soebm.examples.linearcosts;

import java.util.List;
import java.util.Random;

/**
 * Points in the plane, and what it costs today to go from one to another: their distance, and a toll that the features tell
 * something about,
 *
 * <pre>
 *   c_jk = ‖p_j − p_k‖ + (b_jkᵀx / √dx + 3)^D / 3^(D−1) · ε_jk,   b_jkl ~ Bernoulli(½) · U(−2, 2),   ε_jk ~ U(½, 1½)
 * </pre>
 *
 * <p>Half of the points are drawn from a square, U(−2, 2)², the others from N(0, I). (As the benchmark of Tang, Khalil: PyEPO,
 * Mathematical Programming Computation 16, 2024, section 5.3 has it, but for its rounding.)
 */
final class Landscape {
    private static final double HALF_WIDTH = 2;

    private final Random random;
    private final int degree;
    private final double[] distances;
    private final double[][] combinations; // (edges, features)

    /**
     * @param degree D
     * @param random for points and combinations, and then for the rows
     */
    Landscape(RoundTrips trips, int degree, Random random) {
        this.random = random;
        this.degree = degree;
        double[][] points = new double[trips.nodes()][2];
        for (int i = 0; i < points.length; i++) {
            for (int k = 0; k < 2; k++) {
                points[i][k] = i < points.length / 2 ? uniform() : random.nextGaussian();
            }
        }
        List<RoundTrips.Edge> edges = trips.edges();
        distances = new double[edges.size()];
        combinations = new double[edges.size()][PolynomialCosts.FEATURES];
        for (int e = 0; e < distances.length; e++) {
            double[] from = points[edges.get(e).low()];
            double[] to = points[edges.get(e).high()];
            distances[e] = Math.hypot(to[0] - from[0], to[1] - from[1]);
            for (int k = 0; k < PolynomialCosts.FEATURES; k++) {
                combinations[e][k] = random.nextBoolean() ? uniform() : 0;
            }
        }
    }

    /** The costs of the edges in a row with the given features. */
    double[] next(double[] features) {
        double[] costs = new double[distances.length];
        for (int e = 0; e < costs.length; e++) {
            double toll = Math.pow(PolynomialCosts.base(combinations[e], features), degree) / Math.pow(3, degree - 1.0);
            costs[e] = distances[e] + toll * PolynomialCosts.noise(random);
        }
        return costs;
    }

    private double uniform() {
        return HALF_WIDTH * (2 * random.nextDouble() - 1);
    }
}
