package org.soebm.examples.covidbeds;

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
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BedSimulatorTest {
    private static final int ROWS = ReferenceTrajectories.INITIAL_STATES.length;

    private final BedSimulator simulator = new BedSimulator();
    private NDManager manager;

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    /** The last day is the state; the days before are of no matter. */
    private static double[] features(double[] state, Random random) {
        List<double[]> days = new ArrayList<>();
        for (int t = 1; t < BedSimulator.PAST_DAYS; t++) {
            days.add(random.doubles(10, 0, 1e6).toArray());
        }
        days.add(state);
        return BedSimulator.features(days);
    }

    private NDArray features(DataType type) {
        Random random = new Random(2);
        return Tensors.of(
                manager,
                type,
                Arrays.stream(ReferenceTrajectories.INITIAL_STATES)
                        .map(state -> features(state, random))
                        .toArray(double[][]::new));
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void bedsAreThoseOfTheReferencePer100000Inhabitants(DataType type) {
        NDArray beds = simulator.simulate(
                features(type),
                Tensors.of(manager, type, ReferenceTrajectories.RATES).expandDims(1));

        assertThat(beds.getShape()).isEqualTo(new Shape(ROWS, 1, 7));
        double[] actual = Tensors.doubles(beds);
        for (int row = 0; row < ROWS; row++) {
            double population = Compartment.population(ReferenceTrajectories.INITIAL_STATES[row]);
            for (int day = 0; day < 7; day++) {
                double[] states = ReferenceTrajectories.STATES[row];
                double expected = (states[day * 10 + 6] + states[day * 10 + 7]) / population * 100_000;
                assertThat(actual[row * 7 + day]).isCloseTo(expected, within(1e-4 * expected));
            }
        }
    }

    @Test
    void columnsAreNamedByCompartmentAndDaysAgo() {
        assertThat(BedSimulator.featureNames())
                .hasSize(210)
                .startsWith("S_20", "E_20", "Ia_20")
                .contains("Hr_3")
                .endsWith("R_0", "D_0");
        double[] x = BedSimulator.features(Collections.nCopies(21, new double[] {90, 0, 0, 0, 0, 0, 0, 0, 10, 0}));
        assertThat(x).hasSize(210);
        assertThat(x[0]).isEqualTo(Math.log1p(90_000));
        assertThat(x[1]).isZero();
        assertThat(x[208]).isEqualTo(Math.log1p(10_000));
    }

    @Test
    void gradientReachesEveryRate() {
        NDArray rates = Tensors.of(manager, DataType.FLOAT32, ReferenceTrajectories.RATES)
                .expandDims(1)
                .duplicate();
        rates.setRequiresGradient(true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(
                    simulator.simulate(features(DataType.FLOAT32), rates).sum());
        }

        for (double slope : Tensors.doubles(rates.getGradient())) {
            assertThat(slope).isPositive(); // who is infected may need a bed
        }
    }

    @Test
    void onlyTheResultStays() {
        NDArray features = features(DataType.FLOAT32);
        NDManager step = manager.newSubManager();
        NDArray rates =
                Tensors.of(step, DataType.FLOAT32, ReferenceTrajectories.RATES).expandDims(1);
        int stepArrays = step.getManagedArrays().size();
        int managerArrays = manager.getManagedArrays().size();

        for (int call = 0; call < 20; call++) {
            NDArray beds = simulator.simulate(features, rates);
            assertThat(beds.getManager()).isSameAs(step);
            beds.close();
        }

        assertThat(step.getManagedArrays()).hasSize(stepArrays);
        assertThat(manager.getManagedArrays()).hasSize(managerArrays);
    }

    @Test
    void fingerprintNamesTheModel() {
        assertThat(simulator.fingerprint())
                .startsWith(
                        "SEIR+HD, 21 days of ln(1 + people per 100,000), beds of 7 days, 2 steps a day, rates [[0.0,");
        assertThat(simulator.latentCount()).isEqualTo(7);
        assertThat(simulator.parameterCount()).isEqualTo(7);
    }
}
