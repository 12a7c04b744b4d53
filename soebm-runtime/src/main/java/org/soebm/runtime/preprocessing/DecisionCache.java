package org.soebm.runtime.preprocessing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.AtomicFiles;
import org.soebm.runtime.digest.Sha256;
import org.soebm.runtime.objective.DecisionRule;

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
    private static final int BUFFER = 1 << 16;

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
     * The decisions of each row, or null when they are not in the cache or what is there does not pass the checks.
     *
     * @param rows how many rows there must be
     * @param constraints what each row's variables must satisfy
     */
    @Nullable
    Table read(String key, int rows, ConstraintSet constraints) {
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

    private static Table decode(Path file, int rows, ConstraintSet constraints) throws IOException {
        int variables = constraints.variableCount();
        long expected = HEADER + (long) rows * variables * Double.BYTES + DIGEST;
        if (Files.size(file) != expected) {
            throw new IOException("it has " + Files.size(file) + " bytes instead of " + expected);
        }
        MessageDigest digest = Sha256.start();
        try (InputStream content = new BufferedInputStream(Files.newInputStream(file), BUFFER);
                DataInputStream in = new DataInputStream(new DigestInputStream(content, digest))) {
            int storedRows = in.readInt();
            int storedVariables = in.readInt();
            Table.Builder decisions = Table.builder(DecisionRule.decisionNames(constraints.decisionCount()));
            double[] row = new double[variables];
            byte[] bytes = new byte[variables * Double.BYTES];
            int unfit = -1;
            for (int r = 0; r < rows; r++) {
                in.readFully(bytes);
                ByteBuffer.wrap(bytes).asDoubleBuffer().get(row);
                if (unfit < 0 && isFeasible(row, constraints)) {
                    decisions.add(Arrays.copyOf(row, constraints.decisionCount()));
                } else if (unfit < 0) {
                    unfit = r;
                }
            }
            byte[] actual = digest.digest();
            if (!Arrays.equals(actual, in.readNBytes(DIGEST))) {
                throw new IOException("its digest does not fit its content");
            }
            if (storedRows != rows || storedVariables != variables) {
                throw new IOException("it is for another number of rows or variables");
            }
            if (unfit >= 0) {
                throw new IOException("row " + unfit + " is not feasible");
            }
            return decisions.build();
        }
    }

    private static boolean isFeasible(double[] variables, ConstraintSet constraints) {
        double largest = 1;
        for (double value : variables) {
            largest = Math.max(largest, Math.abs(value));
        }
        // NaN counts as an infinite violation, and infinity would pass a one-sided bound only.
        return Double.isFinite(largest) && constraints.isFeasible(variables, FEASIBILITY * largest);
    }

    /** Keeps the variables of each row; a folder that cannot be written to costs time in the next run, nothing else. */
    void write(String key, Table variables) {
        MessageDigest digest = Sha256.start();
        try {
            AtomicFiles.createWritableFolder(folder);
            AtomicFiles.write(file(key), out -> {
                DataOutputStream content = new DataOutputStream(new DigestOutputStream(out, digest));
                content.writeInt(variables.rows());
                content.writeInt(variables.width());
                ByteBuffer bytes = ByteBuffer.allocate(variables.width() * Double.BYTES);
                for (int row = 0; row < variables.rows(); row++) {
                    bytes.asDoubleBuffer().put(variables.row(row));
                    content.write(bytes.array());
                }
                out.write(digest.digest());
            });
        } catch (UncheckedIOException e) {
            LOG.warn("The optimal decisions are not kept for the next run: {}", e.getMessage());
        }
    }
}
