package org.soebm.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
    private static final List<Double> LEVELS = List.of(0.5, 0.8, 0.95);
    private static final NormalDistribution NORMAL = new NormalDistribution();

    /** A std that is k times the true one covers 2 Φ(k z) − 1 of a Gaussian y, z being the level's quantile. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2})
    void gaussianPredictionsCoverWhatTheFormulaSays(double factor) {
        int rows = 20_000;
        Random random = new Random(3);
        Calibration.Counter counter = new Calibration.Counter(LEVELS, 2);
        for (int row = 0; row < rows; row++) {
            double[] mean = {10 * random.nextGaussian(), 5};
            double[] std = {1 + random.nextDouble(), 0.1};
            double[] y = {mean[0] + std[0] * random.nextGaussian(), mean[1] + std[1] * random.nextGaussian()};
            counter.add(CentralIntervals.ofGaussian(LEVELS, mean, new double[] {factor * std[0], factor * std[1]}), y);
        }
        Calibration calibration = counter.calibration();
        assertThat(calibration.rows()).isEqualTo(rows);
        assertThat(calibration.unusable()).isZero();
        for (int level = 0; level < 3; level++) {
            double z = NORMAL.inverseCumulativeProbability((1 + LEVELS.get(level)) / 2);
            double expected = 2 * NORMAL.cumulativeProbability(factor * z) - 1;
            double error = Math.sqrt(expected * (1 - expected) / rows);
            assertThat(calibration.overall().get(level).mean()).isCloseTo(expected, within(4 * error));
            assertThat(calibration.overall().get(level).standardError())
                    .isCloseTo(error / Math.sqrt(2), within(0.2 * error)); // two independent parameters a row
            for (int i = 0; i < 2; i++) {
                assertThat(calibration.byParameter()[level][i]).isCloseTo(expected, within(4 * error));
            }
        }
    }

    /** Latin hypercubes are no independent draws, so their quantiles are as good as the formula's. */
    @Test
    void samplesOfTheTrueDistributionCoverTheirLevels() {
        int rows = 4_000;
        Random random = new Random(8);
        double[][] samples = new double[200][1];
        for (int s = 0; s < samples.length; s++) {
            samples[s][0] = Math.exp(NORMAL.inverseCumulativeProbability((s + 0.5) / samples.length));
        }
        Calibration.Counter counter = new Calibration.Counter(LEVELS, 1);
        for (int row = 0; row < rows; row++) {
            counter.add(CentralIntervals.ofSamples(LEVELS, samples), new double[] {Math.exp(random.nextGaussian())});
        }
        for (int level = 0; level < 3; level++) {
            double nominal = LEVELS.get(level);
            assertThat(counter.calibration().overall().get(level).mean())
                    .isCloseTo(nominal, within(4 * Math.sqrt(nominal * (1 - nominal) / rows)));
        }
    }

    /** Parameters that are missed together are worth no more than one of them. */
    @Test
    void theStandardErrorIsThatOfRows() {
        Random random = new Random(4);
        Calibration.Counter counter = new Calibration.Counter(List.of(0.5), 3);
        SummaryStatistics shares = new SummaryStatistics();
        for (int row = 0; row < 100; row++) {
            double y = random.nextGaussian();
            counter.add(
                    CentralIntervals.ofGaussian(List.of(0.5), new double[3], new double[] {1, 1, 1}),
                    new double[] {y, y, y});
            shares.addValue(Math.abs(y) <= NORMAL.inverseCumulativeProbability(0.75) ? 1 : 0);
        }
        Estimate overall = counter.calibration().overall().get(0);
        assertThat(overall.mean()).isCloseTo(shares.getMean(), within(1e-12));
        assertThat(overall.standardError()).isCloseTo(shares.getStandardDeviation() / 10, within(1e-12));
    }

    @Test
    void predictionsThatAreNoNumbersCountAsMissedAndAreCounted() {
        Calibration.Counter counter = new Calibration.Counter(LEVELS, 2);
        counter.add(
                CentralIntervals.ofGaussian(LEVELS, new double[] {Double.NaN, 0}, new double[] {1, 1}),
                new double[] {0, 0});
        counter.add(
                CentralIntervals.ofGaussian(LEVELS, new double[] {0, 0}, new double[] {1, Double.POSITIVE_INFINITY}),
                new double[] {0, 0});
        Calibration calibration = counter.calibration();
        assertThat(calibration.unusable()).isEqualTo(2);
        assertThat(calibration.overall())
                .allSatisfy(covered -> assertThat(covered.mean()).isEqualTo(0.5));
        assertThat(calibration.byParameter()[1]).containsExactly(0.5, 0.5);
    }

    @Test
    void aSingleRowHasNoStandardErrorAndNoRowNoCoverage() {
        Calibration.Counter counter = new Calibration.Counter(LEVELS, 1);
        assertThatThrownBy(counter::calibration)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There is no coverage of no rows.");
        counter.add(CentralIntervals.ofGaussian(LEVELS, new double[] {0}, new double[] {1}), new double[] {0});
        assertThat(counter.calibration().overall().get(0)).isEqualTo(new Estimate(1, Double.NaN));
    }

    @Test
    void intervalsOfOtherLevelsOrWidthAreRefused() {
        Calibration.Counter counter = new Calibration.Counter(LEVELS, 1);
        assertThatThrownBy(() -> counter.add(
                        CentralIntervals.ofGaussian(List.of(0.5), new double[] {0}, new double[] {1}), new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The row has 1 parameters and intervals of 1 at the levels [0.5], but 1 are counted at the"
                        + " levels [0.5, 0.8, 0.95].");
        assertThatThrownBy(() -> counter.add(
                        CentralIntervals.ofGaussian(LEVELS, new double[] {0}, new double[] {1}), new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The row has 2 parameters");
    }
}
