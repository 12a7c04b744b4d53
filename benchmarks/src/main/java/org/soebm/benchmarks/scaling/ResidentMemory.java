package org.soebm.benchmarks.scaling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process that is in the machine's memory, Java's heap and tensors together. */
final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status"); // Linux alone has it

    private ResidentMemory() {}

    /** Megabytes now, NaN where the system does not tell. */
    static double now() {
        return read("VmRSS:");
    }

    /** The most megabytes since the process started, NaN where the system does not tell. */
    static double peak() {
        return read("VmHWM:");
    }

    private static double read(String key) {
        if (!Files.isReadable(STATUS)) {
            return Double.NaN;
        }
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(key)) {
                    String[] parts = line.substring(key.length()).strip().split(" ", 2); // "1234 kB"
                    return Double.parseDouble(parts[0]) / 1000;
                }
            }
        } catch (IOException e) {
            return Double.NaN;
        }
        return Double.NaN;
    }
}
