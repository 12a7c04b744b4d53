package org.soebm.examples.linearcosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.task.Table;

class PolynomialCostsTest {
    private static final int DRAWS = 4000;

    private static double[] mean(PolynomialCosts costs, double[] features, int count) {
        double[] mean = new double[count];
        for (int draw = 0; draw < DRAWS; draw++) {
            double[] drawn = costs.next(features);
            Arrays.setAll(mean, j -> mean[j] + drawn[j] / DRAWS);
        }
        return mean;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6})
    void eachFeatureIsPartOfAboutHalfOfTheCostsAndRaisesThoseByThePolynomial(int degree) {
        int count = 40;
        PolynomialCosts costs = new PolynomialCosts(count, degree, new Random(7));
        double without = (Math.pow(3, degree) + 1) / Math.pow(3.5, degree);
        double with = (Math.pow(4, degree) + 1) / Math.pow(3.5, degree);
        for (int k = 0; k < PolynomialCosts.FEATURES; k++) {
            double[] features = new double[PolynomialCosts.FEATURES];
            features[k] = Math.sqrt(PolynomialCosts.FEATURES);
            int raised = 0;
            for (double mean : mean(costs, features, count)) {
                if (mean > (without + with) / 2) {
                    raised++;
                    assertThat(mean).isCloseTo(with, Percentage.withPercentage(2.5));
                } else {
                    assertThat(mean).isCloseTo(without, Percentage.withPercentage(2.5));
                }
            }
            assertThat(raised).isBetween(8, 32);
        }
    }

    @Test
    void noiseFillsHalfToOneAndAHalf() {
        PolynomialCosts costs = new PolynomialCosts(DRAWS, 4, new Random(3));
        double noiseless = 82 / Math.pow(3.5, 4);

        double[] ratios = Arrays.stream(costs.next(new double[PolynomialCosts.FEATURES]))
                .map(cost -> cost / noiseless)
                .sorted()
                .toArray();

        assertThat(ratios[0]).isCloseTo(0.5, within(0.01)).isGreaterThanOrEqualTo(0.5 - 1e-12);
        assertThat(ratios[DRAWS / 4]).isCloseTo(0.75, within(0.04));
        assertThat(ratios[DRAWS - 1]).isCloseTo(1.5, within(0.01)).isLessThanOrEqualTo(1.5 + 1e-12);
    }

    @Test
    void averageCostIsThatOfThePolynomialInAGaussian() {
        double sum = 0;
        for (int seed = 0; seed < 10; seed++) {
            Table y =
                    new ShortestPathTask(Grid.FIVE_BY_FIVE, 4).data(null, seed).parameters();
            for (int row = 0; row < y.rows(); row++) {
                sum += Arrays.stream(y.row(row)).average().orElseThrow() / (10 * y.rows());
            }
        }
        // z of variance m/5, m ~ Bin(5, ½): E z² = ½, E z⁴ = 0.9, so E (z + 3)⁴ = 81 + 54/2 + 0.9
        assertThat(sum).isCloseTo((81 + 27 + 0.9 + 1) / Math.pow(3.5, 4), Percentage.withPercentage(3));
    }
}
