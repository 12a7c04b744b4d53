package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.runtime.data.ResultFolder;
import org.soebm.runtime.preprocessing.DecisionCache;

class CompareCommandTest {
    private static final String[] SMALL = {
        "--methods", "two-stage,so-ebm", "--runs", "2", "--pretraining-epochs", "2", "--epochs", "1"
    };

    private static final String[] ONE = {
        "--methods", "so-ebm", "--runs", "1", "--pretraining-epochs", "1", "--epochs", "1"
    };

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void useACacheOfItsOwn() {
        out = folder.resolve("comparison");
        System.setProperty(
                DecisionCache.FOLDER_PROPERTY, folder.resolve("cache").toString());
    }

    @AfterEach
    void restoreTheCache() {
        System.clearProperty(DecisionCache.FOLDER_PROPERTY);
    }

    private CliRun compare(String[] options, String... more) {
        return CliRun.of(Stream.of(new String[] {"compare", "newsvendor", "--out", out.toString()}, options, more)
                .flatMap(Arrays::stream)
                .toArray(String[]::new));
    }

    private JsonObject comparison() throws IOException {
        return JsonParser.parseString(Files.readString(out.resolve("comparison.json")))
                .getAsJsonObject();
    }

    private static JsonObject method(JsonObject of, int place) {
        return of.getAsJsonArray("methods").get(place).getAsJsonObject();
    }

    private static JsonElement withoutTimes(JsonElement json) {
        JsonElement copy = json.deepCopy();
        copy.getAsJsonObject()
                .getAsJsonArray("methods")
                .forEach(method -> Stream.of(
                                "secondsPerEpoch",
                                "trainSeconds",
                                "trainSecondsStd",
                                "secondsToBest",
                                "secondsToBestStd")
                        .forEach(time -> method.getAsJsonObject().remove(time)));
        return copy;
    }

    @Test
    void aComparisonWritesFilesAndPicturesAndPrintsATable() throws IOException {
        CliRun run = compare(SMALL, "--seed", "4");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("newsvendor, 2 runs, seeds 4 to 5 with coordinate on cpu; .*"))
                .anyMatch(line ->
                        line.matches("  two-stage +[0-9.]+ ± [0-9.]+ +[0-9.e-]+ +[0-9.]+ ± [0-9.]+ +[0-9.]+ ± [0-9.]+"))
                .anyMatch(
                        line -> line.matches(
                                "  so-ebm +[0-9.]+ ± [0-9.]+ +-?[0-9.e-]+ ± [0-9.e-]+ +[0-9.e-]+ +[0-9.]+ ± [0-9.]+ +[0-9.]+ ± [0-9.]+"));
        assertThat(run.err())
                .contains(
                        "Run 1 of 4: two-stage, seed 4\n",
                        "Run 2 of 4: so-ebm, seed 4\n",
                        "Run 3 of 4: two-stage, seed 5; about",
                        "so-ebm, seed 5: test task loss");
        assertThat(out.toFile().list())
                .containsExactlyInAnyOrder(
                        "comparison.json",
                        "comparison.csv",
                        "task-loss.png",
                        "training-time.png",
                        "validation-regret.png",
                        "landscape.png",
                        "model-so-ebm",
                        "runs");
        assertThat(ImageIO.read(out.resolve("landscape.png").toFile()).getWidth())
                .isGreaterThan(1000);

        JsonObject json = comparison();
        assertThat(json.get("task").getAsString()).isEqualTo("newsvendor");
        assertThat(json.get("runs").getAsInt()).isEqualTo(2);
        assertThat(json.has("trainFractions")).isFalse();
        JsonObject soEbm = method(json, 1);
        assertThat(soEbm.get("name").getAsString()).isEqualTo("so-ebm");
        assertThat(soEbm.get("failures").getAsInt()).isZero();
        double meanDifference = soEbm.get("testTaskLossMean").getAsDouble()
                - method(json, 0).get("testTaskLossMean").getAsDouble();
        assertThat(soEbm.get("differenceToTwoStage").getAsDouble()).isCloseTo(meanDifference, within(1e-9));
        assertThat(Files.readAllLines(out.resolve("comparison.csv")))
                .hasSize(5)
                .anyMatch(line -> line.startsWith("1,5,so-ebm,76,"));

