package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.runtime.preprocessing.DecisionCache;

/**
 * Trainings in processes of their own that are killed. How often {@code kill -9} is tried at a random moment says the system
 * property {@value #KILLS}.
 */
class KilledTrainingTest {
    private static final String KILLS = "soebm.test.kills";
    private static final long LONGEST_SECONDS = 120;

    @TempDir
    Path folder;

    private Path out;
    private Path err;

    @BeforeEach
    void setPaths() {
        out = folder.resolve("out");
        err = folder.resolve("err.txt");
    }

    private Process start(Path results, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-D" + DecisionCache.FOLDER_PROPERTY + "=" + folder.resolve("cache"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "newsvendor",
                "--out",
                results.toString(),
                "--pretraining-epochs",
                "150",
                "--epochs",
                "150"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(err.toFile())
                .start();
    }

    private int end(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("ends by itself")
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The figures but for times and what depends on the cache. */
    private static JsonObject metrics(Path results) throws IOException {
        JsonObject metrics = JsonParser.parseString(Files.readString(results.resolve("metrics.json")))
                .getAsJsonObject();
        for (String time : List.of(
                "preprocessingSeconds",
                "preprocessingCached",
                "trainSeconds",
                "secondsPerEpoch",
                "inferenceMillisPerDecision")) {
            assertThat(metrics.remove(time)).isNotNull();
        }
        return metrics;
    }

    @Test
    void aTrainingKilledAtAnyMomentGoesOnToTheSameFigures() throws Exception {
        Path whole = folder.resolve("whole");
        long start = System.nanoTime();
        assertThat(end(start(whole))).as(Files.readString(err)).isZero();
        long nanos = System.nanoTime() - start;
        JsonObject expected = metrics(whole);

        Random random = new Random();
        int kills = Integer.getInteger(KILLS, 3);
        int killed = 0;
        for (int i = 0; i < kills; i++) {
            Path results = folder.resolve("killed-" + i);
            long moment = (long) (random.nextDouble() * nanos);
            Process process = start(results);
            if (!process.waitFor(moment, TimeUnit.NANOSECONDS)) {
                process.destroyForcibly();
                process.waitFor();
                killed++;
            }
            assertThat(end(start(results, "--resume")))
                    .as("killed after %.3f s: %s", moment * 1e-9, Files.readString(err))
                    .isZero();
            assertThat(metrics(results))
                    .as("killed after %.3f s", moment * 1e-9)
                    .isEqualTo(expected);
            assertThat(results.toFile().list())
                    .as("nothing is left over")
                    .containsExactlyInAnyOrder(whole.toFile().list());
        }
        assertThat(killed).as("trainings that were still at work").isPositive();
    }

    @Test
    void aPoliteKillKeepsTheBestModelAndTheTrainingGoesOnToTheSameFigures() throws Exception {
        Path whole = folder.resolve("whole");
        assertThat(end(start(whole))).as(Files.readString(err)).isZero();

        Process process = start(out);
        long start = System.nanoTime();
        while (!Files.readString(err).contains("epoch 20: ")) {
            assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(LONGEST_SECONDS));
            Thread.sleep(5);
        }
        process.destroy(); // SIGTERM, which is heard as Ctrl-C is
        assertThat(end(process)).isEqualTo(143);
        Path best = out.resolve("best-so-far");
        assertThat(Files.readString(err))
                .contains("Stopping at the next step", "soebm: Stopped. The best model so far (two-stage, epoch ")
                .contains("is in " + best, "--resume");
        assertThat(CliRun.of("evaluate", "--model", best.toString()).exitCode()).isZero();

        assertThat(end(start(out, "--resume"))).as(Files.readString(err)).isZero();
        assertThat(Files.readString(err)).contains("going on after epoch ");
        assertThat(metrics(out)).isEqualTo(metrics(whole));
        assertThat(out.toFile().list()).containsExactlyInAnyOrder(whole.toFile().list());
    }
}
