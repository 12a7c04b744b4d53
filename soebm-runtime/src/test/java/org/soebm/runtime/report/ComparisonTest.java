package org.soebm.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.runtime.evaluation.Estimate;

class ComparisonTest {
    private static final List<String> METHODS = List.of("two-stage", "so-ebm", "policy-net");

    @TempDir
    Path folder;

    private static RunFigures run(String method, double fraction, long seed, double loss, double difference) {
        return new RunFigures(
                new RunKey(method, fraction, seed),
                (int) (100 * fraction),
                new Estimate(loss, 0.5),
                new Estimate(loss - 1, 0.25),
                new Estimate(difference, 0.125),
                loss - difference + 10,
                seed,
                0.1 * (seed + 1) * fraction,
                10 * (seed + 1) * fraction,
                7,
                curve(loss, 100 * fraction * (seed + 1)));
    }

    /** Foresight 1; the least loss 3 above it, at twice the seconds of the start. */
    private static ValidationCurve curve(double loss, double seconds) {
        return new ValidationCurve(
                1,
                false,
                List.of(
                        new ValidationCurve.Point(0, seconds, loss + 5),
                        new ValidationCurve.Point(2, 2 * seconds, loss + 3),
                        new ValidationCurve.Point(4, 3 * seconds, loss + 4)));
    }

    private static Comparison comparison(double... fractions) {
        return new Comparison(
                "newsvendor",
                "coordinate",
                "cpu",
                METHODS,
                Arrays.stream(fractions).boxed().toList(),
                List.of(0L, 1L, 2L),
                Arrays.stream(fractions)
                        .boxed()
                        .flatMap(fraction -> Stream.of(
                                run("so-ebm", fraction, 2, 4, -2),
                                run("two-stage", fraction, 0, 4, 0),
                                run("so-ebm", fraction, 0, 3, -1),
                                run("two-stage", fraction, 1, 5, 0),
                                run("so-ebm", fraction, 1, 5, 0),
                                run("two-stage", fraction, 2, 6, 0),
                                run("policy-net", fraction, 1, 1.0 / 3, -14.0 / 3)))
                        .toList(),
                Arrays.stream(fractions)
                        .boxed()
                        .flatMap(fraction -> Stream.of(2L, 0L)
                                .map(seed -> new RunFailure(new RunKey("policy-net", fraction, seed), "It diverged.")))
                        .toList());
    }

    @Test
    void figuresAreMeansOverRunsAndDifferencesArePairedBySeed() {
        MethodFigures method = comparison(1).figures(1).get(1);
        assertThat(method.runs()).isEqualTo(3);
        assertThat(method.testTaskLossMean()).isEqualTo(4);
        assertThat(method.testTaskLossStd()).isEqualTo(1);
        assertThat(method.testRegretMean()).isEqualTo(3);
        assertThat(method.differenceToTwoStage().mean()).isEqualTo(-1);
        assertThat(method.differenceToTwoStage().standardError()).isCloseTo(1 / Math.sqrt(3), within(1e-15));
        assertThat(method.secondsPerEpoch()).isEqualTo(0.2);
        assertThat(method.trainSeconds()).isEqualTo(20);
        assertThat(method.trainSecondsStd()).isEqualTo(10);
        assertThat(method.validationTaskLossMean()).isEqualTo(7);
        assertThat(method.validationTaskLossStd()).isEqualTo(1);
        assertThat(method.secondsToBest()).isEqualTo(400);
        assertThat(method.secondsToBestStd()).isEqualTo(200);
        assertThat(method.failures()).isEmpty();
    }

    @Test
    void aSingleRunIsComparedRowByRow() {
        Comparison comparison = new Comparison(
                "t",
                "s",
                "cpu",
                List.of("so-ebm"),
                List.of(1.0),
                List.of(0L),
                List.of(run("so-ebm", 1, 0, 3, -1)),
                List.of());
        assertThat(comparison.figures(1).get(0).differenceToTwoStage()).isEqualTo(new Estimate(-1, 0.125));
    }

    @Test
    void theOnlyOneOfSeveralRunsThatFinishedHasNoStandardError() {
        MethodFigures method = comparison(1).figures(1).get(2);
        assertThat(method.differenceToTwoStage()).isEqualTo(new Estimate(-14.0 / 3, Double.NaN));
        assertThat(method.toMap()).containsEntry("differenceToTwoStageStandardError", null);
        assertThat(method.testTaskLossStd()).isNaN();
        assertThat(method.failures()).hasSize(2);
    }

