package org.soebm.benchmarks.scaling;

import java.nio.file.Path;
import java.util.List;

/** Placeholder. */
public final class Sweep {
    private Sweep() {}

    /** Runs. */
    public static void run(List<String> arguments, Path folder) {
        System.out.println("" + arguments + folder);
    }
}
