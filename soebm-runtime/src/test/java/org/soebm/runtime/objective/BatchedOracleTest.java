package org.soebm.runtime.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.cost.SmoothObjective;

class BatchedOracleTest {
    private static final int DECISIONS = 3;

    /** f(y, a) = Σ_j y_j² a_j + exp(a_j − y_j) a_(j+1), which couples decisions and is not convex. */
    private static final class Coupled implements CostFunction {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public int parameterCount() {
            return DECISIONS;
        }

        @Override
        public int decisionCount() {
            return DECISIONS;
        }

        @Override
        public NDArray cost(NDArray parameters, NDArray decisions) {
            calls.incrementAndGet();
            NDArray next = decisions.get("..., 1:").concat(decisions.get("..., :1"), -1);
            return decisions
                    .mul(parameters.square())
                    .add(decisions.sub(parameters).exp().mul(next))
                    .sum(new int[] {-1});
        }
    }

    private static double f(double[] y, double[] a) {
        double sum = 0;
        for (int j = 0; j < DECISIONS; j++) {
            sum += y[j] * y[j] * a[j] + Math.exp(a[j] - y[j]) * a[(j + 1) % DECISIONS];
        }
        return sum;
    }

    private static double average(Scenarios scenarios, double[] a) {
        double sum = 0;
        for (int s = 0; s < scenarios.count(); s++) {
            sum += scenarios.weights()[s] * f(scenarios.parameters()[s], a);
        }
        return sum;
    }

    private static double[] gaussian(Random random) {
        return random.doubles(DECISIONS, -1, 1).toArray();
    }

    private static Scenarios scenarios(Random random) {
        return new Scenarios(
                new double[][] {gaussian(random), gaussian(random), gaussian(random)}, new double[] {0.5, 0.3, 0.2});
    }

    private static void assertRight(SmoothObjective objective, Scenarios scenarios, double[] a) {
        double[] gradient = new double[DECISIONS];
        double value = objective.valueAndGradient(a, gradient);
        assertThat(value).isCloseTo(average(scenarios, a), within(1e-12));
        assertThat(objective.value(a)).isEqualTo(value);
        for (int j = 0; j < DECISIONS; j++) {
            double[] up = a.clone();
            double[] down = a.clone();
            up[j] += 1e-5;
            down[j] -= 1e-5;
            assertThat(gradient[j]).isCloseTo((average(scenarios, up) - average(scenarios, down)) / 2e-5, within(1e-8));
        }
    }

    @Test
    void valueAndGradientAreThoseOfTheSampleAverage() {
        Random random = new Random(1);
        try (BatchedOracle oracle = new BatchedOracle(new Coupled(), Device.cpu())) {
            for (int i = 0; i < 20; i++) {
                Scenarios scenarios = scenarios(random);
                assertRight(oracle.objective(scenarios), scenarios, gaussian(random));
            }
        }
    }

    @Test
    void eachOfManyThreadsGetsItsOwnAnswerAndTheyShareCallsOfTheCost() throws Exception {
        Coupled cost = new Coupled();
        int threads = 16;
        int questions = 60;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (BatchedOracle oracle = new BatchedOracle(cost, Device.cpu())) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                Random random = new Random(t);
                int count = 1 + t % 2; // batches hold one number of scenarios each
                tasks.add(() -> {
                    for (int i = 0; i < questions; i++) {
                        double[][] y = new double[count][];
                        for (int s = 0; s < count; s++) {
                            y[s] = gaussian(random);
                        }
                        Scenarios scenarios = Scenarios.equallyLikely(y);
                        double[] a = gaussian(random);
                        assertThat(oracle.objective(scenarios).valueAndGradient(a, new double[DECISIONS]))
                                .isCloseTo(average(scenarios, a), within(1e-12));
                    }
                    return null;
                });
            }
            for (Future<Void> future : pool.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(cost.calls.get()).isLessThan(threads * questions);
    }

    @Test
    void manyDecisionsAtOnceGetTheSameAnswers() {
        Random random = new Random(6);
        Coupled cost = new Coupled();
        try (BatchedOracle oracle = new BatchedOracle(cost, Device.cpu())) {
            SmoothObjective objective = oracle.objective(scenarios(random));
            double[][] points = new double[20][];
            double[][] gradients = new double[20][DECISIONS];
            for (int m = 0; m < points.length; m++) {
                points[m] = gaussian(random);
            }
            double[] values = objective.valuesAndGradients(points, gradients);
            assertThat(objective.values(points)).isEqualTo(values);
            assertThat(cost.calls).hasValue(2);
            for (int m = 0; m < points.length; m++) {
                double[] gradient = new double[DECISIONS];
                assertThat(objective.valueAndGradient(points[m], gradient)).isCloseTo(values[m], within(1e-12));
                assertThat(gradients[m]).containsExactly(gradient, within(1e-12));
            }
        }
    }

    @Test
    void costsOfManyRowsComeInBatches() {
        Random random = new Random(3);
        Coupled cost = new Coupled();
        double[][] y = new double[1000][];
        double[][] a = new double[1000][];
        for (int row = 0; row < y.length; row++) {
            y[row] = gaussian(random);
            a[row] = gaussian(random);
        }
        try (BatchedOracle oracle = new BatchedOracle(cost, Device.cpu())) {
            double[] costs = oracle.costs(y, a);
            for (int row = 0; row < y.length; row++) {
                assertThat(costs[row]).isCloseTo(f(y[row], a[row]), within(1e-12));
            }
        }
        assertThat(cost.calls).hasValue(2);
    }

    @Test
    void whatTheCostThrowsReachesTheCallerAndTheOracleGoesOn() {
        CostFunction moody = new CostFunction() {
            private int calls;

            @Override
            public int parameterCount() {
                return 1;
            }

            @Override
            public int decisionCount() {
                return 1;
            }

            @Override
            public NDArray cost(NDArray parameters, NDArray decisions) {
                switch (calls++) {
                    case 0:
                        throw new IllegalStateException("not today");
                    case 1:
                        throw new StackOverflowError("too deep");
                    case 2:
                        return decisions; // another shape than asked for
                    default:
                        return decisions.add(parameters).sum(new int[] {-1});
                }
            }
        };
        try (BatchedOracle oracle = new BatchedOracle(moody, Device.cpu())) {
            SmoothObjective objective = oracle.objective(Scenarios.known(new double[] {2}));
            double[] one = {1};
            assertThatThrownBy(() -> objective.valueAndGradient(one, new double[1]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("not today");
            assertThatThrownBy(() -> objective.value(one)).isInstanceOf(StackOverflowError.class);
            assertThatThrownBy(() -> objective.value(one))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("gave the shape (1, 1, 1)", "must give (1, 1)");
            assertThat(objective.value(one)).isEqualTo(3);
        }
    }
}
