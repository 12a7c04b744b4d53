package org.soebm.runtime.inference;

import ai.djl.Device;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.network.Architecture;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.network.Weights;

/**
 * A saved model: {@code model.json} ({@link ModelDescription}) and {@code parameters.bin}, all weights as little-endian
 * float32 in the order that the description lists. The description is written last and has the digest of the weights,
 * so a half-written folder is noticed. What is read is checked before it is used.
 */
final class ModelFolder {
    static final String DESCRIPTION = "model.json";
    static final String WEIGHTS = "parameters.bin";

    private static final long LARGEST_DESCRIPTION = 64L << 20;
    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

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

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    static void write(Path folder, ModelDescription description, byte[] weights) {
        AtomicFiles.createWritableFolder(folder);
        AtomicFiles.write(folder.resolve(WEIGHTS), out -> out.write(weights));
        AtomicFiles.writeText(folder.resolve(DESCRIPTION), GSON.toJson(description) + "\n");
    }

    static ModelDescription readDescription(Path folder) {
        Path file = folder.resolve(DESCRIPTION);
        if (!Files.isRegularFile(file)) {
            throw new ModelException("The folder " + folder + " holds no model: there is no file " + DESCRIPTION
                    + " in it. Maybe the training did not finish, or this is another folder?");
        }
        try {
            if (Files.size(file) > LARGEST_DESCRIPTION) {
                throw new ModelException(file + " has " + Files.size(file) + " bytes, more than a model has.");
            }
            String json = Files.readString(file, StandardCharsets.UTF_8);
            requireKnownFormat(file, json);
            ModelDescription description = GSON.fromJson(json, ModelDescription.class);
            ModelChecks.requireComplete(file, description);
            return description;
        } catch (IOException e) {
            throw new ModelException("Cannot read " + file + ": " + AtomicFiles.reason(e) + ".", e);
        } catch (JsonParseException | IllegalArgumentException | IllegalStateException e) {
            throw new ModelException(file + " is damaged: " + firstLine(e) + " Train the model again.", e);
        }
    }

    /** Looks at the format version before anything else, since a newer format may differ in all the rest. */
    private static void requireKnownFormat(Path file, String json) {
        int version = JsonParser.parseString(json).getAsJsonObject().get("formatVersion")
                        instanceof com.google.gson.JsonPrimitive primitive
                ? primitive.getAsInt()
                : 0;
        if (version != ModelDescription.FORMAT_VERSION) {
            throw new ModelException(
                    file + " has format version " + version + ", but this version of the library reads "
                            + ModelDescription.FORMAT_VERSION + ". Maybe the model was saved by a newer version?");
        }
    }

    private static String firstLine(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName() + "."
                : message.lines().findFirst().orElse("");
    }

    /** Rebuilds the predictor of a checked description. */
    static GaussianPredictor readPredictor(Path folder, ModelDescription description, Device device) {
        byte[] bytes = readWeights(folder, description);
        GaussianPredictor predictor = new GaussianPredictor(
                new Architecture(
                        description.features().names().size(),
                        description.parameters().names().size(),
                        description.network()),
                Standardizer.of(
                        description.features().means(), description.features().stds()),
                Standardizer.of(
                        description.parameters().means(),
                        description.parameters().stds()),
                device);
        try {
            requireShapes(folder, description, predictor.weightShapes());
            predictor.load(decode(bytes, description));
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
            expected += ModelChecks.size(array) * Float.BYTES;
        }
        try {
            long actual = Files.size(file);
            if (actual != expected) {
                throw new ModelException(file + " has " + actual + " bytes, but " + DESCRIPTION + " describes "
                        + expected + ". Maybe it was truncated, or belongs to another model?");
            }
            byte[] bytes = Files.readAllBytes(file);
            if (!sha256(bytes).equals(description.weightsSha256())) {
                throw new ModelException(file + " is not the file that " + DESCRIPTION
                        + " was written for: its digest differs. Copy both files again, or train again.");
            }
            return bytes;
        } catch (IOException e) {
            throw new ModelException("Cannot read " + file + ": " + AtomicFiles.reason(e) + ".", e);
        }
    }

    private static void requireShapes(Path folder, ModelDescription description, List<long[]> shapes) {
        List<ModelDescription.ArrayDescription> described = description.weights();
        boolean fits = described.size() == shapes.size();
        for (int i = 0; fits && i < shapes.size(); i++) {
            fits = Arrays.equals(described.get(i).shape(), shapes.get(i));
        }
        if (!fits) {
            throw new ModelException("The weights that " + folder.resolve(DESCRIPTION) + " lists have not the shapes of"
                    + " its own network. The file was changed; train the model again.");
        }
    }

    private static Weights decode(byte[] bytes, ModelDescription description) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        List<float[]> arrays = new ArrayList<>();
        for (ModelDescription.ArrayDescription array : description.weights()) {
            float[] weights = new float[Math.toIntExact(ModelChecks.size(array))];
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
