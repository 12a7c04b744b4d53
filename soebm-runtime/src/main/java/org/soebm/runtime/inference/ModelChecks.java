package org.soebm.runtime.inference;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks of a description that came from a file, where anything may be missing. */
final class ModelChecks {
    private static final int WIDEST = 1 << 24;

    private ModelChecks() {}

    /** Every part is there, and lengths fit each other. Out-of-range numbers were refused by the records themselves. */
    static void requireComplete(Path file, @Nullable ModelDescription description) {
        requirePart(file, "content", description);
        Objects.requireNonNull(description);
        requirePart(file, "task", description.task());
        requirePart(file, "taskFingerprint", description.taskFingerprint());
        requirePart(file, "method", description.method());
        requirePart(file, "network", description.network());
        requirePart(file, "hyperParameters", description.hyperParameters());
        requirePart(file, "weights", description.weights());
        requirePart(file, "weightsSha256", description.weightsSha256());
        requirePart(file, "versions", description.versions());
        requirePart(file, "trainedOn", description.trainedOn());
        requireColumns(file, "features", description.features());
        requireColumns(file, "parameters", description.parameters());
        for (ModelDescription.ArrayDescription array : description.weights()) {
            requirePart(file, "weights", array);
            requirePart(file, "weights.name", array.name());
            requirePart(file, "weights.shape", array.shape());
            size(array);
        }
    }

    private static void requireColumns(Path file, String part, ModelDescription.@Nullable Columns columns) {
        requirePart(file, part, columns);
        Objects.requireNonNull(columns);
        requirePart(file, part + ".names", columns.names());
        requirePart(file, part + ".means", columns.means());
        requirePart(file, part + ".stds", columns.stds());
        int width = columns.names().size();
        if (width < 1 || width > WIDEST || columns.means().length != width || columns.stds().length != width) {
            throw new ModelException(file + " has " + width + " names of " + part + ", but " + columns.means().length
                    + " means and " + columns.stds().length + " stds. The file was changed; train the model again.");
        }
    }

    private static void requirePart(Path file, String part, @Nullable Object value) {
        if (value == null) {
            throw new ModelException(file + " lacks \"" + part + "\". Maybe it is not a model of this library?");
        }
    }

    /** The number of weights of an array, checked against overflow. */
    static long size(ModelDescription.ArrayDescription array) {
        long size = 1;
        for (long length : array.shape()) {
            if (length < 1 || length > WIDEST) {
                throw new ModelException("The array " + array.name() + " of the model has a length of " + length + ".");
            }
            size = Math.multiplyExact(size, length);
        }
        if (size > Integer.MAX_VALUE / Float.BYTES) {
            throw new ModelException("The array " + array.name() + " of the model has " + size + " weights, too many.");
        }
        return size;
    }
}