        CliRun train = CliRun.of(
                "train",
                "newsvendor",
                "--seed",
                "4",
                "--pretraining-epochs",
                "2",
                "--epochs",
                "1",
                "--out",
                folder.resolve("model").toString());
        assertThat(train.exitCode()).as(train.err()).isZero();
        assertThat(Files.readString(out.resolve("runs/fraction-1/seed-4/so-ebm.json")))
                .as("the same as a single training")
                .contains("\"testTaskLoss\": "
                        + JsonParser.parseString(Files.readString(folder.resolve("model/metrics.json")))
                                .getAsJsonObject()
                                .get("testTaskLoss")
                        + ",");
        assertThat(out.resolve("model-so-ebm/parameters.bin"))
                .hasSameBinaryContentAs(folder.resolve("model/parameters.bin"));
    }

    @Test
    void finishedRunsAreNotRepeatedAndMissingOnesComeOutTheSame() throws IOException {
        assertThat(compare(SMALL).exitCode()).isZero();
        JsonObject whole = comparison();
        byte[] picture = Files.readAllBytes(out.resolve("validation-regret.png"));
        CliRun again = compare(SMALL);
        assertThat(again.err()).doesNotContain("Training").contains("Run 4 of 4: so-ebm, seed 1; finished before");
        assertThat(Files.readAllBytes(out.resolve("validation-regret.png")))
                .as("drawn from what was kept")
                .isEqualTo(picture);
        assertThat(comparison()).as("times too").isEqualTo(whole);

        Path damaged = out.resolve("runs/fraction-1/seed-1/so-ebm.json");
        Files.writeString(damaged, Files.readString(damaged).replaceFirst("\"testTaskLoss\": ", "\"testTaskLoss\": 9"));
        CliRun repaired = compare(SMALL);
        assertThat(repaired.err())
                .contains("Not taking the finished run " + damaged + ": it is damaged. It is run again.")
                .contains("Run 3 of 4: two-stage, seed 1; finished before");
        assertThat(withoutTimes(comparison())).isEqualTo(withoutTimes(whole));
        Files.writeString(damaged, "{");
        assertThat(compare(SMALL).err()).contains(damaged + ": it is damaged.");
        assertThat(withoutTimes(comparison())).isEqualTo(withoutTimes(whole));
    }

    @Test
    void runsOfOtherOptionsAreNotTaken() {
        assertThat(compare(SMALL).exitCode()).isZero();
        CliRun other = compare(SMALL, "--samples", "8");
        assertThat(other.exitCode()).isZero();
        assertThat(other.err())
                .contains(out.resolve("runs/fraction-1/seed-0/two-stage.json")
                        + ": it is of other data, options or versions. It is run again.")
                .doesNotContain("finished before");
    }

    @Test
    void aLostModelIsTrainedAgain() throws IOException {
        assertThat(compare(SMALL).exitCode()).isZero();
        Files.delete(out.resolve("model-so-ebm/parameters.bin"));
        CliRun again = compare(SMALL);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).contains("parameters.bin is missing. It is run again.", "seed 1; finished before");
        assertThat(out.resolve("model-so-ebm/parameters.bin")).exists();
    }

    @Test
    void smallerFractionsLearnFromFewerRows() throws IOException {
        CliRun run = compare(SMALL, "--train-fraction", "1,0.25");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("0.25 of the training rows:", "\n1 of the training rows:");
        JsonObject json = comparison();
        assertThat(json.getAsJsonArray("trainFractions")).hasSize(2);
        JsonObject small = json.getAsJsonArray("trainFractions").get(0).getAsJsonObject();
        assertThat(small.get("trainFraction").getAsDouble()).isEqualTo(0.25);
        assertThat(json.getAsJsonArray("trainFractions")
                        .get(1)
                        .getAsJsonObject()
                        .get("methods"))
                .isEqualTo(json.get("methods"));
        assertThat(method(small, 0).get("testTaskLossMean"))
                .isNotEqualTo(method(json, 0).get("testTaskLossMean"));
        assertThat(Files.readAllLines(out.resolve("comparison.csv")))
                .hasSize(9)
                .anyMatch(line -> line.startsWith("0.25,1,two-stage,19,"));
        for (String picture : List.of("train-fraction-loss.png", "train-fraction-time.png")) {
            assertThat(ImageIO.read(out.resolve(picture).toFile()).getWidth()).isGreaterThan(1000);
        }

        CliRun one = compare(SMALL);
        assertThat(one.err()).contains("Run 4 of 4: so-ebm, seed 1; finished before");
        assertThat(out.resolve("train-fraction-loss.png"))
                .as("is of another comparison")
                .doesNotExist();
    }

    @Test
    void oneRunHasNoDeviationAndItsDifferenceIsRowByRow() throws IOException {
        CliRun run = compare(new String[] {"--methods", "so-ebm", "--runs", "1", "--epochs", "1"});
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonObject method = method(comparison(), 0);
        assertThat(method.get("testTaskLossStd").isJsonNull()).isTrue();
        assertThat(method.get("differenceToTwoStageStandardError").getAsDouble())
                .isPositive();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--methods magic|no method named magic; there are: two-stage",
                "--methods so-ebm,all|no method named all",
                "--runs 0|number of runs is 0, but must be at least 1",
                "--train-fraction 0|fraction of training rows is 0.0, but must be above 0 and at most 1",
                "--train-fraction 0.5,1.5|fraction of training rows is 1.5",
                "--train-fraction half|half",
                "--train-fraction 1,0.001|fraction of training rows is 0.001, which leaves 1 of 76, but at least 2 are needed",
                "--solver abacus|no solver named abacus",
                "--device tpu|no device named tpu",
                "--epochs -1|number of epochs is -1"
            })
    void wrongUsageIsNamedAndNothingIsWritten(String options, String problem) {
        CliRun run = compare(options.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains(problem);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void rowsWithoutAnOptimumStopTheComparisonUnlessTheyAreSkipped() {
        String[] line = {"compare", "unbounded-price", "--methods", "two-stage", "--runs", "1", "--out", out.toString()
        };
        CliRun stopped = CliRun.of(line);
        assertThat(stopped.exitCode()).isOne();
        assertThat(stopped.errorLine()).contains("has no optimal decision", "--skip-unsolvable");
        assertThat(out).doesNotExist();
        line = Arrays.copyOf(line, line.length + 1);
        line[line.length - 1] = "--skip-unsolvable";
        CliRun skipped = CliRun.of(line);
        assertThat(skipped.exitCode()).as(skipped.err()).isZero();
    }

    @Test
    void aMethodThatFailsIsNamedAndWhereNothingFinishesThatIsTheFailure() throws IOException {
        String[] diverging = {"--temperature", "1e-300", "--pretraining-epochs", "1", "--runs", "2", "--methods"};
        CliRun none = compare(diverging, "so-ebm");
        assertThat(none.exitCode()).isOne();
        assertThat(none.err()).contains("so-ebm, seed 1 FAILED, the others go on: ");
        assertThat(none.errorLine()).contains("All 2 runs failed, the first (so-ebm, seed 0): ");
        assertThat(method(comparison(), 0).get("failures").getAsInt()).isEqualTo(2);
        assertThat(Files.readAllLines(out.resolve("comparison.csv"))).hasSize(3);

        CliRun some = compare(diverging, "so-ebm,two-stage");
        assertThat(some.exitCode()).as(some.err()).isZero();
        assertThat(some.out()).contains("so-ebm failed in 2 of 2 runs (seed 0, 1): ");
        assertThat(method(comparison(), 0).get("failures").getAsInt()).isEqualTo(2);
        assertThat(method(comparison(), 0).get("testTaskLossMean").isJsonNull()).isTrue();
        assertThat(method(comparison(), 1).get("failures").getAsInt()).isZero();
        assertThat(out.toFile().list()).doesNotContain("landscape.png", "model-so-ebm");
    }

    @Test
    void whatFinishedBeforeALaterSeedsRowsFailIsWritten() throws IOException {
        String[] line = {
            "compare",
            "unbounded-price",
            "--methods",
            "two-stage",
            "--runs",
            "2",
            "--seed",
            "99",
            "--out",
            out.toString()
        };
        Files.createDirectories(out);
        Files.writeString(out.resolve("comparison.json"), "old");
        CliRun run = CliRun.of(line);
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains("has no optimal decision", "--skip-unsolvable");
        assertThat(method(comparison(), 0).get("finishedRuns").getAsInt()).isOne();
        assertThat(Files.readAllLines(out.resolve("comparison.csv"))).hasSize(2);
    }

    @Test
    void theModelOfAnEarlierComparisonGoesWithItsMethod() {
        assertThat(compare(SMALL).exitCode()).isZero();
        assertThat(out.resolve("model-so-ebm")).isDirectory();
        CliRun other = compare(new String[] {"--methods", "two-stage", "--runs", "1", "--pretraining-epochs", "2"});
        assertThat(other.exitCode()).as(other.err()).isZero();
        assertThat(out.toFile().list()).doesNotContain("model-so-ebm", "landscape.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parameters.bin", "model.json", "metrics.json", "run.json"})
    void aDamagedModelIsTrainedAgain(String name) throws IOException {
        assertThat(compare(ONE).exitCode()).isZero();
        Path file = out.resolve("model-so-ebm").resolve(name);
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        CliRun again = compare(ONE);
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).contains("damaged. It is run again.");
        assertThat(compare(ONE).err()).contains("Run 1 of 1: so-ebm, seed 0; finished before");
    }

    @Test
    void aFolderInWhichAnotherComparisonWorksIsRefused() throws IOException {
        Files.createDirectories(out.resolve("runs"));
        try (ResultFolder other = ResultFolder.openAlone(out, out.resolve("runs/.lock"))) {
            Path staging = other.staging();
            CliRun run = compare(ONE);
            assertThat(run.exitCode()).isOne();
            assertThat(run.errorLine())
                    .isEqualTo("soebm: The folder " + out + " is in use by another run of the same command. Wait until"
                            + " that has ended, or choose another folder.");
            assertThat(staging).as("is at work").exists();
        }
        assertThat(compare(ONE).exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"comparison.json", "task-loss.png"})
    void aFileInTheWayIsNamed(String name) throws IOException {
        Files.createDirectories(out.resolve(name));
        CliRun run = compare(SMALL);
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains("Cannot write " + out.resolve(name));
    }

    @Test
    void anUnwritableFolderIsKnownBeforeTheFirstRun() throws IOException {
        Files.writeString(out, "in the way");
        CliRun run = compare(SMALL);
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains("Cannot write into the folder " + out);
        assertThat(run.err()).doesNotContain("Run 1");
    }
}
