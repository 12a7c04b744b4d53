package org.soebm.runtime.inference;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.network.Architecture;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.StochasticProblem;

/** Checks of a description that came from a file, where anything may be missing or changed. */
final class ModelChecks {
    private static final long MOST_WEIGHTS = Integer.MAX_VALUE / Float.BYTES;

    private ModelChecks() {}

    /**
     * Every component of the record, and of those in it, is there, and nothing is null.
     *
     * @param part what the file has
     * @param path where, for messages; empty for the whole
     * @param type what it is to become
     */
    static void requireComplete(Path file, @Nullable JsonElement part, String path, Type type) {
        if (part == null || part.isJsonNull()) {
            throw new ModelException(file + " lacks \"" + path + "\". Maybe it is not a model of this library?");
        }
        if (part.isJsonArray()) {
            Type element = type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : Object.class;
            for (int i = 0; i < part.getAsJsonArray().size(); i++) {
                requireComplete(file, part.getAsJsonArray().get(i), path + "[" + i + "]", element);
            }
        } else if (part.isJsonObject()) {
            String prefix = path.isEmpty() ? "" : path + ".";
            Type actual = type == NetworkSpec.class ? NetworkSpecJson.kind(part) : type;
            if (actual instanceof Class<?> kind && kind.isRecord()) {
                for (RecordComponent component : kind.getRecordComponents()) {
                    String name = component.getName();
                    requireComplete(file, part.getAsJsonObject().get(name), prefix + name, component.getGenericType());
                }
            } else {
                for (Map.Entry<String, JsonElement> entry :
                        part.getAsJsonObject().entrySet()) {
                    requireComplete(file, entry.getValue(), prefix + entry.getKey(), Object.class);
                }
            }
        }
    }

    /** The decision rule is one that there is; Gson would make null of any other. */
    static void requireKnownRule(Path file, JsonElement rule) {
        for (DecisionRule known : DecisionRule.values()) {
            if (rule instanceof JsonPrimitive && known.name().equals(rule.getAsString())) {
                return;
            }
        }
        throw new ModelException(file + " is damaged: its decision rule is " + rule + ", but must be one of "
                + Arrays.toString(DecisionRule.values()) + ". Train the model again.");
    }

    /** The model predicts as many quantities as its rule takes to decide its task. */
    static void requirePredicted(Path file, ModelDescription description, StochasticProblem task) {
        int needed = description.decisionRule().problem(task).predictedCount();
        int predicted = description.parameters().names().size();
        if (predicted != needed) {
            throw new ModelException(file + " is damaged: it predicts " + predicted + " quantities, but task "
                    + description.task() + " is decided from " + needed + ". Train the model again.");
        }
    }

    /** The scaling of columns. */
    static Standardizer scaling(Path file, String part, ModelDescription.Columns columns) {
        int width = columns.names().size();
        if (width < 1 || columns.means().length != width || columns.stds().length != width) {
            throw new ModelException(file + " is damaged: there are " + width + " names of " + part + ", but "
                    + columns.means().length + " means and " + columns.stds().length
                    + " stds. Train the model again.");
        }
        try {
            return Standardizer.of(columns.means(), columns.stds());
        } catch (IllegalArgumentException e) {
            throw new ModelException(file + " is damaged: " + part + ": " + e.getMessage() + " Train the model again.");
        }
    }

    /** The training data has a range of each feature. */
    static void requireRanges(Path file, ModelDescription description) {
        TrainingData data = description.trainedOn();
        int width = description.features().names().size();
        boolean fits = data.least().length == width && data.greatest().length == width;
        for (int i = 0; fits && i < width; i++) {
            fits = data.least()[i] <= data.greatest()[i] && Double.isFinite(data.greatest()[i] - data.least()[i]);
        }
        if (!fits) {
            throw new ModelException(file + " is damaged: the ranges of its training data are not those of " + width
                    + " features. Train the model again.");
        }
    }

    /** The arrays are those of the network; nothing of their size has been allocated yet. */
    static void requireShapes(Path file, ModelDescription description, Architecture architecture) {
        List<ModelDescription.ArrayDescription> described = description.weights();
        List<long[]> shapes = architecture.weightShapes();
        boolean fits = described.size() == shapes.size();
        for (int i = 0; fits && i < shapes.size(); i++) {
            fits = Arrays.equals(described.get(i).shape(), shapes.get(i));
        }
        if (!fits) {
            throw new ModelException(
                    file + " is damaged: the weights that it lists have not the shapes of its own network."
                            + " Train the model again.");
        }
    }

    /** The number of weights of an array, checked against overflow. */
    static int size(Path file, ModelDescription.ArrayDescription array) {
        long size = 1;
        for (long length : array.shape()) {
            if (length < 1 || length > MOST_WEIGHTS / size) {
                throw new ModelException(file + " is damaged: the array " + array.name() + " has the shape "
                        + Arrays.toString(array.shape()) + ", which no array of weights has. Train the model again.");
            }
            size *= length;
        }
        return Math.toIntExact(size);
    }
}
