package org.soebm.runtime.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.runtime.projection.Projections;

class ProjectedGaussiansProposalTest {
    private static final int SAMPLES = 20_000;

    /** Draws of the segment a_0 + a_1 = 1, a ≥ 0 around two optima; by row the values of a_0. */
    private static double[][] onSegment(NDManager scope) {
        Engine.getInstance().setRandomSeed(4);
        ConstraintSet set = ConstraintSet.builder(2).simplex(1).build();
        Proposal proposal =
                new ProjectedGaussiansProposal(Projections.onto(set, new int[] {0, 1}, scope), List.of(0.2, 0.7));
        NDArray optima = scope.create(new float[] {1, 0, 0.4f, 0.6f}, new Shape(2, 2));
        Draws draws = proposal.draw(optima, SAMPLES, scope);
        assertThat(draws.candidates().getShape()).isEqualTo(new Shape(2, SAMPLES, 2));
        assertThat(draws.candidates().getManager()).isSameAs(scope);
        assertThat(draws.logDensity().toFloatArray()).containsOnly(0);
        assertThat(draws.areShared()).isEqualTo(proposal.isShared()).isFalse();
        float[] a = draws.candidates().toFloatArray();
        double[][] first = new double[2][SAMPLES];
        double worst = 0;
        for (int i = 0; i < 2 * SAMPLES; i++) {
            first[i / SAMPLES][i % SAMPLES] = a[2 * i];
            worst = Math.max(worst, Math.abs(a[2 * i] + a[2 * i + 1] - 1));
            worst = Math.max(worst, -Math.min(a[2 * i], a[2 * i + 1]));
        }
        assertThat(worst).isLessThan(1e-5);
        return first;
    }

    @Test
    void drawsAreTheNearestPointsOfGaussians() { // on the segment: a_0 = clip(a*_0 + σ (ε_0 − ε_1) / 2, 0, 1)
        try (NDManager scope = NDManager.newBaseManager()) {
            double[][] drawn = onSegment(scope);
            Random random = new Random(2);
            for (int row = 0; row < 2; row++) {
                double centre = row == 0 ? 1 : 0.4;
                double[] expected = new double[SAMPLES];
                for (int m = 0; m < SAMPLES; m++) {
                    double std = m % 2 == 0 ? 0.2 : 0.7;
                    double moved = centre + std * random.nextGaussian() / Math.sqrt(2);
                    expected[m] = Math.max(0, Math.min(1, moved));
                }
                double[] actual = drawn[row].clone();
                Arrays.sort(actual);
                Arrays.sort(expected);
                for (double share : new double[] {0.02, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9, 0.98}) {
                    int at = (int) (share * SAMPLES);
                    assertThat(actual[at]).isCloseTo(expected[at], within(0.02));
                }
            }
        }
    }

    @Test
    void eachRowHasItsOwnNoise() {
        try (NDManager scope = NDManager.newBaseManager()) {
            double[][] drawn = onSegment(scope);
            double[] first = moments(drawn[0]);
            double[] second = moments(drawn[1]);
            double product = 0;
            for (int m = 0; m < SAMPLES; m++) {
                product += (drawn[0][m] - first[0]) * (drawn[1][m] - second[0]) / SAMPLES;
            }
            double correlation = product / Math.sqrt(first[1] * second[1]);
            assertThat(correlation).isCloseTo(0, within(0.04));
        }
    }

    /** Mean and variance. */
    private static double[] moments(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return new double[] {
            mean,
            Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow()
        };
    }
}
