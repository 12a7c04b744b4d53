package org.soebm.examples.covidbeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DiseaseModelTest {
    @Test
    void daysMatchTheReference() {
        for (int row = 0; row < ReferenceTrajectories.STATES.length; row++) {
            double[] state = ReferenceTrajectories.INITIAL_STATES[row];
            for (int day = 0; day < 7; day++) {
                state = DiseaseModel.dayAfter(state, ReferenceTrajectories.RATES[row][day]);
                for (int c = 0; c < state.length; c++) {
                    double expected = ReferenceTrajectories.STATES[row][day * 10 + c];
                    assertThat(state[c]).isCloseTo(expected, within(1e-5 * expected));
                }
            }
        }
    }

    @Test
    void whoLeavesACompartmentArrivesInAnother() {
        double[][] flows = DiseaseModel.flowMatrix();

        for (int from = 0; from < flows.length; from++) {
            double sum = 0;
            for (double[] row : flows) {
                sum += row[from];
            }
            assertThat(sum).isCloseTo(0, within(1e-15));
        }
    }

    @Test
    void infectiousAreTheFourThatTheModelNames() {
        assertThat(DiseaseModel.infectious(new double[] {9, 9, 1, 10, 100, 1000, 9, 9, 9, 9}))
                .isEqualTo(1110.6);
    }
}
