package org.soebm.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CostFunction} has to do. The author of a cost extends this class, returns the cost, and where
 * normal parameters and decisions in [0, 1] make no sense for it overrides how they are drawn:
 *
 * <pre>{@code
 * class QueueCostTest extends CostFunctionContract {
 *     @Override
 *     protected CostFunction cost() {
 *         return new QueueCost(24);
 *     }
 * }
 * }</pre>
 */
public abstract class CostFunctionContract {
    private static final int ROWS = 3;
    private static final int SCENARIOS = 2;
    private static final int CANDIDATES = 4;

    private final Random random = new Random(20);
    private NDManager manager;
    private CostFunction cost;

    /** The cost under test. */
    protected abstract CostFunction cost();

    /** Draws parameters y, length dy; standard normal unless overridden. */
    protected double[] randomParameters(Random source) {
        double[] y = new double[cost.parameterCount()];
        Arrays.setAll(y, i -> source.nextGaussian());
        return y;
    }

    /** Draws a decision a, length da, not necessarily feasible; uniform in [0, 1] unless overridden. */
    protected double[] randomDecisions(Random source) {
        double[] a = new double[cost.decisionCount()];
        Arrays.setAll(a, i -> source.nextDouble());
        return a;
    }

    /** How far single precision may be from double precision, relative to max(|f|, 1). */
    protected double singlePrecisionTolerance() {
        return 1e-4;
    }

    /** How far gradients may be from central differences, relative to max(|gradient|, |f|, 1). */
    protected double gradientTolerance() {
        return 1e-6;
    }

    /** The step of central differences. */
    protected double differenceStep() {
        return 1e-6;
    }

    @BeforeEach
    final void open() {
        manager = NDManager.newBaseManager();
        cost = cost();
    }

    @AfterEach
    final void close() {
        manager.close();
    }

    @Test
    void thereIsSomethingToDecide() {
        assertThat(cost.parameterCount()).isNotNegative();
        assertThat(cost.decisionCount()).isPositive();
    }

