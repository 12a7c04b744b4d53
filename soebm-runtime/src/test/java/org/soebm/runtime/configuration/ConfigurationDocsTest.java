package org.soebm.runtime.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/configuration.md} says what the code does. */
class ConfigurationDocsTest {
    private static final Path DOCS = Path.of("..", "docs", "configuration.md");

    @TempDir
    Path folder;

    private static List<String> table() {
        return Stream.concat(
                        Stream.of("| key | value | default | what it is |", "|---|---|---|---|"),
                        Configuration.all()
                                .map(key ->
                                        "| `" + key.name() + "` | " + key.type().allowed() + " | " + key.usual() + " | "
                                                + key.description() + " |"))
                .toList();
    }

    /** To renew the table, paste what this expects. */
    @Test
    void theTableOfKeysIsThatOfTheCode() throws IOException {
        List<String> lines = Files.readAllLines(DOCS).stream()
                .dropWhile(line -> !line.startsWith("<!-- keys"))
                .skip(1)
                .takeWhile(line -> !line.startsWith("<!-- end of keys"))
                .toList();
        assertThat(lines).isEqualTo(table());
    }

    @Test
    void theExamplesAreRead() throws IOException {
        Matcher blocks = Pattern.compile("```(yaml|properties)\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(DOCS));
        int count = 0;
        while (blocks.find()) {
            Configuration read =
                    Configuration.read(Files.writeString(folder.resolve("run." + blocks.group(1)), blocks.group(2)));
            assertThat(read.get(RunKeys.SEED)).isEqualTo(1);
            count++;
        }
        assertThat(count).isEqualTo(2);
    }

    @Test
    void theMessagesAreThoseOfTheProgram() throws IOException {
        String docs = Files.readString(DOCS);
        for (String content : List.of("settings:\n  temprature: 20\n", "energy:\n\n\n  learningRate: 2\n")) {
            Path file = Files.writeString(folder.resolve("run.yaml"), content);
            assertThatThrownBy(() -> Configuration.read(file))
                    .satisfies(failure -> assertThat(docs)
                            .contains("soebm: "
                                    + failure.getMessage()
                                            .replace(folder.resolve("run.yaml").toString(), "run.yaml")));
        }
    }
}
