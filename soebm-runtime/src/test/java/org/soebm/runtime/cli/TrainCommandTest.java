package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.CsvTables;
import org.soebm.runtime.data.ResultFolder;
import org.soebm.runtime.experiment.RunCheckpoint;
import org.soebm.runtime.preprocessing.DecisionCache;

class TrainCommandTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void useACacheOfItsOwn() {
        model = folder.resolve("model");
        System.setProperty(
                DecisionCache.FOLDER_PROPERTY, folder.resolve("cache").toString());
    }

    @AfterEach
    void restoreTheCache() {
        System.clearProperty(DecisionCache.FOLDER_PROPERTY);
    }

    private CliRun train(String... more) {
        String[] args = {"train", "newsvendor", "--out", model.toString()};
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return CliRun.of(all);
    }

    private JsonObject metrics() throws IOException {
        return JsonParser.parseString(Files.readString(model.resolve("metrics.json")))
                .getAsJsonObject();
    }

    @Test
    void aRunWritesModelMetricsAndHistoryAndPrintsTheFigures() throws IOException {
        CliRun run = train("--seed", "7");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("two-stage", "so-ebm", "perfect foresight", "±", "effective sample size");
        assertThat(run.err()).contains("Training two-stage", "Training so-ebm", "newsvendor by so-ebm with coordinate");
        assertThat(model.toFile().list())
                .containsExactlyInAnyOrder(
                        "model.json", "parameters.bin", "metrics.json", "history.csv", "config.yaml", "report.html");

        JsonObject metrics = metrics();
        assertThat(metrics.keySet())
                .contains(
                        "task",
                        "method",
                        "solver",
                        "device",
                        "seed",
                        "trainRows",
                        "validationRows",
                        "testRows",
                        "testTaskLoss",
                        "testTaskLossStandardError",
                        "testRegret",
                        "twoStageTestTaskLoss",
                        "preprocessingSeconds",
                        "secondsPerEpoch",
                        "epochs",
                        "inferenceMillisPerDecision",
                        "effectiveSampleSize");
        assertThat(metrics.get("trainRows").getAsInt()).isEqualTo(76);
        assertThat(metrics.get("validationRows").getAsInt()).isEqualTo(20);
        assertThat(metrics.get("testRows").getAsInt()).isEqualTo(24);
        assertThat(metrics.get("epochs").getAsInt()).isEqualTo(3);
        assertThat(metrics.get("seed").getAsLong()).isEqualTo(7);
        assertThat(metrics.get("effectiveSampleSize").getAsDouble()).isBetween(1.0, 16.0);
        double loss = metrics.get("testTaskLoss").getAsDouble();
        assertThat(metrics.get("testRegret").getAsDouble()).isBetween(0.0, loss);

        List<String> history = Files.readAllLines(model.resolve("history.csv"));
        assertThat(history.get(0)).isEqualTo("phase,epoch,trainingLoss,validationTaskLoss,effectiveSampleSize,seconds");
        assertThat(history).filteredOn(line -> line.startsWith("two-stage,")).hasSize(7);
        assertThat(history).filteredOn(line -> line.startsWith("so-ebm,")).hasSize(4);
    }

    @Test
    void theSameSeedGivesTheSameFiguresAndTheSecondRunFindsItsDecisionsInTheCache() throws IOException {
        train("--seed", "3");
        JsonObject first = metrics();
        train("--seed", "3");
        JsonObject second = metrics();
        assertThat(second.get("testTaskLoss")).isEqualTo(first.get("testTaskLoss"));
        assertThat(first.get("preprocessingCached").getAsBoolean()).isFalse();
        assertThat(second.get("preprocessingCached").getAsBoolean()).isTrue();
    }

    @Test
    void aSavedModelDecidesAndIsEvaluatedAsItWasTested() throws IOException {
        train("--seed", "7");
        double loss = metrics().get("testTaskLoss").getAsDouble();
        CliRun evaluation = CliRun.of("evaluate", "--model", model.toString(), "--device", "cpu");
        assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
        assertThat(evaluation.out())
                .contains("24 test rows", "task loss", "regret", String.format(Locale.ROOT, "%.4g ±", loss));

        Path features = Files.writeString(folder.resolve("x.csv"), "x0,x1\n0,1\n0.5,-2\n");
        Path out = folder.resolve("a.csv");
        String[] decide = {
            "decide", "--model", model.toString(), "--features", features.toString(), "--out", out.toString()
        };
        CliRun decision = CliRun.of(decide);
        assertThat(decision.exitCode()).as(decision.err()).isZero();
        Table decisions = CsvTables.read(out);
        assertThat(decisions.columns()).containsExactly("a0", "a1");
        assertThat(decisions.rows()).isEqualTo(2);

        Files.writeString(features, "x1,x0\n0,1\n");
        Files.delete(out);
        CliRun swapped = CliRun.of(decide);
        assertThat(swapped.exitCode()).isOne();
        assertThat(swapped.errorLine()).contains("another order: column 1 is x1, but must be x0");
        Files.writeString(features, "x0\n0\n");
        CliRun narrow = CliRun.of(decide);
        assertThat(narrow.exitCode()).isOne();
        assertThat(narrow.errorLine()).contains("has 1 columns, but the model was trained on 2 features");
        assertThat(out).doesNotExist();
    }

    /** Its own phase alone is changed; two-stage training, which it is compared with, stays as it is. */
    @Test
    void aPolicyNetIsTrainedSavedEvaluatedAndDecides() throws IOException {
        CliRun run = train("--method", "policy-net", "--epochs", "4", "--batch-size", "19", "--seed", "7");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(metrics().get("effectiveSampleSize").isJsonNull()).isTrue();
        assertThat(metrics().get("epochs").getAsInt()).isEqualTo(4);
        assertThat(metrics().get("twoStageTestTaskLoss")).isNotEqualTo(metrics().get("testTaskLoss"));
        List<String> history = Files.readAllLines(model.resolve("history.csv"));
        assertThat(history).filteredOn(line -> line.startsWith("policy-net,")).hasSize(5);
        assertThat(history).filteredOn(line -> line.startsWith("two-stage,")).hasSize(7);
        double seconds = history.stream()
                .filter(line -> line.startsWith("policy-net,") && !line.startsWith("policy-net,0"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                .max()
                .getAsDouble();
        assertThat(metrics().get("secondsPerEpoch").getAsDouble()).isBetween(0.0, seconds);

        double loss = metrics().get("testTaskLoss").getAsDouble();
        CliRun evaluation = CliRun.of("evaluate", "--model", model.toString(), "--device", "cpu");
        assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
        assertThat(evaluation.out()).contains(String.format(Locale.ROOT, "%.4g ±", loss));

        Path features = Files.writeString(folder.resolve("x.csv"), "x0,x1\n0,1\n900,-2\n");
        Path out = folder.resolve("a.csv");
        CliRun decision = CliRun.of(
                "decide", "--model", model.toString(), "--features", features.toString(), "--out", out.toString());
        assertThat(decision.exitCode()).as(decision.err()).isZero();
        Table decisions = CsvTables.read(out);
        assertThat(decisions.columns()).containsExactly("a0", "a1");
        for (int row = 0; row < 2; row++) {
            assertThat(decisions.row(row)).satisfies(a -> assertThat(a[0]).isBetween(0.0, 10.0));
        }

        CliRun landscape = CliRun.of(
                "landscape",
                "--model",
                model.toString(),
                "--out",
                folder.resolve("l.png").toString());
        assertThat(landscape.exitCode()).isOne();
        assertThat(landscape.errorLine()).contains("learned by policy-net", "no energy to draw");
    }

    @Test
    void aMethodThatASettingMakesImpossibleIsRefusedWithTheReason() {
        CliRun run = train("--method", "so-ebm-no-mle", "--lambda", "0");
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine())
                .contains("The method so-ebm-no-mle cannot learn newsvendor", "its weight lambda is 0");
        assertThat(model).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"so-ebm-no-mle", "so-ebm-no-kl", "so-ebm-langevin"})
    void variantsOfSoEbmAreTrainedAndSaved(String method) throws IOException {
        CliRun run = train("--method", method, "--epochs", "1");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(metrics().get("effectiveSampleSize").isJsonNull()).isEqualTo(method.equals("so-ebm-langevin"));
        CliRun evaluation = CliRun.of("evaluate", "--model", model.toString(), "--device", "cpu");
        assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
    }

    @Test
    void twoStageAloneHasNoEffectiveSampleSize() throws IOException {
        CliRun run = train("--method", "two-stage", "--epochs", "2", "--batch-size", "32");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(metrics().get("effectiveSampleSize").isJsonNull()).isTrue();
        assertThat(metrics().get("epochs").getAsInt()).isEqualTo(2);
        assertThat(metrics().get("twoStageTestTaskLoss")).isEqualTo(metrics().get("testTaskLoss"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--method magic|no method named magic; there are: two-stage, two-stage-tuned,",
                "--solver abacus|no solver named abacus; installed are: coordinate",
                "--device tpu|no device named tpu; there are: cpu, gpu",
                "--epochs -1|number of epochs is -1",
                "--epochs many|many",
                "--samples 1|number of samples is 1",
                "--temperature 0|temperature is 0.0",
                "--lambda -1|lambda is -1.0",
                "--likelihood-weight -1|likelihood weight is -1.0"
            })
    void wrongUsageIsNamedAndNothingIsWritten(String options, String problem) {
        CliRun run = train(options.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains(problem);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"--data", "--split"})
    void aMissingFileIsNamedAndNothingIsWritten(String option) {
        CliRun run = train(option, folder.resolve("none").toString());
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine())
                .contains("There is no file", folder.resolve("none").toString());
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'x0,x1\n1,2\n'|'y0,y1\n1,x\n'|y.csv|line 2, column y1 is 'x'",
                "'x0,x1\n1,NaN\n'|'y0,y1\n1,2\n'|x.csv|line 2, column x1 is NaN",
                "'x0,x1\n1\n'|'y0,y1\n1,2\n'|x.csv|line 2 has 1 values",
                "'x0,x1\n1,2\n'|''|y.csv|empty",
                "'x0,x1\n1,2\n3,4\n'|'y0,y1\n1,2\n'|2 rows|1",
                "'x0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n'|'y0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n'|data|The parameters have 1 columns, but the task's cost has 2"
            })
    void badDataAreNamedAndNothingIsWritten(String x, String y, String where, String problem) throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("x.csv"), x);
        Files.writeString(data.resolve("y.csv"), y);
        CliRun run = train("--data", data.toString());
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains(where, problem).doesNotContain("Exception");
        assertThat(folder.toFile().list()).containsExactly("data");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'index\n0\n0\n1\n'|0", "'index\n0\n1\n5000\n'|5000", "'row\n0\n1\n'|index", "'index\n0\nx\n'|'x'"
            })
    void aBadSplitIsNamedAndNothingIsWritten(String content, String problem) throws IOException {
        Path split = Files.writeString(folder.resolve("split.csv"), content);
        CliRun run = train("--split", split.toString());
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains(split.toString(), problem).doesNotContain("Exception");
        assertThat(folder.toFile().list()).containsExactly("split.csv");
    }

    @Test
    void aRunThatFailsLeavesNoNewFolder() {
        model = folder.resolve("a/b/model");
        CliRun run = CliRun.of("train", "unbounded-price", "--device", "cpu", "--out", model.toString());
        assertThat(run.exitCode()).isOne();
        assertThat(folder.resolve("a")).doesNotExist();
    }

    @Test
    void aFileInTheWayOfAResultLeavesTheOldResults() throws IOException {
        Files.createDirectories(model.resolve("metrics.json"));
        Files.writeString(model.resolve("history.csv"), "old");
        CliRun run = train("--method", "two-stage", "--epochs", "1");
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains("Cannot write " + model.resolve("metrics.json"));
        assertThat(model.resolve("history.csv")).hasContent("old");
        assertThat(model.toFile().list()).containsExactlyInAnyOrder("metrics.json", "history.csv", "checkpoint");

        Files.delete(model.resolve("metrics.json"));
        CliRun resumed = train("--method", "two-stage", "--epochs", "1", "--resume");
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("going on after epoch 1");
        assertThat(metrics().get("epochs").getAsInt()).isEqualTo(1);
        assertThat(model.resolve("checkpoint")).doesNotExist();

        CliRun finished = train("--method", "two-stage", "--epochs", "1", "--resume");
        assertThat(finished.exitCode()).as(finished.err()).isZero();
        assertThat(finished.out()).contains("This run is finished; its results are in " + model);
        assertThat(finished.err()).doesNotContain("Training");
    }

    @Test
    void anotherRunDoesNotGoOnFromACheckpointAndADamagedOneIsRefused() throws IOException {
        Files.createDirectories(model.resolve("metrics.json"));
        assertThat(train("--epochs", "1").exitCode()).isOne();
        CliRun other = train("--epochs", "1", "--lambda", "3", "--resume");
        assertThat(other.exitCode()).isOne();
        assertThat(other.errorLine()).contains("is of another run", "hyper-parameters", "without --resume");
        Path state = model.resolve("checkpoint/state.bin");
        byte[] bytes = Files.readAllBytes(state);
        bytes[bytes.length / 2] ^= 1;
        Files.write(state, bytes);
        CliRun damaged = train("--epochs", "1", "--resume");
        assertThat(damaged.exitCode()).isOne();
        assertThat(damaged.errorLine()).contains(state + " is damaged", "without --resume");
        Files.delete(model.resolve("metrics.json"));
        CliRun anew = train("--epochs", "1");
        assertThat(anew.exitCode()).as(anew.err()).isZero();
        assertThat(anew.err()).contains("Starting anew; with --resume it would go on");
        assertThat(model.resolve("checkpoint")).doesNotExist();
    }

    @Test
    void whereTheLossDivergesTheBestModelIsKeptAndDecides() throws IOException {
        CliRun run = train("--temperature", "1e-300");
        assertThat(run.exitCode()).isOne();
        Path best = model.resolve("best-so-far");
        assertThat(run.errorLine())
                .contains(
                        "The loss of so-ebm is",
                        "after epoch 1",
                        "best model so far (so-ebm, epoch 0",
                        "is in " + best);
        assertThat(model.toFile().list()).containsExactly("best-so-far");
        CliRun evaluation = CliRun.of("evaluate", "--model", best.toString());
        assertThat(evaluation.exitCode()).as(evaluation.err()).isZero();
        assertThat(train().exitCode()).isZero();
        assertThat(best).doesNotExist();
    }

    @Test
    void twoTrainingsDoNotWriteIntoTheSameFolder() throws Exception {
        Files.createDirectories(model.resolve("checkpoint"));
        try (ResultFolder other = ResultFolder.openAlone(model, RunCheckpoint.lock(model))) {
            CliRun run = train();
            assertThat(run.exitCode()).isOne();
            assertThat(run.errorLine()).contains("in use", model.toString());
        }
    }

    @Test
    void anUnwritableFolderIsKnownBeforeTrainingStarts() throws IOException {
        Files.writeString(model, "in the way");
        CliRun run = train();
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains("Cannot write into the folder " + model);
        assertThat(run.err().lines()).as("no work was begun").hasSize(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatTakesNoFilesIsKnownBeforeTrainingStarts() {
        model = Path.of("/proc/model");
        CliRun run = train();
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains("Cannot write into the folder /proc/model", "Choose another folder");
        assertThat(run.err().lines()).as("no work was begun").hasSize(1);
    }

    @Test
    void whatLinksOutOfTheFolderIsNeitherReadNorWritten() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path mine = Files.writeString(elsewhere.resolve("mine"), "mine");
        Files.createDirectories(model.resolve("checkpoint"));
        for (String name : new String[] {"checkpoint/state.bin", "checkpoint/lock", "history.csv", "report.html"}) {
            Files.deleteIfExists(model.resolve(name)); // the lock of the run before
            Path link = Files.createSymbolicLink(model.resolve(name), mine);
            for (String[] more : new String[][] {{}, {"--resume"}}) {
                CliRun run = train(more);
                assertThat(run.exitCode()).as(name).isOne();
                assertThat(run.errorLine()).contains(name + " is a link that leads out of the folder");
            }
            Files.delete(link);
            assertThat(mine).hasContent("mine");
        }
        Files.createSymbolicLink(model.resolve("best-so-far"), elsewhere);
        CliRun diverged = train("--temperature", "1e-300");
        assertThat(diverged.errorLine()).contains("best-so-far is a link that leads out of the folder");
        assertThat(elsewhere.toFile().list()).containsExactly("mine");
    }

    @Test
    void aGpuThatIsNotThereIsNamed() {
        Assumptions.assumeTrue(Engine.getInstance().getGpuCount() == 0);
        CliRun run = CliRun.of("train", "newsvendor", "--device", "gpu", "--out", model.toString());
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains("There is no GPU");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void rowsWithoutAnOptimumStopTheRunUnlessTheyAreSkipped() throws IOException {
        String[] line = {"train", "unbounded-price", "--device", "cpu", "--epochs", "1", "--out", model.toString()};
        CliRun stopped = CliRun.of(line);
        assertThat(stopped.exitCode()).isOne();
        assertThat(stopped.errorLine())
                .contains("(counted from 0) has no optimal decision", "UNBOUNDED", "--skip-unsolvable");
        assertThat(model).doesNotExist();

        line = Arrays.copyOf(line, line.length + 1);
        line[line.length - 1] = "--skip-unsolvable";
        CliRun skipped = CliRun.of(line);
        assertThat(skipped.exitCode()).as(skipped.err()).isZero();
        assertThat(metrics().get("skippedRows").getAsInt()).isPositive();
        assertThat(metrics().get("trainRows").getAsInt()
                        + metrics().get("validationRows").getAsInt()
                        + metrics().get("testRows").getAsInt()
                        + metrics().get("skippedRows").getAsInt())
                .isEqualTo(20);

        CliRun evaluated = CliRun.of("evaluate", "--model", model.toString(), "--device", "cpu");
        assertThat(evaluated.exitCode()).isOne();
        assertThat(evaluated.errorLine()).contains("Row 18 (counted from 0)", "UNBOUNDED", "--skip-unsolvable");
        evaluated = CliRun.of("evaluate", "--model", model.toString(), "--device", "cpu", "--skip-unsolvable");
        assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
        assertThat(evaluated.out())
                .contains(
                        "4 test rows (prices, 1 left out)",
                        String.format(
                                Locale.ROOT,
                                "%.4g ±",
                                metrics().get("testTaskLoss").getAsDouble()));
    }

    @Test
    void aFolderWithoutAModelIsNamed() {
        CliRun run = CliRun.of("evaluate", "--model", folder.toString());
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains("The folder " + folder + " holds no model");
    }
}
