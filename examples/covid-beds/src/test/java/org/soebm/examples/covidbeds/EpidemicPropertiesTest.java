package org.soebm.examples.covidbeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for any infection rate in [0, 3] and any state without negative compartments. */
class EpidemicPropertiesTest {
    private static final int DAYS = 7;

    @Provide
    Arbitrary<List<Double>> rates() {
        return Arbitraries.doubles().between(0, 3).list().ofSize(DAYS);
    }

    /** From an empty compartment to millions, and at least one person somewhere. */
    @Provide
    Arbitrary<List<Double>> states() {
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just(0.0)),
                        Tuple.of(2, Arbitraries.doubles().between(0, 5e6)))
                .list()
                .ofSize(Compartment.COUNT)
                .filter(state -> state.stream().mapToDouble(people -> people).sum() >= 1);
    }

    @Property(tries = 300)
    void populationStaysTheSameAndNothingFallsBelowZero(
            @ForAll("states") List<Double> state, @ForAll("rates") List<Double> rates) {
        double[] start = state.stream().mapToDouble(people -> people).toArray();
        double population = Compartment.population(start);

        double[] states = trajectory(start, rates, DataType.FLOAT64);

        for (int day = 0; day < DAYS; day++) {
            double[] evening = Arrays.copyOfRange(states, day * 10, (day + 1) * 10);
            assertThat(Compartment.population(evening)).isCloseTo(population, within(1e-12 * population));
            assertThat(Arrays.stream(evening).min().orElseThrow())
                    .as(Arrays.toString(evening))
                    .isGreaterThanOrEqualTo(0);
        }
    }

    @Property(tries = 100)
    void singlePrecisionIsCloseToDoublePrecision(
            @ForAll("states") List<Double> state, @ForAll("rates") List<Double> rates) {
        double[] start = state.stream().mapToDouble(people -> people).toArray();

        double[] single = trajectory(start, rates, DataType.FLOAT32);

        assertThat(single)
                .containsExactly(
                        trajectory(start, rates, DataType.FLOAT64), within(3e-6 * Compartment.population(start)));
        assertThat(Arrays.stream(single).min().orElseThrow()).isGreaterThanOrEqualTo(0);
    }

    private static double[] trajectory(double[] state, List<Double> rates, DataType type) {
        try (NDManager manager = NDManager.newBaseManager()) {
            double[] beta = rates.stream().mapToDouble(rate -> rate).toArray();
            return Tensors.doubles(Epidemic.trajectories(
                    Tensors.of(manager, type, state, state.length), Tensors.of(manager, type, beta, beta.length)));
        }
    }
}
