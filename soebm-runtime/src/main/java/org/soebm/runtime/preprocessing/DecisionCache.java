package org.soebm.runtime.preprocessing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.digest.Sha256;

/**
 * Decisions on disk under the key of the problems that they solve. A file is the number of rows and of variables, the
 * variables of each row, and a SHA-256 of all that. What is read is checked; a file that does not pass counts as none.
 */
public final class DecisionCache {
    /** The system property that names the cache folder; the environment variable is SOEBM_CACHE. */
    public static final String FOLDER_PROPERTY = "soebm.cache";

    private static final Logger LOG = LoggerFactory.getLogger(DecisionCache.class);
    private static final int HEADER = 2 * Integer.BYTES;
    private static final int DIGEST = 32;

    /** What a solver may miss a constraint by, relative to the largest variable where that is above 1. */
    private static final double FEASIBILITY = 1e-5;

    private final Path folder;

    /** A cache in a folder, which is made when the first decisions are written. */
    public DecisionCache(Path folder) {
        this.folder = folder;
    }

    /**
     * The user's cache: the folder of the system property {@value #FOLDER_PROPERTY}, else of SOEBM_CACHE, else
     * {@code soebm} in XDG_CACHE_HOME, else {@code ~/.cache/soebm}.
     */
    public static DecisionCache ofUser() {
        String named = firstFilled(System.getProperty(FOLDER_PROPERTY), System.getenv("SOEBM_CACHE"));
        if (named != null) {
            return new DecisionCache(Path.of(named));
        }
        String caches = firstFilled(System.getenv("XDG_CACHE_HOME"), null);
        return new DecisionCache(
                caches != null
                        ? Path.of(caches, "soebm")
                        : Path.of(System.getProperty("user.home", "."), ".cache", "soebm"));
    }

    private static @Nullable String firstFilled(@Nullable String first, @Nullable String second) {
        return first != null && !first.isBlank() ? first : second != null && !second.isBlank() ? second : null;
    }

    private Path file(String key) {
        return folder.resolve("hindsight-" + key + ".bin");
    }

    /**
     * The variables of each row, or null when they are not in the cache or what is there does not pass the checks.
     *
     * @param rows how many rows there must be
     * @param constraints what each row's variables must satisfy
     */
    double @Nullable [][] read(String key, int rows, ConstraintSet constraints) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return null;
        }
        try {
            return decode(file, rows, constraints);
        } catch (IOException e) {
            LOG.warn("Ignoring the cached decisions in {}: {}. They are solved anew.", file, AtomicFiles.reason(e));
            return null;
        }
    }

    private static double[][] decode(Path file, int rows, ConstraintSet constraints) throws IOException {
        int variables = constraints.variableCount();
        long expected = HEADER + (long) rows * variables * Double.BYTES + DIGEST;
        if (Files.size(file) != expected) {
            throw new IOException("it has " + Files.size(file) + " bytes instead of " + expected);
        }
        byte[] bytes = Files.readAllBytes(file);
        byte[] digest = digest(bytes, bytes.length - DIGEST);
        if (!Arrays.equals(digest, 0, DIGEST, bytes, bytes.length - DIGEST, bytes.length)) {
            throw new IOException("its digest does not fit its content");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt() != rows || buffer.getInt() != variables) {
            throw new IOException("it is for another number of rows or variables");
        }
        double[][] values = new double[rows][variables];
        for (int row = 0; row < rows; row++) {
            double largest = 1;
            for (int i = 0; i < variables; i++) {
                values[row][i] = buffer.getDouble();
                largest = Math.max(largest, Math.abs(values[row][i]));
            }
            // NaN counts as an infinite violation, and infinity would pass a one-sided bound only.
            if (!Double.isFinite(largest) || !constraints.isFeasible(values[row], FEASIBILITY * largest)) {
                throw new IOException("row " + row + " is not feasible");
            }
        }
        return values;
    }

    /** Keeps the variables of each row; a folder that cannot be written to costs time in the next run, nothing else. */
    void write(String key, double[][] values) {
        int variables = values[0].length;
        ByteBuffer buffer = ByteBuffer.allocate(HEADER + values.length * variables * Double.BYTES + DIGEST);
        buffer.putInt(values.length).putInt(variables);
        for (double[] row : values) {
            for (double value : row) {
                buffer.putDouble(value);
            }
        }
        buffer.put(digest(buffer.array(), buffer.position()));
        try {
            AtomicFiles.createWritableFolder(folder);
            AtomicFiles.write(file(key), out -> out.write(buffer.array()));
        } catch (UncheckedIOException e) {
            LOG.warn("The optimal decisions are not kept for the next run: {}", e.getMessage());
        }
    }

    private static byte[] digest(byte[] bytes, int length) {
        MessageDigest digest = Sha256.start();
        digest.update(bytes, 0, length);
        return digest.digest();
    }
}
