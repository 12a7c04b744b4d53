package org.soebm.examples.covidbeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class TransmissionRatesTest {
    private static final double[] STATE = ReferenceTrajectories.INITIAL_STATES[0];

    @Property(tries = 200)
    void rateOfASimulatedDayIsFound(
            @ForAll @DoubleRange(max = 2.99) @Scale(4) double beta, @ForAll @IntRange(max = 29) int row) {
        double[] before = ReferenceTrajectories.INITIAL_STATES[row];

        assertThat(TransmissionRates.ofDay(before, DiseaseModel.dayAfter(before, beta)))
                .isCloseTo(beta, within(1e-7));
    }

    @Test
    void ratesOfTheReferenceAreFound() {
        for (int row = 0; row < ReferenceTrajectories.STATES.length; row++) {
            double[] after = Arrays.copyOf(ReferenceTrajectories.STATES[row], 10);
            double beta = ReferenceTrajectories.RATES[row][0];

            assertThat(TransmissionRates.ofDay(ReferenceTrajectories.INITIAL_STATES[row], after))
                    .isCloseTo(beta, within(1e-4 * beta));
        }
    }

    @Test
    void isZeroWhereNobodyBecameInfected() {
        assertThat(TransmissionRates.ofDay(STATE, STATE)).isZero();
        double[] more = STATE.clone();
        more[0] += 5; // a correction of the counts
        assertThat(TransmissionRates.ofDay(STATE, more)).isZero();
    }

    @Test
    void isZeroWhereNobodyIsInfectious() {
        double[] healthy = {1000, 5, 0, 0, 0, 0, 3, 0, 10, 0};
        double[] fewer = {990, 15, 0, 0, 0, 0, 3, 0, 10, 0};

        assertThat(TransmissionRates.ofDay(healthy, fewer)).isZero();
    }

    @Test
    void isTheLargestRateWhereEvenThatInfectsTooFew() {
        double[] half = STATE.clone();
        half[0] /= 2;
        assertThat(TransmissionRates.ofDay(STATE, half)).isEqualTo(3);
        half[0] = 0;
        assertThat(TransmissionRates.ofDay(STATE, half)).isEqualTo(3);
    }
}
