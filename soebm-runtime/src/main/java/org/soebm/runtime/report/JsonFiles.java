package org.soebm.runtime.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.soebm.runtime.data.AtomicFiles;

/** Objects as JSON files that are complete or not there. */
public final class JsonFiles {
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    private JsonFiles() {}

    /**
     * Writes a JSON object with the keys in the map's order; nulls are written as such.
     *
     * @throws IllegalArgumentException when a number is not finite, which JSON cannot say
     * @throws java.io.UncheckedIOException when the file cannot be written; nothing is left behind
     */
    public static void write(Path file, Map<String, ?> content) {
        AtomicFiles.writeText(file, text(content) + "\n");
    }

    /**
     * The text of a JSON object with the keys in the map's order.
     *
     * @throws IllegalArgumentException when a number is not finite, which JSON cannot say
     */
    public static String text(Map<String, ?> content) {
        return GSON.toJson(content);
    }
}
