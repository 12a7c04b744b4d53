package org.soebm.api.solver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Numbers from an independent implementation. They come with this class; the README in {@code reference} says how they
 * were made.
 */
public final class ReferenceValues {
    private static final String FOLDER = "reference/";

    private ReferenceValues() {}

    /**
     * The numbers of a CSV file below its header row.
     *
     * @param file such as {@code power-scheduling/parameters.csv}
     */
    public static double[][] table(String file) {
        return text(file)
                .lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split(",", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }

    /** A file as it is. */
    public static String text(String file) {
        try (InputStream in = ReferenceValues.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalArgumentException("There is no reference file " + file + " on the class path.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
