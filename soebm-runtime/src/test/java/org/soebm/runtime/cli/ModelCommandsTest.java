package org.soebm.runtime.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
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
import org.soebm.runtime.digest.Sha256;
import org.soebm.runtime.preprocessing.DecisionCache;

/** What decide and evaluate say when something is wrong with their input. */
class ModelCommandsTest {
    @TempDir
    static Path models;

    @TempDir
    Path folder;

    private Path features;
    private Path out;

    @BeforeAll
    static void train() {
        System.setProperty(
                DecisionCache.FOLDER_PROPERTY, models.resolve("cache").toString());
        CliRun run =
                CliRun.of("train", "newsvendor", "--method", "two-stage", "--epochs", "1", "--out", model().toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @AfterAll
    static void restoreTheCache() {
        System.clearProperty(DecisionCache.FOLDER_PROPERTY);
    }

    @BeforeEach
    void writeFeatures() throws IOException {
        features = Files.writeString(folder.resolve("x.csv"), "x0,x1\n0,1\n");
        out = folder.resolve("a.csv");
    }

    private static Path model() {
        return models.resolve("model");
    }

    @Test
    void decisionsGoThroughPipes() throws IOException {
        assertThat(run("decide", model()).exitCode()).isZero();
        InputStream terminal = System.in;
        try {
            System.setIn(new ByteArrayInputStream("x0,x1\n0,1\n".getBytes(StandardCharsets.UTF_8)));
            CliRun piped = CliRun.of("decide", "--model", model().toString(), "--features", "-", "--out", "-");
            assertThat(piped.exitCode()).as(piped.err()).isZero();
            assertThat(piped.out()).isEqualTo(Files.readString(out));

            System.setIn(new ByteArrayInputStream("x0,x1\n0,many\n".getBytes(StandardCharsets.UTF_8)));
            CliRun wrong = CliRun.of("decide", "--model", model().toString(), "--features", "-", "--out", "-");
            assertThat(wrong.exitCode()).isOne();
            assertThat(wrong.errorLine()).contains("Standard input, line 2, column x1 is 'many'");
            assertThat(wrong.out()).isEmpty();
        } finally {
            System.setIn(terminal);
        }
    }

    @Test
    void rowsFarFromTheTrainingRowsAreToldButDecided() throws IOException {
        Files.writeString(features, "x0,x1\n0,1\n0,1e6\n-1e9,0\n");
        CliRun run = run("decide", model());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("Warning: 2 of 3 rows are far outside", "the first in row 2: x1 is 1000000.0, but was ");
        assertThat(CsvTables.read(out).rows()).isEqualTo(3);
    }

    @Test
    void decisionsComeWithTheirCostsWhereThatIsAsked() {
        CliRun run = run("decide", model(), "--costs");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Table table = CsvTables.read(out);
        assertThat(table.columns())
                .containsExactly("a0", "a1", "expectedCost", "costQ05", "costQ25", "costQ50", "costQ75", "costQ95");
        double[] row = table.row(0);
        assertThat(Arrays.copyOfRange(row, 3, 8)).isSorted();
        assertThat(row[2]).isBetween(row[3], row[7]);
    }

    private CliRun run(String command, Path model, String... more) {
        List<String> args = new ArrayList<>(List.of(command, "--model", model.toString()));
        if (command.equals("decide")) {
            args.addAll(List.of("--features", features.toString(), "--out", out.toString()));
        }
        args.addAll(List.of(more));
        return CliRun.of(args.toArray(String[]::new));
    }

    private void assertFails(CliRun run, int exitCode, String... parts) {
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.errorLine()).contains(parts);
        assertThat(run.out()).isEmpty();
        assertThat(folder.toFile().list()).as("nothing is left behind").containsExactly("x.csv");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'x0,x1\n0,1\n0,NaN\n'|line 3, column x1 is NaN",
                "'x0,x1\n0,one\n'|line 2, column x1 is 'one'",
                "'x0,x1\n0\n'|line 2 has 1 values"
            })
    void badFeaturesAreNamedAndNothingIsDecided(String content, String problem) throws IOException {
        Files.writeString(features, content);
        assertFails(run("decide", model()), 1, features.toString(), problem);
    }

