package org.soebm.examples.powerscheduling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The published data and their statistics, which are not part of the repository: the folder named by the system property
 * {@code soebm.shared}, or else a folder {@code shared} beside the repository. Tests that need it are skipped without it.
 */
final class SharedFolder {

    private static final String PROPERTY = "soebm.shared";

    private SharedFolder() {}

    static Path pjmData() {
        return find("data/pjm");
    }

    /** Rows of a name and numbers, without the header. */
    static Map<String, double[]> namedNumbers(String file) {
        Map<String, double[]> rows = new LinkedHashMap<>();
        lines(file).forEach(line -> {
            int comma = line.indexOf(',');
            rows.put(line.substring(0, comma), toNumbers(line.substring(comma + 1)));
        });
        return rows;
    }

    private static Stream<String> lines(String file) {
        Path path = find("reference/power-scheduling").resolve(file);
        try {
            List<String> lines = Files.readAllLines(path);
            return lines.stream().skip(1);
        } catch (IOException e) {
            throw new IllegalStateException("Cannot read the reference file " + path, e);
        }
    }

    private static double[] toNumbers(String cells) {
        return Arrays.stream(cells.split(",", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static Path find(String folder) {
        String configured = System.getProperty(PROPERTY);
        Stream<Path> candidates = configured != null
                ? Stream.of(Path.of(configured))
                : Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                        .map(path -> path.resolve("shared"));
        Path shared = candidates
                .filter(path -> Files.isDirectory(path.resolve("reference")))
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(
                shared != null, "Skipped: no folder shared/reference beside the repository, none in -D" + PROPERTY);
        return shared.resolve(folder);
    }
}
