package org.soebm.runtime.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.soebm.api.cost.StandardNormal;

/** Against double precision, on a grid beyond what training meets. */
class VectorLoopsTest {
    private static final int POINTS = 20_001;

    @Test
    void expIsCloseToThatOfDoubles() {
        float[] x = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            x[i] = -40f * i / (POINTS - 1);
        }
        float[] result = x.clone();

        VectorLoops.exp(result, POINTS);

        for (int i = 0; i < POINTS; i++) {
            double exact = Math.exp(x[i]);
            assertThat(result[i] / exact).as("exp(%s)", x[i]).isCloseTo(1, within(Math.min(4e-5, 4e-6 * (1 - x[i]))));
        }
        assertThat(result[0]).isEqualTo(1);
    }

    @Test
    void expIsNothingBesideOneButPositiveHoweverSmallItIs() {
        float[] x = {-41, -1e10f, Float.NEGATIVE_INFINITY};

        VectorLoops.exp(x, x.length);

        assertThat(x).containsOnly(x[0]);
        assertThat(x[0]).isBetween(4e-18f, 5e-18f);
    }

    @Test
    void normalDistributionAndDensityAreCloseToThoseOfDoubles() {
        float[] r = new float[POINTS];
        float[] ones = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            r[i] = -12 + 24f * i / (POINTS - 1);
            ones[i] = 1;
        }
        float[] z = new float[POINTS];
        float[] exponential = new float[POINTS];
        float[] density = new float[POINTS];
        float[] distribution = new float[POINTS];

        VectorLoops.standardise(r, ones, z, exponential, POINTS);
        VectorLoops.exp(exponential, POINTS);
        VectorLoops.normal(z, exponential, density, distribution, POINTS);

        for (int i = 0; i < POINTS; i++) {
            assertThat((double) density[i]).isCloseTo(StandardNormal.density(z[i]), within(2e-6));
            assertThat((double) distribution[i])
                    .as("Φ(%s)", z[i])
                    .isCloseTo(StandardNormal.distribution(z[i]), within(2e-6));
        }
    }

    @Test
    void hugeArgumentsOfTheNormalDistributionAreNoNumbersGoneWrong() {
        float[] z = {-1e15f, -1e10f, 0, 1e10f, 1e15f};
        float[] exponential = new float[z.length];
        float[] density = new float[z.length];
        float[] distribution = new float[z.length];

        VectorLoops.standardise(z, new float[] {1, 1, 1, 1, 1}, z, exponential, z.length);
        VectorLoops.exp(exponential, z.length);
        VectorLoops.normal(z, exponential, density, distribution, z.length);

        assertThat(distribution).containsExactly(0, 0, 0.5f, 1, 1);
    }
}