    @Test
    void theTableShowsMethodsInTheirOrderAndNamesFailures() {
        assertThat(ComparisonTable.of(comparison(1)))
                .anyMatch(line -> line.equals(
                        "newsvendor, 3 runs, seeds 0 to 2 with coordinate on cpu; test task loss, smaller is better:"))
                .anyMatch(line ->
                        line.matches("  two-stage +5\\.000 ± 1\\.0 +0\\.200 +20\\.0 ± 10\\.0 +400\\.0 ± 200\\.0"))
                .anyMatch(line -> line.matches(
                        "  so-ebm +4\\.000 ± 1\\.0 +-1\\.000 ± 0\\.58 +0\\.200 +20\\.0 ± 10\\.0 +400\\.0 ± 200\\.0"))
                .anyMatch(line ->
                        line.matches("  policy-net +0\\.3333 +-4\\.667 +0\\.200 +20\\.0 +400\\.0 \\(1 of 3 runs\\)"))
                .contains("  policy-net failed in 2 of 3 runs (seed 0, 2): It diverged.")
                .noneMatch(line -> line.contains("NaN"));
        assertThat(ComparisonTable.of(comparison(1)))
                .anyMatch(line -> line.matches("  point forecast +15\\.00 ± 1\\.0 +10\\.00 ± 0\\.0"))
                .anyMatch(line -> line.matches("  perfect foresight +1\\.000 ± 1\\.0 +-4\\.000 ± 0\\.0"));
        assertThat(ComparisonTable.of(comparison(0.25, 1)))
                .contains("0.25 of the training rows:", "1 of the training rows:");
    }

    @Test
    void theJsonFileHasTheLargestFractionsFiguresAndNullsForWhatDoesNotExist() throws IOException {
        Path file = folder.resolve("comparison.json");
        ComparisonFiles.writeJson(file, comparison(0.25, 1));
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertThat(json.get("task").getAsString()).isEqualTo("newsvendor");
        assertThat(json.get("runs").getAsInt()).isEqualTo(3);
        JsonObject soEbm = json.getAsJsonArray("methods").get(1).getAsJsonObject();
        assertThat(soEbm)
                .hasToString(
                        "{\"name\":\"so-ebm\",\"testTaskLossMean\":4.0,\"testTaskLossStd\":1.0,\"testRegretMean\":3.0,"
                                + "\"differenceToTwoStage\":-1.0,\"differenceToTwoStageStandardError\":"
                                + 1 / Math.sqrt(3)
                                + ",\"secondsPerEpoch\":0.2,\"trainSeconds\":20.0,\"trainSecondsStd\":10.0,"
                                + "\"validationTaskLossMean\":7.0,\"validationTaskLossStd\":1.0,"
                                + "\"secondsToBest\":400.0,\"secondsToBestStd\":200.0,\"finishedRuns\":3,"
                                + "\"failures\":0,\"failureMessages\":[]}");
        JsonObject policy = json.getAsJsonArray("methods").get(2).getAsJsonObject();
        assertThat(policy.get("testTaskLossStd").isJsonNull()).isTrue();
        assertThat(policy.get("testTaskLossMean").getAsDouble()).isEqualTo(1.0 / 3);
        assertThat(policy.get("failures").getAsInt()).isEqualTo(2);
        assertThat(policy.get("failureMessages")).hasToString("[\"seed 0: It diverged.\",\"seed 2: It diverged.\"]");
        assertThat(json.getAsJsonArray("baselines"))
                .hasToString("[{\"name\":\"point forecast\",\"testTaskLossMean\":15.0,\"testTaskLossStd\":1.0,"
                        + "\"differenceToTwoStage\":10.0,\"differenceToTwoStageStandardError\":0.0},"
                        + "{\"name\":\"perfect foresight\",\"testTaskLossMean\":1.0,\"testTaskLossStd\":1.0,"
                        + "\"differenceToTwoStage\":-4.0,\"differenceToTwoStageStandardError\":0.0}]");
        JsonObject small = json.getAsJsonArray("trainFractions").get(0).getAsJsonObject();
        assertThat(small.get("trainFraction").getAsDouble()).isEqualTo(0.25);
        assertThat(small.getAsJsonArray("methods")
                        .get(0)
                        .getAsJsonObject()
                        .get("trainSeconds")
                        .getAsDouble())
                .isEqualTo(5);
    }