    @Test
    void leadingAxesBroadcastToTheShapeOfTheCosts() {
        for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64}) {
            NDArray alone = cost.cost(parameters(type, ROWS), decisions(type, ROWS));
            assertThat(alone.getShape()).isEqualTo(new Shape(ROWS));
            assertThat(alone.getDataType()).isEqualTo(type);
            NDArray candidates = cost.cost(parameters(type, ROWS, 1), decisions(type, ROWS, CANDIDATES));
            assertThat(candidates.getShape()).isEqualTo(new Shape(ROWS, CANDIDATES));
            assertThat(candidates.getDataType()).isEqualTo(type);
            NDArray scenarios = cost.cost(parameters(type, ROWS, SCENARIOS, 1), decisions(type, ROWS, 1, CANDIDATES));
            assertThat(scenarios.getShape()).isEqualTo(new Shape(ROWS, SCENARIOS, CANDIDATES));
        }
    }

    @Test
    void costsAreFinite() {
        NDArray values =
                cost.cost(parameters(DataType.FLOAT64, ROWS, 1), decisions(DataType.FLOAT64, ROWS, CANDIDATES));
        assertThat(Arrays.stream(values.toDoubleArray())).allMatch(Double::isFinite);
    }

    @Test
    void everyCostIsThatOfItsOwnRowAndCandidate() {
        NDArray y = parameters(DataType.FLOAT64, ROWS, SCENARIOS, 1);
        NDArray a = decisions(DataType.FLOAT64, ROWS, 1, CANDIDATES);
        NDArray all = cost.cost(y, a); // (B, S, M)
        for (int b = 0; b < ROWS; b++) {
            for (int s = 0; s < SCENARIOS; s++) {
                for (int m = 0; m < CANDIDATES; m++) {
                    double alone = cost.cost(
                                    y.get(b + ", " + s), // (1, dy)
                                    a.get(b + ", 0, " + m + ":" + (m + 1))) // (1, da)
                            .toDoubleArray()[0];
                    assertThat(all.getDouble(b, s, m)).isCloseTo(alone, within(1e-9 * Math.max(1, Math.abs(alone))));
                }
            }
        }
    }

    @Test
    void singlePrecisionAgreesWithDoublePrecision() {
        NDArray y = parameters(DataType.FLOAT32, ROWS, 1);
        NDArray a = decisions(DataType.FLOAT32, ROWS, CANDIDATES);
        float[] single = cost.cost(y, a).toFloatArray();
        double[] twice = cost.cost(y.toType(DataType.FLOAT64, true), a.toType(DataType.FLOAT64, true))
                .toDoubleArray();
        for (int k = 0; k < twice.length; k++) {
            assertThat((double) single[k])
                    .isCloseTo(twice[k], within(singlePrecisionTolerance() * Math.max(1, Math.abs(twice[k]))));
        }
    }

    @Test
    void gradientsByAutogradMatchCentralDifferences() {
        NDArray y = parameters(DataType.FLOAT64, ROWS, 1);
        NDArray a = decisions(DataType.FLOAT64, ROWS, CANDIDATES);
        NDArray trackedY = y.duplicate();
        NDArray trackedA = a.duplicate();
        trackedY.setRequiresGradient(true);
        trackedA.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray weights = manager.arange(1f, ROWS * CANDIDATES + 1f, 1f, DataType.FLOAT64)
                    .reshape(ROWS, CANDIDATES);
            // Whether or not the cost depends on both, the graph leads to both.
            NDArray connection = trackedY.sum().add(trackedA.sum()).mul(0);
            collector.backward(cost.cost(trackedY, trackedA).mul(weights).sum().add(connection));
        }
        assertGradient(trackedY.getGradient(), y, varied -> weightedCosts(varied, a));
        assertGradient(trackedA.getGradient(), a, varied -> weightedCosts(y, varied));
    }

    private interface OfTensor {
        double apply(NDArray array);
    }

    private void assertGradient(NDArray gradient, NDArray at, OfTensor function) {
        double[] actual = gradient.toDoubleArray();
        double[] point = at.toDoubleArray();
        double scale = Math.max(1, Math.abs(function.apply(at)));
        for (int k = 0; k < point.length; k++) {
            double[] up = point.clone();
            double[] down = point.clone();
            up[k] += differenceStep();
            down[k] -= differenceStep();
            double difference = (function.apply(manager.create(up, at.getShape()))
                            - function.apply(manager.create(down, at.getShape())))
                    / (up[k] - down[k]);
            assertThat(actual[k])
                    .isCloseTo(difference, within(gradientTolerance() * Math.max(scale, Math.abs(difference))));
        }
    }

    private double weightedCosts(NDArray y, NDArray a) {
        double[] values = cost.cost(y, a).toDoubleArray();
        double sum = 0;
        for (int k = 0; k < values.length; k++) {
            sum += (k + 1) * values[k];
        }
        return sum;
    }

    @Test
    void costsBelongToTheManagerOfTheArguments() {
        int before;
        try (NDManager outer = manager.newSubManager()) {
            before = outer.getManagedArrays().size();
            try (NDManager step = outer.newSubManager()) {
                NDArray y = parameters(DataType.FLOAT32, ROWS, 1);
                NDArray a = decisions(DataType.FLOAT32, ROWS, CANDIDATES);
                y.attach(step);
                a.attach(step);
                NDArray values = cost.cost(y, a);
                assertThat(values.getManager()).isSameAs(step);
                assertThat(y.isReleased()).isFalse();
                assertThat(a.isReleased()).isFalse();
            }
            assertThat(outer.getManagedArrays().size()).isEqualTo(before);
        }
    }

    @Test
    void argumentsStayAsTheyWere() {
        NDArray y = parameters(DataType.FLOAT64, ROWS, 1);
        NDArray a = decisions(DataType.FLOAT64, ROWS, CANDIDATES);
        double[] parametersBefore = y.toDoubleArray();
        double[] decisionsBefore = a.toDoubleArray();
        double[] once = cost.cost(y, a).toDoubleArray();
        assertThat(y.toDoubleArray()).isEqualTo(parametersBefore);
        assertThat(a.toDoubleArray()).isEqualTo(decisionsBefore);
        assertThat(cost.cost(y, a).toDoubleArray()).isEqualTo(once);
    }

    @Test
    void threadsDoNotDisturbEachOther() throws Exception {
        NDArray y = parameters(DataType.FLOAT64, ROWS, 1);
        NDArray a = decisions(DataType.FLOAT64, ROWS, CANDIDATES);
        double[] alone = cost.cost(y, a).toDoubleArray();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<double[]>> calls = new ArrayList<>();
            for (int k = 0; k < 40; k++) {
                calls.add(() -> cost.cost(y, a).toDoubleArray());
            }
            for (Future<double[]> together : threads.invokeAll(calls)) {
                assertThat(together.get()).containsExactly(alone, within(1e-9));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private NDArray parameters(DataType type, long... leadingAxes) {
        return tensor(type, cost.parameterCount(), () -> randomParameters(random), leadingAxes);
    }

    private NDArray decisions(DataType type, long... leadingAxes) {
        return tensor(type, cost.decisionCount(), () -> randomDecisions(random), leadingAxes);
    }

    private NDArray tensor(DataType type, int width, java.util.function.Supplier<double[]> row, long... leadingAxes) {
        Shape leading = new Shape(leadingAxes);
        double[] values = new double[Math.toIntExact(leading.size()) * width];
        for (int r = 0; r < leading.size(); r++) {
            double[] drawn = row.get();
            assertThat(drawn).hasSize(width);
            System.arraycopy(drawn, 0, values, r * width, width);
        }
        // Its own memory on every engine, so that it may be closed and viewed at will.
        return manager.create(values, leading.add(width)).mul(1.0).toType(type, true);
    }
}
