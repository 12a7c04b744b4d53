package org.soebm.examples.networksecurity;

import java.util.Random;
import org.soebm.api.task.GraphConvolutionSpec.Edge;

/**
 * A graph network with random weights that nobody trains: what can be seen at the nodes of what cannot. For one number z
 * a node,
 *
 * <pre>
 *   h = tanh(z w + Āz w' + b),   x = hW + Āh W'
 * </pre>
 *
 * <p>with Ā the mean over a node's neighbours, 8 hidden numbers and {@value #FEATURES} features a node.
 */
final class RandomGraphNetwork {
    static final int FEATURES = 4;

    private static final int HIDDEN = 8;

    private final SecurityGame game;
    private final double[] own; // w
    private final double[] around; // w'
    private final double[] bias; // b
    private final double[][] ownOut; // W, (hidden, features)
    private final double[][] aroundOut; // W'

    RandomGraphNetwork(SecurityGame game, long seed) {
        this.game = game;
        Random random = new Random(seed);
        own = gaussians(random, HIDDEN, 1);
        around = gaussians(random, HIDDEN, 1);
        bias = gaussians(random, HIDDEN, 0.5);
        ownOut = new double[HIDDEN][];
        aroundOut = new double[HIDDEN][];
        double scale = 1 / Math.sqrt(HIDDEN);
        for (int k = 0; k < HIDDEN; k++) {
            ownOut[k] = gaussians(random, FEATURES, scale);
            aroundOut[k] = gaussians(random, FEATURES, scale);
        }
    }

    private static double[] gaussians(Random random, int count, double std) {
        return random.doubles(count).map(ignored -> std * random.nextGaussian()).toArray();
    }

    /**
     * x, feature i of node v at v · {@value #FEATURES} + i.
     *
     * @param z length N
     */
    double[] features(double[] z) {
        double[] near = neighbourMean(z);
        double[][] hidden = new double[HIDDEN][z.length];
        double[] x = new double[z.length * FEATURES];
        for (int k = 0; k < HIDDEN; k++) {
            for (int v = 0; v < z.length; v++) {
                hidden[k][v] = Math.tanh(z[v] * own[k] + near[v] * around[k] + bias[k]);
            }
            double[] hiddenNear = neighbourMean(hidden[k]);
            for (int v = 0; v < z.length; v++) {
                for (int i = 0; i < FEATURES; i++) {
                    x[v * FEATURES + i] += hidden[k][v] * ownOut[k][i] + hiddenNear[v] * aroundOut[k][i];
                }
            }
        }
        return x;
    }

    private double[] neighbourMean(double[] values) {
        double[] sum = new double[values.length];
        int[] degree = new int[values.length];
        for (Edge edge : game.edges()) {
            sum[edge.from()] += values[edge.to()];
            sum[edge.to()] += values[edge.from()];
            degree[edge.from()]++;
            degree[edge.to()]++;
        }
        for (int v = 0; v < sum.length; v++) {
            sum[v] /= degree[v];
        }
        return sum;
    }
}
