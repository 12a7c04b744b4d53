package org.soebm.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.junit.jupiter.api.Test;

class CentralIntervalsTest {
    private static final List<Double> LEVELS = List.of(0.5, 0.8, 0.95);

    @Test
    void gaussianIntervalsEndAtTheQuantilesOfTheDistribution() {
        double[] mean = {3, -20};
        double[] std = {0.5, 7};
        CentralIntervals intervals = CentralIntervals.ofGaussian(LEVELS, mean, std);
        assertThat(intervals.median()).containsExactly(mean);
        for (int level = 0; level < 3; level++) {
            for (int i = 0; i < 2; i++) {
                NormalDistribution normal = new NormalDistribution(mean[i], std[i]);
                assertThat(intervals.lower()[level][i])
                        .isCloseTo(
                                normal.inverseCumulativeProbability((1 - LEVELS.get(level)) / 2),
                                within(1e-6 * std[i]));
                assertThat(intervals.upper()[level][i])
                        .isCloseTo(
                                normal.inverseCumulativeProbability((1 + LEVELS.get(level)) / 2),
                                within(1e-6 * std[i]));
            }
        }
    }

    @Test
    void intervalsOfSamplesEndAtTheirEmpiricalQuantiles() {
        Random random = new Random(5);
        for (int count : new int[] {1, 2, 7, 200}) {
            double[][] samples = new double[count][2];
            double[] first = new double[count];
            for (int s = 0; s < count; s++) {
                samples[s][0] = first[s] = Math.exp(random.nextGaussian());
                samples[s][1] = 4;
            }
            CentralIntervals intervals = CentralIntervals.ofSamples(LEVELS, samples);
            Percentile hazen = new Percentile().withEstimationType(Percentile.EstimationType.R_5);
            assertThat(intervals.median()[0]).isCloseTo(hazen.evaluate(first, 50), within(1e-12));
            for (int level = 0; level < 3; level++) {
                assertThat(intervals.lower()[level][0])
                        .isCloseTo(hazen.evaluate(first, 50 * (1 - LEVELS.get(level))), within(1e-12));
                assertThat(intervals.upper()[level][0])
                        .isCloseTo(hazen.evaluate(first, 50 * (1 + LEVELS.get(level))), within(1e-12));
                assertThat(intervals.lower()[level][1]).isEqualTo(4);
                assertThat(intervals.upper()[level][1]).isEqualTo(4);
            }
        }
    }

    @Test
    void aSampleThatIsNotFiniteLeavesItsParameterAloneWithoutAnInterval() {
        double[][] samples = {{1, 2}, {Double.POSITIVE_INFINITY, 2}, {3, 2}};
        CentralIntervals intervals = CentralIntervals.ofSamples(List.of(0.5), samples);
        assertThat(intervals.median()[0]).isNaN();
        assertThat(intervals.isFinite(0, 0)).isFalse();
        assertThat(intervals.covers(0, 0, 1)).isFalse();
        assertThat(intervals.covers(0, 1, 2)).isTrue();
    }

    @Test
    void anInfiniteIntervalCoversNothing() {
        CentralIntervals intervals =
                CentralIntervals.ofGaussian(List.of(0.5), new double[] {0}, new double[] {Double.POSITIVE_INFINITY});
        assertThat(intervals.covers(0, 0, 0)).isFalse();
    }

    @Test
    void noSamplesAreRefused() {
        assertThatThrownBy(() -> CentralIntervals.ofSamples(LEVELS, new double[0][]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There are no intervals of no samples.");
    }
}
