package org.soebm.runtime.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class ImportanceWeightsTest {
    @Test
    void weightsAreTargetOverProposalAndSumToOne() {
        try (NDManager manager = NDManager.newBaseManager()) {
            ImportanceWeights weights = ImportanceWeights.of(
                    manager.create(new float[] {0, 1, 2, 0, 0, 0}, new Shape(2, 3, 1)),
                    manager.create(new float[] {0, 0, 1, 0, 0, 0}, new Shape(2, 3, 1)));
            double sum = 1 + 2 * Math.E;

            float[] values = weights.weights().toFloatArray();
            assertThat((double) values[0]).isCloseTo(1 / sum, within(1e-6));
            assertThat((double) values[1]).isCloseTo(Math.E / sum, within(1e-6));
            assertThat((double) values[2]).isCloseTo(Math.E / sum, within(1e-6));
            assertThat((double) values[3]).isCloseTo(1.0 / 3, within(1e-6));
            assertThat((double) weights.logNormaliser().toFloatArray()[0]).isCloseTo(Math.log(sum / 3), within(1e-6));
        }
    }

    @Test
    void effectiveSampleSizeIsTheNumberOfDrawsForEqualWeightsAndOneForACollapse() {
        try (NDManager manager = NDManager.newBaseManager()) {
            ImportanceWeights weights = ImportanceWeights.of(
                    manager.create(new float[] {5, 5, 5, 5, 0, -1000, -1000, -1000}, new Shape(2, 4, 1)),
                    manager.zeros(new Shape(2, 4, 1)));

            float[] sizes = weights.effectiveSampleSize().toFloatArray();
            assertThat((double) sizes[0]).isCloseTo(4, within(1e-5));
            assertThat((double) sizes[1]).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void hugeLogarithmsNeitherOverflowNorVanish() {
        try (NDManager manager = NDManager.newBaseManager()) {
            ImportanceWeights weights = ImportanceWeights.of(
                    manager.create(new float[] {1e6f, 1e6f, -1e6f, -1e6f}, new Shape(2, 2, 1)),
                    manager.create(new float[] {-1e6f, -1e6f, 1e6f, 1e6f}, new Shape(2, 2, 1)));

            assertThat(weights.weights().toFloatArray()).containsExactly(0.5f, 0.5f, 0.5f, 0.5f);
            assertThat(weights.logNormaliser().toFloatArray()).containsExactly(2e6f, -2e6f);
        }
    }
}
