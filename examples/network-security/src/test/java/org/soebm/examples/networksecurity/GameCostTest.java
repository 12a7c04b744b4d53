package org.soebm.examples.networksecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.GraphConvolutionSpec.Edge;

class GameCostTest {
    private final NDManager manager = NDManager.newBaseManager();
    private final SecurityGame game = RandomGeometricGame.generate(20, 0, 3);
    private final GameCost cost = new GameCost(game);
    private final Random random = new Random(8);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void costsMatchTheReference() {
        double[][] attraction = TestGames.table("attractiveness.csv");
        double[][] coverage = TestGames.table("coverage.csv");
        double[][] expected = TestGames.table("attacker_expected_utility.csv");
        GameCost referenceCost = new GameCost(TestGames.reference());

        double[] twice = referenceCost
                .cost(tensor(DataType.FLOAT64, attraction), tensor(DataType.FLOAT64, coverage))
                .toDoubleArray();
        float[] single = referenceCost
                .cost(tensor(DataType.FLOAT32, attraction), tensor(DataType.FLOAT32, coverage))
                .toFloatArray();

        assertThat(twice).hasSameSizeAs(expected);
        for (int row = 0; row < twice.length; row++) {
            assertThat(twice[row]).isCloseTo(expected[row][0], within(1e-9 * expected[row][0]));
            assertThat((double) single[row]).isCloseTo(expected[row][0], within(1e-5 * expected[row][0]));
        }
    }

    @Test
    void costsMatchAnOrdinaryLinearSolve() {
        for (int k = 0; k < 30; k++) {
            double[] attraction = TestGames.attraction(game, random);
            double[] coverage = TestGames.coverage(game, 1 + k % 4, random);

            assertThat(cost(cost, attraction, coverage))
                    .isCloseTo(byLinearSolve(game, attraction, coverage), within(1e-10));
        }
    }

    @Test
    void costIsWhatSimulatedAttackersGain() {
        // From 1 to 0 or 2, and from there to a target or back.
        double[] attraction = {0.5, -1, 0, 1, -0.5};
        double[] coverage = {0.3, 0, 0.5, 0.2};
        double total = 0;
        double squares = 0;
        int walks = 200_000;
        for (int walk = 0; walk < walks; walk++) {
            double gain = simulate(TestGames.PATH, attraction, coverage);
            total += gain;
            squares += gain * gain;
        }
        double mean = total / walks;
        double error = Math.sqrt((squares / walks - mean * mean) / walks);

        assertThat(cost(new GameCost(TestGames.PATH), attraction, coverage)).isCloseTo(mean, within(4 * error));
    }

    @Test
    void extremeWalksAgreeWithEliminationStateByState() {
        for (int k = 0; k < 200; k++) {
            double[] attraction = TestGames.extremeAttraction(game, random);
            double[] coverage = switch (k % 4) {
                case 0 -> new double[game.edges().size()];
                case 1 -> TestGames.vertex(game, random);
                default -> TestGames.coverage(game, k % 10, random);
            };
            double expected = new KnownAttraction(game, attraction).value(coverage);

            assertThat(cost(cost, attraction, coverage)).isCloseTo(expected, within(1e-11 * expected));
        }
    }

    @Test
    void singlePrecisionIsGoodWhereWalksAreEndless() {
        double[][] attraction = Stream.generate(() -> TestGames.extremeAttraction(game, random))
                .limit(200)
                .toArray(double[][]::new);
        double[][] coverage =
                Stream.generate(() -> TestGames.vertex(game, random)).limit(200).toArray(double[][]::new);
        NDArray single = tensor(DataType.FLOAT32, attraction);
        float[] values = cost.cost(single, tensor(DataType.FLOAT32, coverage)).toFloatArray();
        double[] twice = cost.cost(single.toType(DataType.FLOAT64, true), tensor(DataType.FLOAT64, coverage))
                .toDoubleArray();

        for (int k = 0; k < twice.length; k++) {
            assertThat((double) values[k]).isCloseTo(twice[k], within(1e-4 * twice[k]));
        }
    }

