package org.soebm.examples.linearcosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The benchmark's files, which are not part of the repository: the folder named by the system property {@code soebm.shared},
 * or else a folder {@code shared} beside the repository. Tests that need it are skipped without it.
 */
final class SharedFolder {
    private static final String PROPERTY = "soebm.shared";
    private static final String DATA = "data/linear-costs";

    private SharedFolder() {}

    static Path file(String name) {
        String configured = System.getProperty(PROPERTY);
        Stream<Path> candidates = configured != null
                ? Stream.of(Path.of(configured))
                : Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                        .map(path -> path.resolve("shared"));
        Path shared = candidates
                .filter(path -> Files.isDirectory(path.resolve(DATA)))
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(
                shared != null, "Skipped: no folder shared/" + DATA + " beside the repository, none in -D" + PROPERTY);
        return shared.resolve(DATA).resolve(name);
    }
}
