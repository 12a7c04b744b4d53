package org.soebm.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NotableRowTest {
    @Test
    void rowsAreChosenByLossAndGain() {
        double[] losses = {5, 1, 9, 3, 4};
        double[] other = {6, 8, 9.5, 2.5, 1};
        assertThat(NotableRow.of(losses, other))
                .containsEntry(NotableRow.TYPICAL, 4)
                .containsEntry(NotableRow.BEST_GAIN, 1)
                .containsEntry(NotableRow.WORST_SETBACK, 4)
                .containsEntry(NotableRow.LARGEST_LOSS, 2);
    }

    @Test
    void whereNothingDiffersThereIsNeitherGainNorSetback() {
        double[] losses = {2, 2, 2};
        assertThat(NotableRow.of(losses, losses))
                .containsOnlyKeys(NotableRow.TYPICAL, NotableRow.LARGEST_LOSS)
                .containsEntry(NotableRow.TYPICAL, 0);
    }

    @Test
    void lossesThatAreNotFiniteAreNotChosen() {
        double[] losses = {Double.NaN, 1, Double.POSITIVE_INFINITY, 3};
        double[] other = {1, Double.NaN, 1, 4};
        assertThat(NotableRow.of(losses, other).values()).containsOnly(3);
        assertThat(NotableRow.of(new double[] {Double.NaN}, new double[] {0})).isEmpty();
    }
}
