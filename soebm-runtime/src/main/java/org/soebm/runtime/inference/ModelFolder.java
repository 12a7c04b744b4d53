package org.soebm.runtime.inference;

import ai.djl.Device;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.digest.Sha256;
import org.soebm.runtime.network.Architecture;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.Weights;

/**
 * A saved model: {@code model.json} ({@link ModelDescription}) and {@code parameters.bin}, all weights as little-endian
 * float32 in the order that the description lists. The description is written last and has the digest of the weights,
 * so a half-written folder is noticed; its last value is the digest of its own text before. What is read is checked before it
 * is used, and is read from within the folder only, wherever links lead.
 */
final class ModelFolder {
    static final String DESCRIPTION = "model.json";
    static final String WEIGHTS = "parameters.bin";

    private static final String SEAL = ",\n  \"sha256\": \"";
    private static final long LARGEST_DESCRIPTION = 64L << 20;
    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .registerTypeAdapter(NetworkSpec.class, new NetworkSpecJson())
            .create();

    private ModelFolder() {}

    /** The bytes of the weights file. */
    static byte[] encode(Weights weights) {
        int count = 0;
        for (float[] array : weights.arrays()) {
            count += array.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float[] array : weights.arrays()) {
            for (float weight : array) {
                buffer.putFloat(weight);
            }
        }
        return buffer.array();
    }

    static void write(Path folder, ModelDescription description, byte[] weights) {
        AtomicFiles.createWritableFolder(folder);
        AtomicFiles.requireWithin(folder, folder.resolve(WEIGHTS));
        AtomicFiles.requireWithin(folder, folder.resolve(DESCRIPTION));
        AtomicFiles.write(folder.resolve(WEIGHTS), out -> out.write(weights));
        AtomicFiles.writeText(folder.resolve(DESCRIPTION), sealed(GSON.toJson(description)));
    }

    private static void requireWithin(Path folder, Path file) {
        try {
            AtomicFiles.requireWithin(folder, file);
        } catch (UncheckedIOException e) {
            throw new ModelException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The text of a JSON object with the digest of all that comes before as its last value. */
    static String sealed(String json) {
        String open = json.substring(0, json.lastIndexOf("\n}"));
        return open + SEAL + Sha256.of(open.getBytes(StandardCharsets.UTF_8)) + "\"\n}\n";
    }

    /** Looks whether the text is as it was written: a changed number would decide otherwise, and nobody would notice. */
    private static void requireSealed(Path file, String text) {
        int seal = text.lastIndexOf(SEAL);
        if (seal < 0 || !sealed(text.substring(0, seal) + "\n}").equals(text)) {
            throw new ModelException(
                    file + " is not as it was written: its digest differs. Copy the model again, or train again.");
        }
    }

    static ModelDescription readDescription(Path folder) {
        Path file = folder.resolve(DESCRIPTION);
        if (!Files.isRegularFile(file)) {
            throw new ModelException("The folder " + folder + " holds no model: there is no file " + DESCRIPTION
                    + " in it. Maybe the training did not finish, or this is another folder?");
        }
        requireWithin(folder, file);
        try {
            if (Files.size(file) > LARGEST_DESCRIPTION) {
                throw new ModelException(file + " has " + Files.size(file) + " bytes, more than a model has.");
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            JsonElement json = JsonParser.parseString(text);
            requireKnownFormat(file, json);
            ModelChecks.requireComplete(file, json, "", ModelDescription.class);
            ModelChecks.requireKnownRule(file, json.getAsJsonObject().get("decisionRule"));
            ModelDescription description = GSON.fromJson(json, ModelDescription.class);
            ModelChecks.scaling(file, "features", description.features());
            ModelChecks.scaling(file, "parameters", description.parameters());
            ModelChecks.requireRanges(file, description);
            ModelChecks.requireShapes(file, description, architecture(description));
            requireSealed(file, text);
            return description;
        } catch (ModelException e) {
            throw e;
        } catch (IOException e) {
            throw new ModelException("Cannot read " + file + ": " + AtomicFiles.reason(e) + ".", e);
        } catch (RuntimeException e) { // Gson wraps what a record's own checks throw
            throw new ModelException(file + " is damaged: " + reason(e) + " Train the model again.", e);
        }
    }

    /** Looks at the format version before anything else, since a newer format may differ in all the rest. */
    private static void requireKnownFormat(Path file, JsonElement json) {
        int version = json.getAsJsonObject().get("formatVersion") instanceof JsonPrimitive primitive
                ? primitive.getAsInt()
                : 0;
        if (version != ModelDescription.FORMAT_VERSION) {
            throw new ModelException(file + " has format version " + version
                    + ", but this version of the library reads " + ModelDescription.FORMAT_VERSION
                    + ". Maybe the model was saved by another version? Train it again.");
        }
    }

    /** The first line of the innermost failure's message, as a sentence. */
    private static String reason(RuntimeException failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        return line.isEmpty() ? "it is not the JSON of a model." : line.endsWith(".") ? line : line + ".";
    }

    private static Architecture architecture(ModelDescription description) {
        return new Architecture(
                description.features().names().size(),
                description.parameters().names().size(),
                description.network());
    }

    /** Rebuilds the predictor of a checked description. */
    static GaussianPredictor readPredictor(Path folder, ModelDescription description, Device device) {
        Path file = folder.resolve(DESCRIPTION);
        Weights weights = decode(file, readWeights(folder, description), description);
        GaussianPredictor predictor = new GaussianPredictor(
                architecture(description),
                ModelChecks.scaling(file, "features", description.features()),
                ModelChecks.scaling(file, "parameters", description.parameters()),
                device);
        try {
            predictor.load(weights);
            return predictor;
        } catch (RuntimeException failure) {
            predictor.close();
            throw failure;
        }
    }

    private static byte[] readWeights(Path folder, ModelDescription description) {
        Path file = folder.resolve(WEIGHTS);
        long expected = 0;
        for (ModelDescription.ArrayDescription array : description.weights()) {
            expected += (long) ModelChecks.size(folder.resolve(DESCRIPTION), array) * Float.BYTES;
        }
        requireWithin(folder, file);
        try {
            long actual = Files.size(file);
            if (actual != expected) {
                throw new ModelException(file + " has " + actual + " bytes, but " + DESCRIPTION + " describes "
                        + expected + ". Maybe it was truncated, or belongs to another model?");
            }
            byte[] bytes = Files.readAllBytes(file);
            if (!Sha256.of(bytes).equals(description.weightsSha256())) {
                throw new ModelException(file + " is not the file that " + DESCRIPTION
                        + " was written for: its digest differs. Copy both files again, or train again.");
            }
            return bytes;
        } catch (IOException e) {
            throw new ModelException("Cannot read " + file + ": " + AtomicFiles.reason(e) + ".", e);
        }
    }

    private static Weights decode(Path file, byte[] bytes, ModelDescription description) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<float[]> arrays = new ArrayList<>();
        for (ModelDescription.ArrayDescription array : description.weights()) {
            float[] weights = new float[ModelChecks.size(file, array)];
            buffer.asFloatBuffer().get(weights);
            buffer.position(buffer.position() + weights.length * Float.BYTES);
            for (float weight : weights) {
                if (!Float.isFinite(weight)) {
                    throw new ModelException("The array " + array.name() + " of " + WEIGHTS + " has the weight "
                            + weight + ". Train the model again.");
                }
            }
            arrays.add(weights);
        }
        return new Weights(arrays);
    }
}
