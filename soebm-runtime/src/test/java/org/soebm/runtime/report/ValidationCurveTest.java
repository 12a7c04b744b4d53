package org.soebm.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.report.ValidationCurve.Point;

class ValidationCurveTest {
    private static final List<EpochRecord> TWO_STAGE = List.of(
            epoch("two-stage", 0, 9, 0.5),
            epoch("two-stage", 1, Double.NaN, 1),
            epoch("two-stage", 2, 5, 2),
            epoch("two-stage", 3, 6, 4));

    private static EpochRecord epoch(String phase, int epoch, double taskLoss, double seconds) {
        return new EpochRecord(phase, epoch, 0, taskLoss, Double.NaN, seconds);
    }

    private static Metrics.Effort effort(double preprocessingSeconds) {
        return new Metrics.Effort(preprocessingSeconds, false, 1e6, 1e6, 3, 1e6, Double.NaN);
    }

    private static List<EpochRecord> history(String method) {
        return List.of(
                TWO_STAGE.get(0),
                TWO_STAGE.get(1),
                TWO_STAGE.get(2),
                TWO_STAGE.get(3),
                epoch(method, 0, 5, 16),
                epoch(method, 1, 3, 32),
                epoch(method, 2, Double.POSITIVE_INFINITY, 64),
                epoch(method, 3, 3, 128));
    }

    @Test
    void secondsCountOptimalDecisionsTwoStageTrainingPreparationAndSteps() {
        ValidationCurve curve = ValidationCurve.of(2, effort(0.25), history("so-ebm"), true);
        assertThat(curve.points())
                .containsExactly(
                        new Point(0, 0.25 + 7.5 + 16, 5),
                        new Point(1, 0.25 + 7.5 + 48, 3),
                        new Point(3, 0.25 + 7.5 + 240, 3));
        assertThat(curve.secondsToBest()).as("the first of the least").isEqualTo(0.25 + 7.5 + 48);
        assertThat(curve.bestTaskLoss()).isEqualTo(3);
        assertThat(curve.foresight()).isEqualTo(2);
    }

    @Test
    void aMethodThatDoesNotGoOnFromTwoStageTrainingHasNotItsSeconds() {
        assertThat(ValidationCurve.of(2, effort(0.25), history("policy-net"), false)
                        .secondsToBest())
                .isEqualTo(0.25 + 48);
    }

    @Test
    void twoStageTrainingItselfIsCountedOnceAndUpToItsBestEpoch() {
        ValidationCurve curve = ValidationCurve.of(2, effort(0.25), TWO_STAGE, true);
        assertThat(curve.points()).containsExactly(new Point(0, 0.75, 9), new Point(2, 3.75, 5), new Point(3, 7.75, 6));
        assertThat(curve.secondsToBest()).isEqualTo(3.75);
    }

    @Test
    void withoutAFiniteTaskLossThereIsNoBest() {
        ValidationCurve curve = ValidationCurve.of(
                Double.POSITIVE_INFINITY, effort(1), List.of(epoch("so-ebm", 0, Double.NaN, 1)), true);
        assertThat(curve.best()).isNull();
        assertThat(curve.secondsToBest()).isNaN();
        assertThat(curve.bestTaskLoss()).isNaN();
        assertThat(curve.foresight()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'epochs': [0], 'seconds': [1], 'taskLosses': [], 'preprocessingCached': false,"
                        + " 'perfectForesightTaskLoss': 0}",
                "{'epochs': [0], 'seconds': [1], 'taskLosses': ['much'], 'preprocessingCached': false,"
                        + " 'perfectForesightTaskLoss': 0}",
                "{'epochs': [0], 'seconds': [1], 'taskLosses': [2], 'perfectForesightTaskLoss': 0}",
                "{'epochs': [0], 'seconds': [1], 'taskLosses': [2], 'preprocessingCached': false}"
            })
    void aCurveThatIsNotCompleteIsRefused(String json) {
        JsonObject damaged = JsonParser.parseString(json).getAsJsonObject();
        assertThatThrownBy(() -> ValidationCurve.of(damaged)).isInstanceOf(JsonParseException.class);
    }

