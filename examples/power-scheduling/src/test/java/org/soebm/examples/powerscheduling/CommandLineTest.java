package org.soebm.examples.powerscheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.CsvTables;

/** From training to decisions, as a user goes about it: one short training, and what can be done with its model. */
class CommandLineTest {

    private static final Pattern TASK_LOSS = Pattern.compile("task loss +([0-9.]+)");

    @TempDir
    static Path folder;

    private static Path model;

    private final PowerSchedulingTask task = new PowerSchedulingTask();

    @BeforeAll
    static void train() throws IOException, InterruptedException {
        model = folder.resolve("model");
        ForkedCommandLine training = ForkedCommandLine.run(
                folder,
                "train",
                "power-scheduling",
                "--device",
                "cpu",
                "--epochs",
                "1",
                "--pretraining-epochs",
                "1",
                "--out",
                model.toString());
        assertThat(training.exitCode()).as(training.err()).isZero();
    }

    @Test
    void trainingLeavesNoFigureOpen() throws IOException {
        JsonObject metrics = metrics();

        assertThat(metrics.entrySet()).noneMatch(figure -> figure.getValue().isJsonNull());
        assertThat(metrics.get("task").getAsString()).isEqualTo("power-scheduling");
        assertThat(metrics.get("method").getAsString()).isEqualTo("so-ebm");
        assertThat(metrics.get("solver").getAsString()).isEqualTo("ortools");
        assertThat(metrics.get("epochs").getAsInt()).isOne();
        assertThat(model.toFile().list()).contains("model.json", "metrics.json", "history.csv");
    }

    @Test
    void trainedModelDecides() throws IOException, InterruptedException {
        Table features =
                task.data(null, 0).features().select(IntStream.range(0, 5).toArray());
        Path x = folder.resolve("x.csv");
        Path a = folder.resolve("a.csv");
        CsvTables.write(x, features);

        ForkedCommandLine run = ForkedCommandLine.run(
                folder, "decide", "--model", model.toString(), "--features", x.toString(), "--out", a.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        Table decisions = CsvTables.read(a);
        assertThat(decisions.columns()).hasSize(24).startsWith("a0", "a1").endsWith("a23");
        assertThat(decisions.rows()).isEqualTo(5);
        for (int row = 0; row < 5; row++) {
            assertThat(task.constraints().violation(decisions.row(row))).isLessThan(1e-6);
        }
    }

    @Test
    void evaluationRepeatsTheFiguresOfTheTraining() throws IOException, InterruptedException {
        ForkedCommandLine run = ForkedCommandLine.run(folder, "evaluate", "--model", model.toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        Matcher taskLoss = TASK_LOSS.matcher(run.out());
        assertThat(taskLoss.find()).as(run.out()).isTrue();
        double trained = metrics().get("testTaskLoss").getAsDouble();
        assertThat(Double.parseDouble(taskLoss.group(1))).isCloseTo(trained, within(1e-3 * trained));
    }

    private static JsonObject metrics() throws IOException {
        return JsonParser.parseString(Files.readString(model.resolve("metrics.json")))
                .getAsJsonObject();
    }
}
