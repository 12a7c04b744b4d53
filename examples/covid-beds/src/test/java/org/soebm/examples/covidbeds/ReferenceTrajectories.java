package org.soebm.examples.covidbeds;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Trajectories of an adaptive solver; the README beside them says how they were made. */
final class ReferenceTrajectories {
    /** People at the start, (n, 10). */
    static final double[][] INITIAL_STATES = table("initial_state.csv");

    /** β, (n, 7). */
    static final double[][] RATES = table("beta.csv");

    /** People at the end of each day, (n, 7 · 10). */
    static final double[][] STATES = table("states.csv");

    private ReferenceTrajectories() {}

    private static double[][] table(String file) {
        try (InputStream in = ReferenceTrajectories.class.getResourceAsStream("reference/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> Arrays.stream(line.split(",", -1))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