    @Test
    void anUnwritableFileIsNamed() {
        out = folder.resolve("none/a.csv");
        assertFails(run("decide", model()), 1, "Cannot write " + out, "there is no folder");
        out = folder;
        assertFails(run("decide", model()), 1, "Cannot write " + out, "it is a folder");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNamed() throws IOException {
        out = Path.of("/dev/full");
        assertFails(run("decide", model()), 1, "Cannot write /dev/full: No space left on device");
        assertThat(out).exists();
        StringWriter err = new StringWriter();
        try (OutputStream full = Files.newOutputStream(out)) {
            int code = Main.run(
                    new PrintWriter(full),
                    new PrintWriter(err),
                    "decide",
                    "--model",
                    model().toString(),
                    "--features",
                    features.toString(),
                    "--out",
                    "-");
            assertThat(new CliRun(code, "", err.toString()).errorLine()).contains("Cannot write standard output.");
            assertThat(code).isOne();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFolderThatTakesNoFilesIsNamed() {
        out = Path.of("/proc/a.csv");
        assertFails(run("decide", model()), 1, "Cannot write into the folder /proc: ", "Choose another folder");
    }

    @Test
    void theHalvesOfTwoModelsAreRefused(@TempDir Path mixed) throws IOException {
        Path other = mixed.resolve("other");
        CliRun training = CliRun.of(
                "train",
                "newsvendor",
                "--method",
                "two-stage",
                "--epochs",
                "1",
                "--seed",
                "5",
                "--out",
                other.toString());
        assertThat(training.exitCode()).as(training.err()).isZero();
        Files.copy(model().resolve("parameters.bin"), other.resolve("parameters.bin"), REPLACE_EXISTING);
        assertFails(run("decide", other), 1, other.resolve("parameters.bin").toString(), "digest differs");
        Files.delete(other.resolve("parameters.bin"));
        assertFails(run("decide", other), 1, other.toString(), "parameters.bin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decide", "evaluate"})
    void unknownNamesAreWrongUsage(String command) {
        assertFails(run(command, model(), "--solver", "abacus"), 2, "no solver named abacus", "coordinate");
        assertFails(run(command, model(), "--device", "tpu"), 2, "no device named tpu", "cpu, gpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decide", "evaluate"})
    void aGpuThatIsNotThereIsNamed(String command) {
        Assumptions.assumeTrue(Engine.getInstance().getGpuCount() == 0);
        assertFails(run(command, model(), "--device", "gpu"), 1, "There is no GPU");
    }

    @ParameterizedTest
    @ValueSource(strings = {"decide", "evaluate"})
    void aModelWhoseTaskIsNotInstalledIsNamed(String command, @TempDir Path other) throws IOException {
        Files.copy(model().resolve("parameters.bin"), other.resolve("parameters.bin"));
        String text = Files.readString(model().resolve("model.json"));
        int seal = text.indexOf(",\n  \"sha256\"");
        String florist = text.substring(0, seal).replace("\"task\": \"newsvendor\"", "\"task\": \"florist\"");
        String digest = Sha256.of(florist.getBytes(StandardCharsets.UTF_8));
        Files.writeString(other.resolve("model.json"), florist + ",\n  \"sha256\": \"" + digest + "\"\n}\n");
        assertFails(run(command, other), 1, "no task named florist", "newsvendor");
    }

    @Test
    void missingDataAreNamed() {
        Path none = folder.resolve("none");
        assertFails(run("evaluate", model(), "--data", none.toString()), 1, "There is no file or folder " + none);
    }

    @Test
    void dataOfOtherColumnsAreRefused() throws IOException {
        Path data = Files.createDirectory(models.resolve("other-columns"));
        Files.writeString(data.resolve("x.csv"), "x0\n1\n2\n3\n4\n5\n");
        Files.writeString(data.resolve("y.csv"), "y0,y1\n1,1\n2,2\n3,3\n4,4\n5,5\n");
        assertFails(run("evaluate", model(), "--data", data.toString()), 1, "features (1 columns)", "(2 columns)");
    }
}
