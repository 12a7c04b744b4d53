package org.soebm.runtime.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.task.DataException;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.TrainingSchedule;

class ConfigurationTest {
    private static final HyperParameters DEFAULTS = new HyperParameters(
            new TrainingSchedule(10, 16, 1e-3, 0.5, 0.9, 2, 20),
            new TrainingSchedule(20, 16, 1e-5, 0, 0, 1, 20),
            new EnergySettings(64, 2, 1000, List.of(1.0)),
            7);

    @TempDir
    Path folder;

    private Configuration read(String name, String content) throws IOException {
        return Configuration.read(Files.writeString(folder.resolve(name), content));
    }

    private Configuration yaml(String content) throws IOException {
        return read("run.yaml", content);
    }

    @Test
    void whatAFileSaysIsTakenAndTheRestStays() throws IOException {
        Configuration configuration = yaml("\uFEFF# mine\nseed: -3\ndata: 'my data'\nskipUnsolvable: true\nenergy:\n"
                + "  learningRate: 1e-4\n  epochs: 5\nsettings:\n  proposalStds: [0.1, .5]\n  prior: optima\n"
                + "scenarios: 9\npolicy:\n  # epochs: 3\n");
        assertThat(configuration.get(RunKeys.SEED)).isEqualTo(-3);
        assertThat(configuration.get(RunKeys.DATA)).isEqualTo("my data");
        assertThat(configuration.get(RunKeys.SKIP_UNSOLVABLE)).isTrue();
        assertThat(configuration.get(RunKeys.SPLIT)).isNull();
        assertThat(configuration.where(RunKeys.DATA)).isEqualTo(folder.resolve("run.yaml") + ", line 3");
        assertThat(configuration.applyTo(DEFAULTS))
                .isEqualTo(new HyperParameters(
                        DEFAULTS.likelihood(),
                        new TrainingSchedule(5, 16, 1e-4, 0, 0, 1, 20),
                        DEFAULTS.policy(),
                        DEFAULTS.settings().withProposalStds(List.of(0.1, 0.5)).withPrior(DecisionPrior.OPTIMA),
                        9));
    }

