package org.soebm.examples.networksecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.task.DataException;

class GraphFileTest {
    private static final String GOOD = TestGames.json(TestGames.PATH);

    @TempDir
    private Path folder;

    private Path write(String content) throws IOException {
        return Files.writeString(folder.resolve("graph.json"), content);
    }

    private void assertRefused(String content, String... words) throws IOException {
        Path file = write(content);
        assertThatThrownBy(() -> GraphFile.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("(" + file + ")")
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("\n")
                .hasSizeLessThan(400);
    }

    @Test
    void readsTheReferenceGame() {
        SecurityGame game = TestGames.reference();

        assertThat(game.nodes()).isEqualTo(20);
        assertThat(game.edges()).hasSize(77);
        assertThat(game.sources()).containsExactly(11, 12, 0);
        assertThat(game.targets()).extracting(SecurityGame.Target::node).containsExactly(3, 2, 15);
        assertThat(game.targets()).extracting(SecurityGame.Target::utility).containsExactly(6.0, 5.0, 7.0);
        assertThat(game.coverageEffect()).isEqualTo(4);
        assertThat(game.budget()).isEqualTo(3);
    }

    @Test
    void readsWhatIsWritten() throws IOException {
        assertThat(GraphFile.read(write(GOOD))).isEqualTo(TestGames.PATH);
    }

    @Test
    void missingKeysAreNamed() throws IOException {
        for (String key : new String[] {"nodes", "edges", "sources", "targets", "targetUtility", "omega", "budget"}) {
            assertRefused(GOOD.replace("\"" + key + "\"", "\"other\""), "lacks the key " + key);
        }
    }

    @Test
    void wrongTypesAreNamed() throws IOException {
        assertRefused(GOOD.replace("\"nodes\": 5", "\"nodes\": \"many\""), "nodes must be a number", "many");
        assertRefused(GOOD.replace("\"nodes\": 5", "\"nodes\": 5.5"), "nodes must be a whole number", "5.5");
        assertRefused(GOOD.replace("\"nodes\": 5", "\"nodes\": 1e99"), "nodes must be a whole number", "1e99");
        assertRefused(GOOD.replace("\"nodes\": 5", "\"nodes\": null"), "nodes must be a number", "null");
        assertRefused(GOOD.replace("\"budget\": 1.0", "\"budget\": NaN"), "budget");
        assertRefused(GOOD.replace("\"budget\": 1.0", "\"budget\": 1e999"), "budget must be a finite number");
        assertRefused(GOOD.replace("[0, 1]", "[0, 1, 2]"), "edges[0] must be a pair", "[0,1,2]");
        assertRefused(GOOD.replace("[0, 1]", "7"), "edges[0] must be a pair", "7");
        assertRefused(GOOD.replace("[0, 1]", "[0, true]"), "edges[0] must be a number", "true");
        assertRefused(GOOD.replace("\"sources\": [1]", "\"sources\": 1"), "sources must be a list");
        assertRefused(GOOD.replace("\"sources\": [1]", "\"sources\": [{}]"), "sources[0] must be a number");
        assertRefused(GOOD.replace("[2.0, 5.0]", "[2.0]"), "2 targets", "1 values in targetUtility");
    }

    @Test
    void filesOfSomethingElseAreRefused() throws IOException {
        assertRefused("", "");
        assertRefused("[1, 2]", "no JSON object");
        assertRefused("{\"nodes\": 5", "not JSON");
        assertRefused("[".repeat(200_000), "not JSON");
        assertRefused("node,edge\n1,2\n", "");
        Path missing = folder.resolve("missing.json");
        assertThatThrownBy(() -> GraphFile.read(missing))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void gamesThatAreNoneNameTheFile() throws IOException {
        assertRefused(GOOD.replace("\"budget\": 1.0", "\"budget\": 9"), "budget is 9.0", "4 edges");
        assertRefused(GOOD.replace("[3, 4]", "[3, 0]"), "Target 3", "no source reaches it");
    }
}
