package org.soebm.examples.networksecurity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** How much memory this process holds, native memory included. */
final class Resident {
    private static final Path STATUS = Path.of("/proc/self/status");

    private Resident() {}

    static long bytes() throws IOException {
        return kibibytes("VmRSS:") << 10;
    }

    /** The most that it ever held. */
    static long peakBytes() throws IOException {
        return kibibytes("VmHWM:") << 10;
    }

    private static long kibibytes(String key) throws IOException {
        Assumptions.assumeTrue(Files.isReadable(STATUS), "Skipped: the system does not tell a process its memory");
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(key)) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("No " + key + " in " + STATUS);
    }
}
