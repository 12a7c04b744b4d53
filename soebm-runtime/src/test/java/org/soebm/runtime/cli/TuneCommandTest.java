package org.soebm.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.soebm.runtime.preprocessing.DecisionCache;

class TuneCommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    void useACacheOfItsOwn() {
        System.setProperty(
                DecisionCache.FOLDER_PROPERTY, folder.resolve("cache").toString());
    }

    @AfterEach
    void restoreTheCache() {
        System.clearProperty(DecisionCache.FOLDER_PROPERTY);
    }

    private CliRun tune(String out, String... more) {
        String[] line = {
            "tune",
            "newsvendor",
            "--pretraining-epochs",
            "2",
            "--epochs",
            "2",
            "--out",
            folder.resolve(out).toString()
        };
        return CliRun.of(Stream.of(line, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    /** Without the column of seconds. */
    private List<String> trials(String out) throws IOException {
        return Files.readAllLines(folder.resolve(out).resolve("trials.csv")).stream()
                .map(line -> line.replaceFirst(",[-0-9.E]+,([^,]*)$", ",$1"))
                .toList();
    }

    private static double best(List<String> trials) {
        return trials.stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[5]))
                .min()
                .getAsDouble();
    }

    @Test
    void aSearchStoppedAtAnyPointGoesOnToTheSameBestWhichTrainRepeats() throws IOException {
        CliRun whole = tune("whole", "--trials", "4", "--seed", "1");
        assertThat(whole.exitCode()).as(whole.err()).isZero();
        assertThat(whole.out())
                .contains(
                        "newsvendor by so-ebm, 4 trials on 20 validation rows",
                        "0 (default)",
                        "chosen by these rows and does worse on others",
                        "soebm train newsvendor --config " + folder.resolve("whole/best.yaml"));
        assertThat(whole.err()).contains("Trial 0 of 0 to 3 (the default): energy.learningRate 0.001,", "s left");
        assertThat(whole.err().lines().filter(line -> line.startsWith("Training two-stage")))
                .as("begin and end of the only one")
                .hasSize(2);
        List<String> trials = trials("whole");
        assertThat(trials.get(0))
                .isEqualTo("trial,energy.learningRate,settings.temperature,settings.lambda,settings.proposalStds,"
                        + "validationTaskLoss,effectiveSampleSize,seconds,failure");

        assertThat(tune("parts", "--trials", "2", "--seed", "1").exitCode()).isZero();
        Path half = folder.resolve("parts/trials/trial-0001.json");
        Files.writeString(half, Files.readString(half).substring(0, 200));
        Files.writeString(folder.resolve("parts/trials/.trial-0002.json.x.tmp"), "{");
        CliRun rest = tune("parts", "--trials", "4", "--seed", "1");
        assertThat(rest.exitCode()).as(rest.err()).isZero();
        assertThat(rest.err())
                .contains(
                        "Trial 0 of 0 to 3 (the default): finished before",
                        "Not taking the finished trial " + half + ": it is damaged. It is run again.",
                        "Trial 3 of 0 to 3: ");
        assertThat(trials("parts")).isEqualTo(trials);
        assertThat(Files.readString(folder.resolve("parts/best.yaml")))
                .isEqualTo(Files.readString(folder.resolve("whole/best.yaml")).replace("whole/best", "parts/best"));
        CliRun nothing = tune("parts", "--trials", "4", "--seed", "1");
        assertThat(nothing.err()).doesNotContain("Training").contains("Trial 3 of 0 to 3: finished before");
        assertThat(nothing.out()).isEqualTo(rest.out());

        CliRun train = CliRun.of(
                "train",
                "newsvendor",
                "--config",
                folder.resolve("whole/best.yaml").toString(),
                "--out",
                folder.resolve("model").toString());
        assertThat(train.exitCode()).as(train.err()).isZero();
        JsonObject metrics = JsonParser.parseString(Files.readString(folder.resolve("model/metrics.json")))
                .getAsJsonObject();
        assertThat(metrics.get("validationTaskLoss").getAsDouble()).isEqualTo(best(plain(trials)));
    }

    /** With one value in place of the list of widths. */
    private static List<String> plain(List<String> trials) {
        return trials.stream()
                .map(line -> line.replaceFirst("\"\\[[^\"]*\\]\"", "widths"))
                .toList();
    }

    @Test
    void testRowsAreNotLookedAt() throws IOException {
        for (String name : List.of("a", "b")) {
            Path data = Files.createDirectory(folder.resolve("data-" + name));
            StringBuilder x = new StringBuilder("x0,x1\n");
            StringBuilder y = new StringBuilder("y0,y1\n");
            for (int row = 0; row < 50; row++) { // the last ten test
                int scale = row >= 40 && name.equals("b") ? 1000 : 1;
                x.append(row % 7 * scale).append(',').append(row % 5).append('\n');
                y.append(row % 7 * scale).append(',').append(row % 5).append('\n');
            }
            Files.writeString(data.resolve("x.csv"), x);
            Files.writeString(data.resolve("y.csv"), y);
            CliRun run = tune(name, "--trials", "2", "--data", data.toString());
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains("of the training rows").doesNotContain("test rows");
        }
        assertThat(trials("a")).isEqualTo(trials("b"));
        CliRun other =
                tune("a", "--trials", "2", "--data", folder.resolve("data-b").toString());
        assertThat(other.err()).as("the digest too").contains("Trial 1 of 0 to 1: finished before");
    }

    @Test
    void aTrialThatDivergesIsRecordedAndTheSearchGoesOn() throws IOException {
        Path file = Files.writeString(folder.resolve("run.yaml"), "settings.temperature: 1e-305\n");
        String[] options = {"--trials", "3", "--config", file.toString(), "--search", "settings.temperature"};
        CliRun run = tune("out", options);
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains("All 3 trials failed, the default with: ");
        assertThat(run.err()).contains("Trial 0 FAILED, the search goes on", "Trial 2 FAILED");
        assertThat(trials("out")).hasSize(4).anyMatch(line -> line.startsWith("0,1e-305,,") && line.contains("so-ebm"));
        assertThat(folder.resolve("out/best.yaml")).doesNotExist();
        assertThat(tune("out", options).err())
                .contains("Trial 2 of 0 to 2: finished before")
                .doesNotContain("Training");
    }

    @Test
    void whatIsSearchedCanBeChosenAndEveryMethodHasSomething() throws IOException {
        CliRun run = tune("out", "--trials", "2", "--search", "settings.samples,energy.batchSize");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(trials("out").get(1)).startsWith("0,16,16,");
        for (String method : List.of("two-stage", "two-stage-tuned", "policy-net")) {
            Path file = Files.writeString(folder.resolve("run.yaml"), "likelihood.weightDecay: 0.1\n");
            CliRun other = tune(method, "--trials", "2", "--method", method, "--config", file.toString());
            assertThat(other.exitCode()).as(other.err()).isZero();
        }
        assertThat(trials("two-stage").get(0)).startsWith("trial,likelihood.learningRate,likelihood.weightDecay,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--trials 0|number of trials is 0, but must be at least 1",
                "--method magic|no method named magic",
                "--search scenarios|no hyper-parameter scenarios to search; there are: likelihood.epochs,",
                "--search settings.likelihoodWeight|settings.likelihoodWeight is 0 by default, of which there are no multiples",
                "--config none.txt|must be named .yaml, .yml or .properties"
            })
    void wrongUsageIsNamedAndNothingIsWritten(String options, String problem) {
        CliRun run = tune("out", options.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains(problem);
        assertThat(folder.resolve("out")).doesNotExist();
    }
}
