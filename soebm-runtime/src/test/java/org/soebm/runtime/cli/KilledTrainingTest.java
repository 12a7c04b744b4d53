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
import org.junit.jupiter.api.BeforeAll;
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
    static Path common;

    @TempDir
    Path folder;

    private static Path whole;
    private static JsonObject expected;
    private static long nanos;

    private Path out;
    private Path err;

    /** What an uninterrupted training comes to, and how long it takes. */
    @BeforeAll
    static void trainWithoutInterruption() throws Exception {
        whole = common.resolve("whole");
        Path err = common.resolve("err.txt");
        long start = System.nanoTime();
        assertThat(end(start(whole, err))).as(Files.readString(err)).isZero();
        nanos = System.nanoTime() - start;
        expected = metrics(whole);
    }

    @BeforeEach
    void setPaths() {
        out = folder.resolve("out");
        err = folder.resolve("err.txt");
    }

    private static Process start(Path results, Path err, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-D" + DecisionCache.FOLDER_PROPERTY + "=" + common.resolve("cache"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "newsvendor",
                "--out",
                results.toString(),
                "--pretraining-epochs",
                "60",
                "--epochs",
                "60"));
        command.addAll(List.of(more));
        return new ProcessBuilder(command)
                .redirectOutput(common.resolve("out.txt").toFile())
                .redirectError(err.toFile())
                .start();
    }

    private static int end(Process process) throws InterruptedException {
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
        Random random = new Random();
        int kills = Integer.getInteger(KILLS, 2);
        long longest = nanos; // shorter where the machine has become faster since
        for (int i = 0; i < kills; ) {
            Path results = folder.resolve("killed-" + i);
            long moment = (long) (random.nextDouble() * longest);
            Process process = start(results, err);
            if (process.waitFor(moment, TimeUnit.NANOSECONDS)) {
                longest = moment;
                continue; // too late to kill it; once more, into the same folder
            }
            process.destroyForcibly();
            process.waitFor();
            i++;
            assertThat(end(start(results, err, "--resume")))
                    .as("killed after %.3f s: %s", moment * 1e-9, Files.readString(err))
                    .isZero();
            assertThat(metrics(results))
                    .as("killed after %.3f s", moment * 1e-9)
                    .isEqualTo(expected);
            assertThat(results.toFile().list())
                    .as("nothing is left over")
                    .containsExactlyInAnyOrder(whole.toFile().list());
        }
    }

    @Test
    void aPoliteKillKeepsTheBestModelAndTheTrainingGoesOnToTheSameFigures() throws Exception {
        Process process = start(out, err);
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

        assertThat(end(start(out, err, "--resume"))).as(Files.readString(err)).isZero();
        assertThat(Files.readString(err)).contains("going on after epoch ");
        assertThat(metrics(out)).isEqualTo(expected);
        assertThat(out.toFile().list()).containsExactlyInAnyOrder(whole.toFile().list());
    }
}
