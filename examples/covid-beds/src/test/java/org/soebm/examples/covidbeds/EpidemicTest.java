package org.soebm.examples.covidbeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpidemicTest {
    private static final double[][] INITIAL_STATES = ReferenceTrajectories.INITIAL_STATES;
    private static final double[][] RATES = ReferenceTrajectories.RATES;
    private static final int DAYS = 7;

    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void trajectoriesMatchTheReference(DataType type) {
        NDArray states =
                Epidemic.trajectories(Tensors.of(manager, type, INITIAL_STATES), Tensors.of(manager, type, RATES));

        assertThat(states.getShape()).isEqualTo(new Shape(INITIAL_STATES.length, DAYS, 10));
        assertThat(states.getDataType()).isEqualTo(type);
        double[] expected = Arrays.stream(ReferenceTrajectories.STATES)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        double[] actual = Tensors.doubles(states);
        assertThat(actual).hasSameSizeAs(expected);
        assertThat(largestRelativeError(actual, expected)).isLessThan(4e-5);
    }

    /** The rates of the reference are those of most epidemics; here are others, against an adaptive solver. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.8, 1.5, 3})
    void trajectoriesMatchAnAdaptiveSolver(double rate) {
        double[] state = {60_000, 900, 700, 300, 1_500, 120, 160, 40, 36_000, 280};
        double[] expected = new double[10];
        new DormandPrince853Integrator(1e-9, 0.1, 1e-9, 1e-11).integrate(seirhd(rate), 0, state, DAYS, expected);

        double[] rates = new double[DAYS];
        Arrays.fill(rates, rate);
        double[] week = Tensors.doubles(Epidemic.trajectories(
                Tensors.of(manager, DataType.FLOAT64, state, 10), Tensors.of(manager, DataType.FLOAT64, rates, DAYS)));
        double[] actual = Arrays.copyOfRange(week, (DAYS - 1) * 10, DAYS * 10);

        assertThat(largestRelativeError(actual, expected)).isLessThan(rate <= 1 ? 1e-4 : 6e-3);
    }

    /** The model, written down once more. */
    private static FirstOrderDifferentialEquations seirhd(double beta) {
        return new FirstOrderDifferentialEquations() {
            @Override
            public int getDimension() {
                return 10;
            }

            @Override
            public void computeDerivatives(double t, double[] s, double[] ds) {
                double q = beta
                        * s[0]
                        * (0.6 * s[2] + s[3] + s[4] + s[5])
                        / Arrays.stream(s).sum();
                ds[0] = -q;
                ds[1] = q - s[1] / 3.5;
                ds[2] = 0.43 * s[1] / 3.5 - s[2] / 7;
                ds[3] = 0.57 * s[1] / 3.5 - s[3] / 1.5;
                ds[4] = 0.95 * s[3] / 1.5 - s[4] / 5.5;
                ds[5] = 0.05 * s[3] / 1.5 - s[5] / 5.5;
                ds[6] = 0.8 * s[5] / 5.5 - s[6] / 15;
                ds[7] = 0.2 * s[5] / 5.5 - s[7] / 13.3;
                ds[8] = s[2] / 7 + s[4] / 5.5 + s[6] / 15;
                ds[9] = s[7] / 13.3;
            }
        };
    }

    @Test
    void gradientsMatchCentralDifferences() {
        int rows = 3;
        double[][] states = Arrays.copyOf(INITIAL_STATES, rows);
        double[][] rates = Arrays.copyOf(RATES, rows);
        double[] weights = new Random(3).doubles(rows * DAYS * 10L, -1, 1).toArray();
        NDArray stateTensor = Tensors.of(manager, DataType.FLOAT64, states);
        NDArray rateTensor = Tensors.of(manager, DataType.FLOAT64, rates);
        stateTensor.setRequiresGradient(true);
        rateTensor.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(Epidemic.trajectories(stateTensor, rateTensor)
                    .mul(Tensors.of(manager, DataType.FLOAT64, weights, rows, DAYS, 10))
                    .sum());
        }

        assertGradient(rateTensor.getGradient(), rates, 1e-5, () -> weightedSum(states, rates, weights));
        assertGradient(stateTensor.getGradient(), states, 1, () -> weightedSum(states, rates, weights));
    }

    private interface Value {
        double get();
    }

    private static void assertGradient(NDArray gradient, double[][] at, double step, Value value) {
        double[] actual = gradient.toDoubleArray();
        double largest = Arrays.stream(actual).map(Math::abs).max().orElseThrow();
        assertThat(largest).isPositive();
        for (int r = 0; r < at.length; r++) {
            for (int i = 0; i < at[r].length; i++) {
                double middle = at[r][i];
                at[r][i] = middle + step;
                double above = value.get();
                at[r][i] = middle - step;
                double below = value.get();
                at[r][i] = middle;
                assertThat(actual[r * at[r].length + i])
                        .as("row %d, column %d", r, i)
                        .isCloseTo((above - below) / (2 * step), within(1e-6 * largest));
            }
        }
    }

    private double weightedSum(double[][] states, double[][] rates, double[] weights) {
        double[] values = Epidemic.trajectories(
                        Tensors.of(manager, DataType.FLOAT64, states.clone()),
                        Tensors.of(manager, DataType.FLOAT64, rates))
                .toDoubleArray();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * values[i];
        }
        return sum;
    }

    @Test
    void rateBelowZeroInfectsNobodyAndHasNoGradient() {
        NDArray state = Tensors.of(manager, DataType.FLOAT64, INITIAL_STATES[0], 10);
        NDArray rates = Tensors.of(manager, DataType.FLOAT64, new double[] {0.2, -0.1}, 2);
        NDArray zero = Tensors.of(manager, DataType.FLOAT64, new double[] {0.2, 0}, 2);
        rates.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDArray states = Epidemic.trajectories(state, rates);

            assertThat(states.toDoubleArray())
                    .containsExactly(Epidemic.trajectories(state, zero).toDoubleArray());
            collector.backward(states.square().sum());
        }
        assertThat(rates.getGradient().toDoubleArray()[0]).isNotZero();
        assertThat(rates.getGradient().toDoubleArray()[1]).isZero();
    }

    @Test
    void oneStateServesAllSamplesOfItsRow() {
        int rows = 2;
        int samples = 3;
        NDArray states = Tensors.of(manager, DataType.FLOAT64, Arrays.copyOf(INITIAL_STATES, rows));
        double[] rates =
                new Random(5).doubles((long) rows * samples * DAYS, 0.1, 0.6).toArray();
        NDArray all = Epidemic.trajectories(
                states.expandDims(1), Tensors.of(manager, DataType.FLOAT64, rates, rows, samples, DAYS));

        assertThat(all.getShape()).isEqualTo(new Shape(rows, samples, DAYS, 10));
        double[] together = all.toDoubleArray();
        for (int path = 0; path < rows * samples; path++) {
            double[] alone = Epidemic.trajectories(
                            Tensors.of(manager, DataType.FLOAT64, INITIAL_STATES[path / samples], 10),
                            Tensors.of(
                                    manager,
                                    DataType.FLOAT64,
                                    Arrays.copyOfRange(rates, path * DAYS, (path + 1) * DAYS),
                                    DAYS))
                    .toDoubleArray();
            assertThat(Arrays.copyOfRange(together, path * DAYS * 10, (path + 1) * DAYS * 10))
                    .containsExactly(alone, within(1e-9));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        NDArray states = manager.ones(new Shape(2, 9));
        NDArray rates = manager.ones(new Shape(2, DAYS));

        assertThatThrownBy(() -> Epidemic.trajectories(states, rates))
                .hasMessage("States of shape (2, 9) were given, but the last axis must have 10 compartments.");
        assertThatThrownBy(() -> Epidemic.trajectories(manager.ones(new Shape(2, 10), DataType.FLOAT64), rates))
                .hasMessage(
                        "States are float64 and infection rates float32, but both must be FLOAT32 or both FLOAT64.");
        assertThatThrownBy(() -> Epidemic.trajectories(manager.ones(new Shape(10)), manager.ones(new Shape())))
                .hasMessageContaining("the last axis must be days");
    }

    @Test
    void onlyTheResultStays() {
        NDArray states = Tensors.of(manager, DataType.FLOAT32, INITIAL_STATES);
        NDManager step = manager.newSubManager();
        NDArray rates = Tensors.of(step, DataType.FLOAT32, RATES);

        NDArray result = Epidemic.trajectories(states, rates);

        assertThat(result.getManager()).isSameAs(step);
        assertThat(step.getManagedArrays()).hasSize(2);
        for (int call = 0; call < 20; call++) {
            Epidemic.trajectories(states, rates).close();
        }
        assertThat(step.getManagedArrays()).hasSize(2);
        step.close();
        assertThat(manager.getManagedArrays()).containsExactly(states);
    }

    @Test
    void scopeOfTheCallerClosesTheResult() {
        NDArray states = Tensors.of(manager, DataType.FLOAT32, INITIAL_STATES);
        NDArray rates = Tensors.of(manager, DataType.FLOAT32, RATES);
        NDArray result;
        try (NDScope scope = new NDScope()) {
            result = Epidemic.trajectories(states, rates);
        }
        assertThat(result.isReleased()).isTrue();
        assertThat(rates.isReleased()).isFalse();
    }

    private static double largestRelativeError(double[] actual, double[] expected) {
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(actual[i] / expected[i] - 1));
        }
        return largest;
    }
}
