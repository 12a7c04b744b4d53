package org.soebm.runtime.experiment;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.digest.Sha256;
import org.soebm.runtime.report.JsonFiles;

/** JSON files that tell whether they are damaged, by a checksum, and what they are of, by a digest among their content. */
public final class SealedJson {
    /** The key of the digest. */
    public static final String DIGEST = "digest";

    private static final String CHECKSUM = "checksum";

    private SealedJson() {}

    /**
     * The content of a file.
     *
     * @param digest of what the file must be of
     * @throws IOException when it cannot be read or is of something else
     * @throws JsonParseException when it is damaged; what of it is missing or of another type shows when it is asked for
     */
    public static JsonObject read(Path file, String digest) throws IOException {
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        JsonElement checksum = json.remove(CHECKSUM);
        if (checksum == null || !checksum.getAsString().equals(checksum(json.asMap()))) {
            throw new JsonParseException("the checksum does not fit");
        }
        if (!json.get(DIGEST).getAsString().equals(digest)) {
            throw new IOException("it is of other data, options or versions");
        }
        return json;
    }

    /**
     * Writes or replaces a file.
     *
     * @param content the digest is among it
     * @throws java.io.UncheckedIOException when it cannot be written; nothing is left behind
     */
    public static void write(Path file, Map<String, ?> content) {
        Map<String, @Nullable Object> checked = new LinkedHashMap<>(content);
        checked.put(CHECKSUM, checksum(content));
        JsonFiles.write(file, checked);
    }

    private static String checksum(Map<String, ?> content) {
        return Sha256.of(JsonFiles.text(content).getBytes(StandardCharsets.UTF_8));
    }
}
