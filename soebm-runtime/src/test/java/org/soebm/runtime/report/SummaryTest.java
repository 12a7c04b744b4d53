package org.soebm.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.TestLoss;

class SummaryTest {
    private static Metrics metrics(String method, double effectiveSampleSize) {
        double[] foresight = {1, 1, 1, 1};
        double[] twoStage = {4, 5, 4, 5};
        double[] own = {3, 4.5, 3, 4.5};
        double[] pointForecast = {9, 10, 13, 16};
        return new Metrics(
                new Metrics.Setting("newsvendor", method, "coordinate", "cpu", 5),
                new Metrics.Rows(10, 3, 4, 0),
                TestLoss.of(own, foresight),
                TestLoss.of(twoStage, foresight),
                TestLoss.of(pointForecast, foresight),
                Estimate.of(TestLoss.minus(twoStage, own)),
                Estimate.of(foresight),
                new Metrics.Validation(3.5, 4),
                new Metrics.Effort(2, true, 60, 0.25, 12, 0.5, effectiveSampleSize));
    }

    @Test
    void theSummaryComparesWithTwoStageRowByRow() {
        assertThat(Summary.of(metrics("so-ebm", 31.4)))
                .anyMatch(line -> line.matches("  two-stage +4\\.500 ± 0\\.29 +3\\.500 ± 0\\.29"))
                .anyMatch(line -> line.matches("  so-ebm +3\\.750 ± 0\\.43 +2\\.750 ± 0\\.43"))
                .anyMatch(line -> line.matches("  point forecast +12\\.00 ± 1\\.6 +11\\.00 ± 1\\.6"))
                .anyMatch(line ->
                        line.matches("  gap to foresight +21\\.4% closed from two-stage, 75\\.0% closed from .*"))
                .anyMatch(line -> line.matches("  gain +0\\.7500 ± 0\\.14 \\(16\\.7%\\), row by row .*"))
                .anyMatch(line -> line.contains("12 epochs") && line.contains("effective sample size 31.4"))
                .anyMatch(line -> line.contains("from the cache"));
    }

    @Test
    void twoStageIsNotComparedWithItself() {
        assertThat(Summary.of(metrics("two-stage", Double.NaN)))
                .noneMatch(line -> line.contains("gain"))
                .noneMatch(line -> line.contains("NaN"));
    }

    @Test
    void lossesBeyondDoublePrecisionAreNullInTheMetrics() {
        Metrics finite = metrics("so-ebm", 31);
        double[] infinite = {Double.POSITIVE_INFINITY, 1};
        Metrics metrics = new Metrics(
                finite.setting(),
                finite.rows(),
                TestLoss.of(infinite, new double[2]),
                finite.twoStage(),
                finite.pointForecast(),
                Estimate.of(infinite),
                finite.perfectForesight(),
                finite.validation(),
                finite.effort());
        assertThat(metrics.toMap())
                .containsEntry("testTaskLoss", null)
                .containsEntry("testRegret", null)
                .containsEntry("gainOverTwoStage", null)
                .containsEntry("twoStageTestTaskLoss", 4.5);
    }

    @Test
    void figuresThatDoNotExistAreNullInTheMetrics() {
        assertThat(metrics("two-stage", Double.NaN).toMap())
                .containsEntry("effectiveSampleSize", null)
                .containsEntry("testTaskLoss", 3.75)
                .containsEntry("testRegret", 2.75)
                .containsEntry("twoStageTestTaskLoss", 4.5)
                .containsEntry("seed", 5L);
    }

    @Test
    void largeFiguresAreWrittenOut() {
        assertThat(Summary.estimate(new Estimate(137_412.4, 1_612.2))).isEqualTo("137,412 ± 1,612");
        assertThat(Summary.estimate(new Estimate(-0.0628, 0.0084))).isEqualTo("-0.06280 ± 0.0084");
    }
}
