package org.soebm.examples.networksecurity;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.util.Random;

/** Prints how long the game's cost takes, and the memory it needs; one line a shape. No test: run its main method. */
final class CostTimings {
    private CostTimings() {}

    public static void main(String[] arguments) throws IOException {
        time(20, DataType.FLOAT32, new long[] {16, 1, 8}, new long[] {16, 32, 1});
        time(20, DataType.FLOAT64, new long[] {32, 8}, new long[] {32, 1});
        time(20, DataType.FLOAT64, new long[] {1}, new long[] {1});
        time(100, DataType.FLOAT64, new long[] {8}, new long[] {1});
        time(100, DataType.FLOAT32, new long[] {8, 1, 4}, new long[] {8, 16, 1});
    }

    private static void time(int nodes, DataType type, long[] parameters, long[] decisions) throws IOException {
        SecurityGame game = RandomGeometricGame.generate(nodes, 0, 3);
        GameCost cost = new GameCost(game);
        Random random = new Random(1);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray y = random(manager, random, -4, 1, new Shape(parameters).add(nodes), type);
            NDArray a = random(
                    manager,
                    random,
                    0,
                    6.0 / game.edges().size(),
                    new Shape(decisions).add(game.edges().size()),
                    type);
            double forward = Double.POSITIVE_INFINITY;
            double both = Double.POSITIVE_INFINITY;
            for (int k = 0; k < 30; k++) {
                forward = Math.min(forward, run(manager, cost, y, a, false));
                both = Math.min(both, run(manager, cost, y, a, true));
            }
            System.out.printf(
                    "%d nodes, %d edges, y %s, a %s, %s: %.1f ms forward, %.1f ms with gradient (best of 30),"
                            + " process at most %d MiB%n",
                    nodes,
                    game.edges().size(),
                    y.getShape(),
                    a.getShape(),
                    type,
                    forward,
                    both,
                    Resident.peakBytes() >> 20);
        }
    }

    private static NDArray random(
            NDManager manager, Random random, double low, double high, Shape shape, DataType type) {
        return manager.create(random.doubles(shape.size(), low, high).toArray(), shape)
                .duplicate()
                .toType(type, true);
    }

    private static double run(NDManager manager, GameCost cost, NDArray y, NDArray a, boolean gradient) {
        long start = System.nanoTime();
        try (NDManager step = manager.newSubManager()) {
            NDArray parameters = y.duplicate();
            NDArray decisions = a.duplicate();
            parameters.attach(step);
            decisions.attach(step);
            if (gradient) {
                parameters.setRequiresGradient(true);
                try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    collector.backward(cost.cost(parameters, decisions).sum());
                }
                NDArray result = parameters.getGradient();
                result.attach(step);
                result.sum().toType(DataType.FLOAT64, false).toDoubleArray();
            } else {
                cost.cost(parameters, decisions)
                        .sum()
                        .toType(DataType.FLOAT64, false)
                        .toDoubleArray();
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }
}
