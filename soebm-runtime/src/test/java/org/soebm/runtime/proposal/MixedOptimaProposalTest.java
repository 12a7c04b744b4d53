package org.soebm.runtime.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class MixedOptimaProposalTest {
    private static final int SAMPLES = 4000;

    /** Draws for three optimal decisions, the corners of a triangle. */
    private static float[] triangle(NDManager scope) {
        Engine.getInstance().setRandomSeed(3);
        Draws draws = new MixedOptimaProposal()
                .draw(scope.create(new float[] {0, 0, 1, 0, 0, 1}, new Shape(3, 2)), SAMPLES, scope);
        assertThat(draws.candidates().getShape()).isEqualTo(new Shape(3, SAMPLES, 2));
        assertThat(draws.logDensity().toFloatArray()).containsOnly(0);
        assertThat(draws.marginalLogDensity().getShape()).isEqualTo(new Shape(1, SAMPLES, 2));
        return draws.candidates().toFloatArray();
    }

    @Test
    void drawsLieOnTheSegmentsBetweenOptima() {
        try (NDManager scope = NDManager.newBaseManager()) {
            float[] a = triangle(scope);
            double[] sums = new double[2];
            int atCorners = 0;
            for (int m = 0; m < SAMPLES; m++) {
                double x = a[2 * m];
                double y = a[2 * m + 1];
                assertThat(Math.min(x, y)).isGreaterThanOrEqualTo(-1e-6);
                // On a side of the triangle: one of the three barycentric coordinates is 0.
                assertThat(Math.min(Math.min(x, y), Math.abs(1 - x - y))).isCloseTo(0, within(1e-5));
                boolean corner = Math.max(Math.max(x, y), 1 - x - y) > 1 - 1e-6;
                atCorners += corner ? 1 : 0;
                sums[0] += x / SAMPLES;
                sums[1] += y / SAMPLES;
            }
            assertThat(sums[0]).isCloseTo(1 / 3.0, within(0.03));
            assertThat(sums[1]).isCloseTo(1 / 3.0, within(0.03));
            assertThat(atCorners / (double) SAMPLES).isCloseTo(1 / 3.0, within(0.03)); // both rows of the pair the same
        }
    }

    @Test
    void allRowsShareTheDraws() {
        try (NDManager scope = NDManager.newBaseManager()) {
            float[] a = triangle(scope);
            for (int i = 0; i < 2 * SAMPLES; i++) {
                assertThat(a[2 * SAMPLES + i]).isEqualTo(a[i]);
                assertThat(a[4 * SAMPLES + i]).isEqualTo(a[i]);
            }
        }
    }

    @Test
    void aBlockDrawsFromTheOptimaOfTheWholeStep() {
        try (NDManager scope = NDManager.newBaseManager()) {
            Engine.getInstance().setRandomSeed(3);
            NDArray block = scope.create(new float[] {0, 0}, new Shape(1, 2));
            NDArray all = scope.create(new float[] {0, 0, 1, 0, 0, 1}, new Shape(3, 2));

            float[] a = new MixedOptimaProposal()
                    .draw(new Centres(block, all, block), SAMPLES, scope)
                    .candidates()
                    .toFloatArray();

            assertThat(a).hasSize(2 * SAMPLES);
            double sum = 0;
            for (float value : a) {
                sum += value;
            }
            assertThat(sum / SAMPLES).isCloseTo(2 / 3.0, within(0.05));
        }
    }
}