    @Test
    void theCsvFileHasALineARunInOrder() throws IOException {
        Path file = folder.resolve("comparison.csv");
        ComparisonFiles.writeCsv(file, comparison(0.5, 1));
        assertThat(Files.readAllLines(file))
                .hasSize(1 + 2 * 9)
                .startsWith(
                        "trainFraction,seed,method,trainRows,testTaskLoss,testTaskLossStandardError,testRegret,"
                                + "testRegretStandardError,differenceToTwoStage,differenceToTwoStageStandardError,"
                                + "pointForecastTestTaskLoss,perfectForesightTestTaskLoss,secondsPerEpoch,trainSeconds,epochs,"
                                + "validationTaskLoss,secondsToBest,failure",
                        "0.5,0,two-stage,50,4.0,0.5,3.0,0.25,0.0,0.125,14.0,0.0,0.05,5.0,7,7.0,100.0,",
                        "0.5,0,so-ebm,50,3.0,0.5,2.0,0.25,-1.0,0.125,14.0,0.0,0.05,5.0,7,6.0,100.0,")
                .contains("1,2,policy-net,,,,,,,,,,,,,,,It diverged.");
    }

    @Test
    void figuresKeepEveryDigitThroughAFile() {
        RunFigures figures = new RunFigures(
                new RunKey("so-ebm", 1, 3),
                76,
                new Estimate(Math.PI, Double.NaN),
                new Estimate(Double.POSITIVE_INFINITY, 1e-300),
                new Estimate(-1.0 / 3, Math.E),
                Double.NaN,
                Math.sqrt(2),
                Double.NaN,
                0.1 + 0.2,
                0,
                new ValidationCurve(Double.NaN, true, List.of(new ValidationCurve.Point(3, 0.1 + 0.7, -1.0 / 3))));
        JsonObject json =
                JsonParser.parseString(JsonFiles.text(figures.toMap())).getAsJsonObject();
        assertThat(RunFigures.of(figures.key(), json)).isEqualTo(figures);
        assertThat(figures.testRegret().mean()).as("JSON has no infinity").isNaN();
    }

    @Test
    void aMethodFarWorseThanMostDoesNotHideTheOthers() {
        LossRange range = LossRange.of(List.of(figures("a", 3, 0.1), figures("b", 3.2, 0.2), figures("c", 50, 1)));
        assertThat(range.low()).isCloseTo(2.9, within(1e-12));
        assertThat(range.high()).isCloseTo(3.4, within(1e-12));
        assertThat(range.beyond()).containsExactly("c");
    }

    private static MethodFigures figures(String name, double loss, double deviation) {
        return new MethodFigures(
                name, 2, loss, deviation, loss, new Estimate(0, 0), 1, 1, 0, loss, deviation, 1, 0, List.of());
    }

    @Test
    void everyMethodHasItsColourInThePictures() {
        Comparison comparison = comparison(0.25, 1);
        for (BufferedImage picture : List.of(
                TaskLossChart.draw(comparison),
                TrainingTimeChart.draw(comparison),
                ValidationRegretChart.draw(comparison),
                TrainFractionChart.drawLoss(comparison),
                TrainFractionChart.drawTime(comparison))) {
            for (int method = 0; method < METHODS.size(); method++) {
                int colour = MethodColours.of(method).getRGB();
                assertThat(count(picture, colour)).as(METHODS.get(method)).isGreaterThan(30);
            }
        }
    }

    @Test
    void longerBarsAreLargerLosses() {
        BufferedImage picture = TaskLossChart.draw(comparison(1));
        assertThat(count(picture, MethodColours.of(0).getRGB()))
                .as("5 against 4")
                .isGreaterThan(count(picture, MethodColours.of(1).getRGB()));
    }

    @Test
    void thereIsAPictureWhereNothingFinishedOrAllLossesAreZero() {
        for (List<RunFigures> runs : List.of(List.<RunFigures>of(), List.of(run("two-stage", 1, 0, 0, 0)))) {
            Comparison comparison = new Comparison(
                    "t", "s", "cpu", List.of("two-stage", "so-ebm"), List.of(1.0), List.of(0L), runs, List.of());
            assertThat(TaskLossChart.draw(comparison).getWidth()).isPositive();
            assertThat(TrainingTimeChart.draw(comparison).getWidth()).isPositive();
            assertThat(ValidationRegretChart.draw(comparison).getWidth()).isPositive();
        }
    }

    private static int count(BufferedImage picture, int colour) {
        int count = 0;
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                count += (picture.getRGB(x, y) | 0xFF000000) == colour ? 1 : 0;
            }
        }
        return count;
    }
}