    @Test
    void propertiesAndFullNamesSayTheSame() throws IOException {
        Configuration properties = read(
                "run.properties", "energy.epochs = 5 \n! no\nsettings.proposalStds=0.1, 0.5\ndata=Ma\u00DF\nseed:4\n");
        Configuration yaml =
                yaml("energy.epochs: 5\nsettings: {proposalStds: [0.1, 0.5]}\ndata: Ma\u00DF\nseed: '4'\n");
        assertThat(properties.applyTo(DEFAULTS))
                .isEqualTo(yaml.applyTo(DEFAULTS))
                .isEqualTo(new HyperParameters(
                        DEFAULTS.likelihood(),
                        DEFAULTS.energy().withEpochs(5),
                        DEFAULTS.policy(),
                        DEFAULTS.settings().withProposalStds(List.of(0.1, 0.5)),
                        7));
        assertThat(properties.get(RunKeys.DATA)).isEqualTo("Ma\u00DF").isEqualTo(yaml.get(RunKeys.DATA));
        assertThat(properties.get(RunKeys.SEED)).isEqualTo(4).isEqualTo(yaml.get(RunKeys.SEED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n...\n", "~", "energy:\n"})
    void aFileMaySayNothing(String content) throws IOException {
        assertThat(yaml(content).applyTo(DEFAULTS)).isEqualTo(DEFAULTS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'energy:\n  epochs: -1'|, line 2: energy.epochs is -1, but must be a whole number, at least 0.",
                "'energy:\n  epochs: 1.5'|, line 2: energy.epochs is 1.5, but must be a whole number, at least 0.",
                "'energy:\n  epochs: 3000000000'|energy.epochs is 3000000000, but must be a whole number",
                "'energy:\n  epochs: many'|energy.epochs is many",
                "'energy:\n  epochs: [1]'|, line 2: energy.epochs is [1], but must be a whole number",
                "'energy:\n  epochs: ''01x'''|energy.epochs is 01x",
                "'energy.learningRate: 1'|energy.learningRate is 1, but must be a number, above 0 and below 1.",
                "'energy.learningRate: .nan'|energy.learningRate is .nan, but must be a number",
                "'energy.learningRate: NaN'|energy.learningRate is NaN",
                "'energy.learningRate: 0x1p-3'|energy.learningRate is 0x1p-3",
                "'energy.learningRate: 1e-3d'|energy.learningRate is 1e-3d",
                "'settings.temperature: .inf'|settings.temperature is .inf, but must be a number, above 0.",
                "'settings.temperature: 1e999'|settings.temperature is 1e999",
                "'settings.proposalStds: []'|settings.proposalStds has no value",
                "'settings.proposalStds: [1, 0]'|[1,0], but must be a list of 1 to 100 numbers, each above 0.",
                "'settings.proposalStds: [[1], 2]'|a value of the list settings.proposalStds must be a number or a word",
                "'settings.prior: optimum'|must be one of uniform, proposal, optima. Did you mean optima?",
                "'method: so_ebm'|but must be one of two-stage,",
                "'method: so_ebm'|Did you mean so-ebm?",
                "'skipUnsolvable: yes'|skipUnsolvable is yes, but must be true or false.",
                "'seed:'|, line 1: seed has no value, but must be a whole number. Remove the line for the default.",
                "'trainFraction: 0'|trainFraction is 0, but must be a number, above 0 and at most 1.",
                "'\n\ntemprature: 1'|, line 3: there is no key temprature. Did you mean settings.temperature?",
                "'energy: {learning_rate: 1}'|no key energy.learning_rate. Did you mean energy.learningRate?",
                "'learning-rate: 1'|mean likelihood.learningRate or energy.learningRate or policy.learningRate?",
                "'energi: {epochs: 1}'|there is no key energi.epochs. Did you mean energy.epochs?",
                "'wheels: 4'|there is no key wheels.",
                "'<<: {epochs: 1}'|there is no key <<.epochs. Did you mean",
                "'seed: 1\nseed: 1'|, line 2: seed stands there for the second time",
                "'energy.epochs: 1\nenergy: {epochs: 2}'|, line 2: energy.epochs stands there for the second time",
                "'energy: {epochs: {a: 1}}'|no sections within sections",
                "'- seed'|, line 1: here must be lines of the form 'key: value'",
                "'seed'|here must be lines of the form",
                "'seed: 1\n---\nseed: 2'|, line 3: seed stands there for the second time",
                "'{[a]: 1}'|a key must be a word",
                "'seed: 1\n  epochs: 2'|, line 2: this is no valid YAML",
                "'seed: \"1'|this is no valid YAML",
                "'seed: \t1\n\tepochs: 2'|this is no valid YAML",
                "'a: &x 1'|anchors and aliases",
                "'a: *x'|anchors and aliases",
                "'a: !!javax.script.ScriptEngineManager [x]'|tags (after !) are not taken",
                "'seed: !!int 3'|tags (after !) are not taken"
            })
    void whatCannotBeUsedIsNamedWithFileLineKeyAndRange(String content, String message) {
        assertThatThrownBy(() -> yaml(content))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(folder.resolve("run.yaml").toString())
                .hasMessageContaining(message)
                .satisfies(failure -> assertThat(failure.getMessage().lines()).hasSize(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'seed=1\nseed=1'|seed stands there for the second time",
                "'energy.epoch=1'|there is no key energy.epoch. Did you mean energy.epochs?",
                "'seed='|seed has no value",
                "'seed'|seed has no value",
                "'data=C:\\users'|this is no valid properties file: Malformed \\uxxxx encoding"
            })
    void propertiesAreCheckedAsWell(String content, String message) {
        assertThatThrownBy(() -> read("run.properties", content))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void filesThatAreNoConfigurationAreRefused() throws IOException {
        assertThatThrownBy(() -> Configuration.read(folder.resolve("none.yaml")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Configuration.read(Files.createDirectory(folder.resolve("folder.yaml"))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot read the configuration");
        assertThatThrownBy(() -> yaml("#" + "x".repeat(1 << 16)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("larger than 64 KiB");
        assertThatThrownBy(() -> Configuration.read(
                        Files.write(folder.resolve("latin.yaml"), new byte[] {'d', ':', ' ', (byte) 0xdf})))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no text in UTF-8");
        assertThatThrownBy(() -> read("run.json", "{}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("must be named .yaml, .yml or .properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{", "- ", "? ", "'a: ["})
    void deepNestingIsRefusedWithoutAStackOverflow(String opening) {
        assertThatThrownBy(() -> yaml("a: " + opening.repeat(60_000 / opening.length())))
                .isInstanceOf(ConfigurationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with space",
                "a: b",
                "# no comment",
                "it's",
                "\"q\"",
                "C:\\x",
                "true",
                "12",
                "null",
                "~",
                "[a]",
                " led",
                "two\nlines",
                "tab\there",
                "-",
                "- a",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "\u00FC\u20AC",
                "\u0085x",
                "\u0001"
            })
    void anyTextComesBackAsItWas(String text) throws IOException {
        String written = ConfigurationText.of(
                List.of("heading"), Map.of(RunKeys.DATA, RunKeys.DATA.type().text(text)), DEFAULTS);
        assertThat(yaml(written).get(RunKeys.DATA)).isEqualTo(text);
    }

    @Test
    void theTextOfAConfigurationNamesEveryKeyAndReadsAsItWas() throws IOException {
        String written = ConfigurationText.of(List.of("heading"), Map.of(RunKeys.SEED, "5"), DEFAULTS);
        assertThat(written).startsWith("# heading\n").contains("\n# of data that", "\nseed: 5\n", "\n#method:\n");
        assertThat(written.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
        assertThat(Configuration.all()).allSatisfy(key -> assertThat(written).contains(key.nameInSection() + ":"));
        Configuration read = yaml(written);
        assertThat(read.get(RunKeys.SEED)).isEqualTo(5);
        HyperParameters others = new HyperParameters(
                DEFAULTS.energy(),
                DEFAULTS.likelihood(),
                new EnergySettings(2, 1, 1, 1, List.of(3.0), DecisionPrior.PROPOSAL),
                1);
        assertThat(read.applyTo(others)).isEqualTo(DEFAULTS);
        assertThatCode(() -> yaml(written.replace("\n#", "\n# "))).doesNotThrowAnyException();
    }
}
