package org.soebm.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardNormalTest {
    @ParameterizedTest // from tables with twenty digits
    @CsvSource({
        "0, 0.5",
        "1, 0.84134474606854294859",
        "-1, 0.15865525393145705141",
        "-5, 2.8665157187919391167e-7",
        "-10, 7.6198530241605260660e-24",
        "-20, 2.7536241186062336951e-89",
        "-37, 5.7255712225245815e-300"
    })
    void distributionKeepsItsDigitsInTheLowerTail(double z, double expected) {
        assertThat(StandardNormal.distribution(z)).isCloseTo(expected, within(1e-12 * expected));
    }

    @Test
    void densityIsTheDerivativeOfTheDistribution() {
        for (double z = -8; z <= 8; z += 0.25) {
            double h = 1e-5;
            double slope = (StandardNormal.distribution(z + h) - StandardNormal.distribution(z - h)) / (2 * h);
            assertThat(StandardNormal.density(z)).isCloseTo(slope, within(1e-10));
        }
    }

    @Test
    void quantileInvertsTheDistribution() {
        for (double z = -8; z <= 5; z += 0.25) {
            assertThat(StandardNormal.quantile(StandardNormal.distribution(z))).isCloseTo(z, within(1e-8));
        }
        assertThat(StandardNormal.quantile(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void extremesAreLimitsAndNotNaN() {
        assertThat(StandardNormal.distribution(1e200)).isEqualTo(1);
        assertThat(StandardNormal.distribution(-1e200)).isZero();
        assertThat(StandardNormal.density(1e200)).isZero();
        assertThat(StandardNormal.distribution(Double.NEGATIVE_INFINITY)).isZero();
    }
}