    @Test
    void gradientsStayFiniteWhereWalksAreEndless() {
        for (int k = 0; k < 20; k++) {
            NDArray y = tensor(DataType.FLOAT32, new double[][] {TestGames.extremeAttraction(game, random)});
            NDArray a = tensor(DataType.FLOAT32, new double[][] {TestGames.vertex(game, random)});
            y.setRequiresGradient(true);
            a.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(cost.cost(y, a).sum());
            }
            for (NDArray gradient : List.of(y.getGradient(), a.getGradient())) {
                for (float value : gradient.toFloatArray()) {
                    assertThat(value).isFinite();
                }
            }
        }
    }

    @Test
    void moreWalksThanAreFollowedAtOnceGetTheSameCostsAndGradients() {
        SecurityGame large = RandomGeometricGame.generate(100, 0, 3);
        GameCost largeCost = new GameCost(large);
        int walks = 1100; // the matrices of about 460 are held at once
        double[][] attraction = Stream.generate(() -> TestGames.attraction(large, random))
                .limit(walks)
                .toArray(double[][]::new);
        double[][] coverage = Stream.generate(() -> TestGames.coverage(large, 2, random))
                .limit(walks)
                .toArray(double[][]::new);
        NDArray a = tensor(DataType.FLOAT64, coverage);
        a.setRequiresGradient(true);
        double[] values;
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray costs = largeCost.cost(tensor(DataType.FLOAT64, attraction), a);
            values = costs.toDoubleArray();
            collector.backward(costs.sum());
        }
        double[] gradients = a.getGradient().toDoubleArray();
        int edges = large.edges().size();
        for (int walk : new int[] {0, 459, 700, walks - 1}) {
            double[] expected = new double[edges];
            double value = new KnownAttraction(large, attraction[walk]).valueAndGradient(coverage[walk], expected);
            assertThat(values[walk]).isCloseTo(value, within(1e-10));
            assertThat(Arrays.copyOfRange(gradients, walk * edges, (walk + 1) * edges))
                    .containsExactly(expected, within(1e-9));
        }
    }

    @Test
    void gradientsMatchPlainDoubles() {
        for (int k = 0; k < 10; k++) {
            double[] attraction = TestGames.attraction(game, random);
            double[] coverage = k == 0 ? new double[game.edges().size()] : TestGames.coverage(game, k, random);
            double[] expected = new double[coverage.length];
            new KnownAttraction(game, attraction).valueAndGradient(coverage, expected);
            NDArray a = tensor(DataType.FLOAT64, new double[][] {coverage});
            a.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(cost.cost(tensor(DataType.FLOAT64, new double[][] {attraction}), a)
                        .sum());
            }

            assertThat(a.getGradient().toDoubleArray()).containsExactly(expected, within(1e-9));
        }
    }

    @Test
    void gradientsInSinglePrecisionAreThoseInDoublePrecision() {
        double[][] attraction = Stream.generate(() -> TestGames.attraction(game, random))
                .limit(16)
                .toArray(double[][]::new);
        double[][] coverage = Stream.generate(() -> TestGames.coverage(game, 2, random))
                .limit(16)
                .toArray(double[][]::new);
        double[][][] gradients = new double[2][2][];
        for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
            NDArray y = tensor(type, attraction);
            NDArray a = tensor(type, coverage);
            y.setRequiresGradient(true);
            a.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                collector.backward(cost.cost(y, a).sum());
            }
            int which = type == DataType.FLOAT32 ? 0 : 1;
            gradients[which][0] = y.getGradient().toType(DataType.FLOAT64, true).toDoubleArray();
            gradients[which][1] = a.getGradient().toType(DataType.FLOAT64, true).toDoubleArray();
        }

        assertThat(gradients[0][0]).containsExactly(gradients[1][0], within(1e-4));
        assertThat(gradients[0][1]).containsExactly(gradients[1][1], within(1e-3));
    }

    @Test
    void theSameAttractionEverywhereChangesNothing() {
        double[] attraction = TestGames.attraction(game, random);
        double[] coverage = TestGames.coverage(game, 1, random);
        double[] more = Arrays.stream(attraction).map(value -> value + 7).toArray();

        assertThat(cost(cost, more, coverage)).isCloseTo(cost(cost, attraction, coverage), within(1e-12));
    }

    @Test
    void fullCoverageOfTheWaysInLeavesNothingToGain() {
        double[] everything = new double[game.edges().size()];
        Arrays.fill(everything, 1);

        assertThat(cost(cost, TestGames.attraction(game, random), everything)).isZero();
    }

    @Test
    void coverageBeyondItsBoundsCountsAsTheNearestWithin() {
        double[] attraction = TestGames.attraction(game, random);
        double[] inside = TestGames.vertex(game, random);
        double[] outside = Arrays.stream(inside)
                .map(value -> value == 0 ? -1e-9 : value + 1e-9)
                .toArray();

        assertThat(cost(cost, attraction, outside)).isEqualTo(cost(cost, attraction, inside));
        assertThat(cost.isDefinedBeyondBounds()).isFalse();
    }

    @Test
    void everySampleMeetsEveryCandidateOfItsRow() {
        NDArray y = random(2, 1, 3, game.nodes());
        NDArray a = random(2, 5, 1, game.edges().size());
        NDArray all = cost.cost(y, a); // (B, M, S)
        assertThat(all.getShape()).isEqualTo(new Shape(2, 5, 3));
        double alone = new KnownAttraction(game, y.get(1, 0, 2).toDoubleArray())
                .value(a.get(1, 3, 0).toDoubleArray());
        assertThat(all.getDouble(1, 3, 2)).isCloseTo(alone, within(1e-10));
        assertThat(cost.cost(
                                random(4, 3, game.nodes()),
                                random(4, 1, game.edges().size()))
                        .getShape())
                .isEqualTo(new Shape(4, 3));
        assertThat(cost.cost(random(game.nodes()), random(game.edges().size())).getShape())
                .isEqualTo(new Shape());
    }

    @Test
    void nothingStaysBehind() {
        NDArray y = random(3, 1, game.nodes());
        cost.cost(y, random(3, 4, game.edges().size())); // makes the constants
        try (NDManager step = manager.newSubManager()) {
            NDArray a = random(3, 4, game.edges().size());
            a.attach(step);
            int inStep = step.getManagedArrays().size();
            int outside = manager.getManagedArrays().size();
            for (int k = 0; k < 20; k++) {
                NDArray value = cost.cost(y, a);
                assertThat(value.getManager()).isSameAs(step);
                value.close();
            }
            assertThat(step.getManagedArrays()).hasSize(inStep);
            assertThat(manager.getManagedArrays()).hasSize(outside);
        }
    }

    @Test
    void memoryStaysLevelOverManyCalls() throws Exception {
        NDArray y = random(8, 1, 4, game.nodes());
        NDArray a = random(8, 16, 1, game.edges().size());
        for (int k = 0; k < 20; k++) {
            gradient(y, a);
        }
        long before = Resident.bytes();
        for (int k = 0; k < 100; k++) {
            gradient(y, a); // a gigabyte of matrices in all
        }

        assertThat(Resident.bytes() - before).isLessThan(100L << 20);
    }

    private void gradient(NDArray y, NDArray a) {
        try (NDManager step = manager.newSubManager()) {
            NDArray tracked = y.duplicate();
            tracked.attach(step);
            tracked.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray candidates = a.duplicate();
                candidates.attach(step);
                collector.backward(cost.cost(tracked, candidates).sum());
            }
            NDArray gradient = tracked.getGradient();
            gradient.attach(step);
        }
    }

    @Test
    void scopesOfTheCallerCloseNoConstants() {
        GameCost fresh = new GameCost(RandomGeometricGame.generate(21, 99, 3)); // no other test has made its constants
        NDArray y = random(2, fresh.parameterCount());
        NDArray a = random(2, fresh.decisionCount());
        double[] first;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            first = fresh.cost(y, a).toDoubleArray();
        }

        assertThat(fresh.cost(y, a).toDoubleArray()).isEqualTo(first);
    }

    @Test
    void fingerprintIsThatOfTheGame() {
        assertThat(cost.fingerprint()).hasSize(64);
        assertThat(new GameCost(RandomGeometricGame.generate(20, 0, 3)).fingerprint())
                .isEqualTo(cost.fingerprint());
        assertThat(new GameCost(RandomGeometricGame.generate(20, 1, 3)).fingerprint())
                .isNotEqualTo(cost.fingerprint());
    }

    private double cost(GameCost of, double[] attraction, double[] coverage) {
        return of.cost(
                        tensor(DataType.FLOAT64, new double[][] {attraction}),
                        tensor(DataType.FLOAT64, new double[][] {coverage}))
                .toDoubleArray()[0];
    }

    private NDArray tensor(DataType type, double[][] rows) {
        double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        NDArray array =
                manager.create(values, new Shape(rows.length, rows[0].length)).duplicate();
        return type == DataType.FLOAT64 ? array : array.toType(type, true);
    }

    private NDArray random(long... shape) {
        Shape all = new Shape(shape);
        return manager.create(random.doubles(all.size()).toArray(), all).duplicate();
    }

    /** A walk of the attacker, as the game is told. */
    private double simulate(SecurityGame of, double[] attraction, double[] coverage) {
        int at = of.sources().get(random.nextInt(of.sources().size()));
        while (true) {
            double sum = 0;
            for (int e = 0; e < of.edges().size(); e++) {
                sum += weight(of, e, at, attraction, coverage);
            }
            double left = random.nextDouble() * sum;
            int edge = -1;
            while (left >= 0) {
                edge++;
                left -= weight(of, edge, at, attraction, coverage);
            }
            if (random.nextDouble() < coverage[edge]) {
                return 0;
            }
            at = other(of.edges().get(edge), at);
            for (SecurityGame.Target target : of.targets()) {
                if (target.node() == at) {
                    return target.utility();
                }
            }
        }
    }

    private static double weight(SecurityGame of, int e, int from, double[] attraction, double[] coverage) {
        Edge edge = of.edges().get(e);
        return edge.from() != from && edge.to() != from
                ? 0
                : Math.exp(attraction[other(edge, from)] - of.coverageEffect() * coverage[e]);
    }

    private static int other(Edge edge, int node) {
        return edge.from() == node ? edge.to() : edge.from();
    }

    /** sᵀ(I − Q)⁻¹Ru over all nodes, targets being states that are never left, by LU decomposition. */
    private static double byLinearSolve(SecurityGame of, double[] attraction, double[] coverage) {
        int n = of.nodes();
        RealMatrix matrix = new Array2DRowRealMatrix(n, n);
        double[] utility = new double[n];
        of.targets().forEach(target -> utility[target.node()] = target.utility());
        for (int v = 0; v < n; v++) {
            matrix.setEntry(v, v, 1);
            if (utility[v] > 0) {
                continue;
            }
            double sum = 0;
            for (int e = 0; e < of.edges().size(); e++) {
                sum += weight(of, e, v, attraction, coverage);
            }
            for (int e = 0; e < of.edges().size(); e++) {
                double p = weight(of, e, v, attraction, coverage) / sum;
                if (p > 0) {
                    matrix.addToEntry(v, other(of.edges().get(e), v), -p * (1 - coverage[e]));
                }
            }
        }
        double[] values = new LUDecomposition(matrix)
                .getSolver()
                .solve(new ArrayRealVector(utility))
                .toArray();
        return of.sources().stream()
                .mapToDouble(source -> values[source])
                .average()
                .orElseThrow();
    }
}
