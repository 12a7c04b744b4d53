package org.soebm.api.solver;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers from an independent implementation, kept outside the repository in a folder {@code shared/reference} that some
 * folder above the module has. Tests that want them are skipped, visibly, where there is none.
 */
public final class ReferenceValues {
    private ReferenceValues() {}

    /** A CSV file of numbers below its header row, or a skipped test. */
    public static double[][] table(String file) {
        Path folder = folder();
        assumeTrue(
                folder != null,
                "no folder shared/reference above " + Path.of("").toAbsolutePath());
        Path path = folder.resolve(file);
        try {
            return Files.readAllLines(path).stream()
                    .skip(1)
                    .map(line -> Arrays.stream(line.split(",", -1))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Path folder() {
        for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            Path candidate = above.resolve("shared").resolve("reference");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        return null;
    }
}
