package org.soebm.benchmarks;

import java.nio.file.Path;

/** Where the checkout is, as {@code benchmarks/run} says. */
final class Folders {
    private static final String ROOT = "soebm.root";

    private Folders() {}

    /** The root of the checkout. */
    static Path root() {
        return Path.of(System.getProperty(ROOT, ".")).toAbsolutePath().normalize();
    }

    /** Where results go. */
    static Path target() {
        return root().resolve("benchmarks").resolve("target");
    }
}
