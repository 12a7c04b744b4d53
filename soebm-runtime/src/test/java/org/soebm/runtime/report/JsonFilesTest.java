package org.soebm.runtime.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFilesTest {
    @TempDir
    Path folder;

    @Test
    void keysKeepTheirOrderAndNullsAreWritten() {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("z", 0.1);
        content.put("a", null);
        content.put("text", "a <b> & c");
        JsonFiles.write(folder.resolve("x.json"), content);
        assertThat(folder.resolve("x.json"))
                .hasContent("{\n  \"z\": 0.1,\n  \"a\": null,\n  \"text\": \"a <b> & c\"\n}");
    }

    @Test
    void whatJsonCannotSayIsRefusedAndNothingIsWritten() {
        assertThatThrownBy(() -> JsonFiles.write(folder.resolve("x.json"), Map.of("loss", Double.NaN)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(folder).isEmptyDirectory();
    }
}