    @Test
    void regretIsAboveForesightAndItsMeanIsOfTheEpochsThatAllRunsHave() {
        MethodCurves curves = MethodCurves.of(
                "so-ebm",
                List.of(
                        new ValidationCurve(
                                1, false, List.of(new Point(0, 10, 5), new Point(1, 20, 3), new Point(2, 30, 4))),
                        new ValidationCurve(2, false, List.of(new Point(0, 12, 5), new Point(1, 40, 4)))),
                true);
        assertThat(curves.mean()).containsExactly(new Point(0, 11, 3.5), new Point(1, 30, 2));
        assertThat(curves.best()).containsExactly(new Point(1, 20, 2), new Point(1, 40, 2));
        assertThat(curves.meanBest()).containsExactly(new Point(0, 30, 2));
        assertThat(curves.runs().get(0)).last().isEqualTo(new Point(2, 30, 3));
    }

    private static MethodCurves curves(String method, double... losses) {
        List<Point> points = new ArrayList<>();
        for (int epoch = 0; epoch < losses.length; epoch++) {
            points.add(new Point(epoch, epoch + 1, losses[epoch]));
        }
        return MethodCurves.of(method, List.of(new ValidationCurve(0, false, points)), true);
    }

    @Test
    void neitherASteepBeginNorAMethodThatIsFarWorseHidesHowTheOthersEnd() {
        CurveRange range = CurveRange.of(List.of(
                curves("a", 1000, 2, 1.5, 1.2, 1), curves("b", 2, 1.6, 1.4), curves("c", 500, 400), curves("d")));
        assertThat(range.low()).isBetween(0.9, 1.0);
        assertThat(range.high()).isBetween(2.0, 2.1);
        assertThat(range.seconds()).containsExactly(2.0, 3.0, 4.0, 5.0, 1.0, 2.0, 3.0);
        assertThat(range.beyond()).containsExactly("a", "c");
    }

    private static Comparison comparison(ValidationCurve... curves) {
        List<RunFigures> runs = new ArrayList<>();
        for (int seed = 0; seed < curves.length; seed++) {
            Estimate one = new Estimate(1, 0);
            runs.add(new RunFigures(new RunKey("so-ebm", 1, seed), 1, one, one, one, 1, 1, 1, 1, 1, curves[seed]));
        }
        return new Comparison("t", "s", "cpu", List.of("so-ebm"), List.of(1.0), List.of(0L, 1L), runs, List.of());
    }

    @Test
    void whereForesightOfARunIsNotKnownThePictureSaysTaskLoss() {
        List<Point> points = List.of(new Point(0, 1, 9), new Point(1, 2, 8));
        ValidationCurve known = new ValidationCurve(3, true, points);
        ValidationCurve unknown = new ValidationCurve(Double.NaN, false, points);
        JFreeChart regret = ValidationRegretChart.chart(comparison(known, known));
        assertThat(regret.getTitle().getText())
                .isEqualTo("t: validation regret against seconds of training, mean of 2 runs");
        assertThat(((XYPlot) regret.getPlot()).getDataset(2).getYValue(0, 0)).isEqualTo(6);
        assertThat(regret.getSubtitles())
                .anySatisfy(note -> assertThat(note)
                        .isInstanceOfSatisfying(
                                TextTitle.class,
                                text -> assertThat(text.getText())
                                        .startsWith("Optimal decisions of 2 of 2 runs came from the cache")));
        JFreeChart loss = ValidationRegretChart.chart(comparison(known, unknown));
        XYPlot plot = (XYPlot) loss.getPlot();
        assertThat(loss.getTitle().getText()).startsWith("t: validation task loss against");
        assertThat(plot.getRangeAxis().getLabel()).isEqualTo("mean validation task loss, smaller is better");
        assertThat(plot.getDataset(2).getYValue(0, 0)).isEqualTo(9);
    }
}
