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

class ConfigurationOptionsTest {
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

    private CliRun train(Path out, String... more) {
        return CliRun.of(Stream.of(new String[] {"train", "newsvendor", "--out", out.toString()}, more)
                .flatMap(Arrays::stream)
                .toArray(String[]::new));
    }

    private static JsonObject metrics(Path out) throws IOException {
        JsonObject metrics = JsonParser.parseString(Files.readString(out.resolve("metrics.json")))
                .getAsJsonObject();
        List.of(
                        "preprocessingSeconds",
                        "preprocessingCached",
                        "trainSeconds",
                        "secondsPerEpoch",
                        "inferenceMillisPerDecision")
                .forEach(metrics::remove);
        return metrics;
    }

    private Path configuration(String content) throws IOException {
        return Files.writeString(folder.resolve("run.yaml"), content);
    }

    private Path data() throws IOException {
        Path data = Files.createDirectory(folder.resolve("my data"));
        for (String name : List.of("x", "y")) {
            StringBuilder table = new StringBuilder(name + "0," + name + "1\n");
            for (int row = 0; row < 40; row++) {
                table.append(row % 7).append(',').append(row % 5).append('\n');
            }
            Files.writeString(data.resolve(name + ".csv"), table);
        }
        Files.writeString(
                folder.resolve("split.csv"),
                "index\n3\n1\n2\n0\n5\n4\n9\n8\n7\n6\n10\n11\n12\n13\n14\n15\n16\n17\n18\n19\n");
        return data;
    }

    @Test
    void theWrittenConfigurationRepeatsTheRun() throws IOException {
        Path first = folder.resolve("first");
        CliRun run = train(
                first,
                "--config",
                configuration("trainFraction: 0.75\nenergy: {averagingDecay: 0.5}\n")
                        .toString(),
                "--method",
                "so-ebm-no-kl",
                "--seed",
                "5",
                "--device",
                "cpu",
                "--epochs",
                "2",
                "--temperature",
                "3.3",
                "--data",
                data().toString(),
                "--split",
                folder.resolve("split.csv").toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("config.yaml");
        assertThat(first.resolve("config.yaml"))
                .content()
                .contains("\ntask: newsvendor\n", "\nmethod: so-ebm-no-kl\n", "\nsolver: coordinate\n", "\nseed: 5\n")
                .contains("\ntrainFraction: 0.75\n", "  temperature: 3.3\n", "  averagingDecay: 0.5\n", "my data\n");
        assertThat(metrics(first).get("trainRows").getAsInt()).isEqualTo(12);
        assertThat(metrics(first).get("testRows").getAsInt()).isEqualTo(20);

        Path second = folder.resolve("second");
        CliRun again = train(second, "--config", first.resolve("config.yaml").toString());
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(metrics(second)).isEqualTo(metrics(first));
        assertThat(second.resolve("parameters.bin")).hasSameBinaryContentAs(first.resolve("parameters.bin"));
        assertThat(second.resolve("config.yaml")).hasSameTextualContentAs(first.resolve("config.yaml"));
    }

    @Test
    void optionsWinOverTheFileAndTheFileOverTheTask() throws IOException {
        Path file = configuration("method: two-stage\nseed: 3\nlikelihood: {epochs: 1}\nenergy: {epochs: 1}\n"
                + "settings:\n  lambda: 7\n  samples: 8\n");
        Path out = folder.resolve("out");
        CliRun run = train(out, "--config", file.toString(), "--method", "so-ebm", "--samples", "4", "--epochs", "2");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(out.resolve("config.yaml"))
                .content()
                .contains("\nmethod: so-ebm\n", "\nseed: 3\n", "  lambda: 7\n", "  samples: 4\n", "  temperature: 5\n");
        List<String> history = Files.readAllLines(out.resolve("history.csv"));
        assertThat(history).filteredOn(line -> line.startsWith("two-stage,")).hasSize(2);
        assertThat(history).filteredOn(line -> line.startsWith("so-ebm,")).hasSize(3);
        assertThat(train(out, "--config", file.toString(), "--seed", "0").err()).contains("newsvendor by two-stage");
        assertThat(metrics(out).get("seed").getAsLong()).isZero();
    }

    @Test
    void anOptionTakesSkippingBackThatTheFileAsksFor() throws IOException {
        Path file = configuration("skipUnsolvable: true\nlikelihood.epochs: 1\nenergy.epochs: 1\n");
        String[] line = {
            "train", "unbounded-price", "--out", folder.resolve("out").toString(), "--config", file.toString()
        };
        assertThat(CliRun.of(line).exitCode()).isZero();
        String[] strict = Arrays.copyOf(line, line.length + 1);
        strict[line.length] = "--no-skip-unsolvable";
        assertThat(CliRun.of(strict).errorLine()).contains("has no optimal decision");
    }

    @Test
    void compareTakesAFileToo() throws IOException {
        Path file = configuration(
                "method: two-stage\nseed: 2\ntrainFraction: 0.5\nlikelihood.epochs: 1\nenergy.epochs: 1\n");
        Path out = folder.resolve("comparison");
        CliRun run = CliRun.of(
                "compare",
                "newsvendor",
                "--methods",
                "so-ebm",
                "--runs",
                "1",
                "--config",
                file.toString(),
                "--out",
                out.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("Not taking the file's method", "so-ebm", "seed 2");
        assertThat(Files.readAllLines(out.resolve("comparison.csv")))
                .anyMatch(line -> line.startsWith("0.5,2,so-ebm,38,"));

        Path model = folder.resolve("model");
        assertThat(train(
                                model,
                                "--config",
                                out.resolve("model-so-ebm/config.yaml").toString())
                        .exitCode())
                .isZero();
        assertThat(model.resolve("parameters.bin")).hasSameBinaryContentAs(out.resolve("model-so-ebm/parameters.bin"));
    }

    @Test
    void whatTheConfigCommandPrintsIsTheDefault() throws IOException {
        CliRun printed = CliRun.of("config", "newsvendor");
        assertThat(printed.exitCode()).isZero();
        Path file = configuration(printed.out());
        assertThat(train(folder.resolve("a"), "--epochs", "1").exitCode()).isZero();
        CliRun run = train(folder.resolve("b"), "--epochs", "1", "--config", file.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(metrics(folder.resolve("b"))).isEqualTo(metrics(folder.resolve("a")));
        assertThat(CliRun.of("config", "nothing").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "energy.epochs: -1|2|, line 1: energy.epochs is -1, but must be a whole number, at least 0. See 'soebm train --help'.",
                "task: covid|2|, line 1: the configuration is for task covid, not for newsvendor.",
                "solver: abacus|2|, line 1: There is no solver named abacus; installed are: coordinate",
                "temprature: 1|2|Did you mean settings.temperature?",
                "'seed: ['|2|this is no valid YAML",
                "'data: \"\\0\"'|2|data is no path",
                "data: nowhere|1|There is no file or folder nowhere"
            })
    void whatIsWrongInAFileIsNamedAndNothingIsWritten(String content, int exitCode, String message) throws IOException {
        Path out = folder.resolve("out");
        CliRun run = train(out, "--config", configuration(content).toString());
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.errorLine()).contains(message).doesNotContain("Exception");
        assertThat(out).doesNotExist();
    }

    @Test
    void aMissingFileIsNamed() {
        CliRun run = train(
                folder.resolve("out"), "--config", folder.resolve("none.yaml").toString());
        assertThat(run.exitCode()).isOne();
        assertThat(run.errorLine()).contains("Cannot read the configuration", "none.yaml does not exist");
    }
}
