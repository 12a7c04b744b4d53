package org.soebm.runtime.network;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.DataException;

/** How much memory the tensors of a training step may take on a device at once; larger steps go block by block. */
public final class MemoryBudget {
    /** The system property that sets it, in mebibytes. */
    public static final String PROPERTY = "soebm.step.mebibytes";

    private static final long MEBIBYTE = 1 << 20;

    /** On a CPU larger blocks gain nothing. */
    private static final long MOST_ON_A_CPU = 512 * MEBIBYTE;

    private MemoryBudget() {}

    /**
     * The property's value; else an eighth of a GPU's memory, or a sixteenth of the machine's and at most 512 MiB: sizes that do not depend on
     * what else is held at the moment, as blocks have draws of their own and results would depend on it too.
     *
     * @throws DataException when the property is not a positive whole number
     */
    public static long of(Device device) {
        String named = System.getProperty(PROPERTY);
        if (named != null && !named.isBlank()) {
            return parse(named.strip());
        }
        if (device.isGpu()) {
            return CudaUtils.getGpuMemory(device).getMax() / 8;
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? Math.min(MOST_ON_A_CPU, system.getTotalMemorySize() / 16)
                : MOST_ON_A_CPU;
    }

    private static long parse(String mebibytes) {
        try {
            long value = Long.parseLong(mebibytes);
            if (value > 0 && value < Long.MAX_VALUE / MEBIBYTE) {
                return value * MEBIBYTE;
            }
        } catch (NumberFormatException e) {
            throw wrong(mebibytes, e);
        }
        throw wrong(mebibytes, null);
    }

    private static DataException wrong(String value, @Nullable Exception cause) {
        String message = "The system property " + PROPERTY + " is '" + value
                + "', but must be a positive whole number of mebibytes.";
        return cause == null ? new DataException(message) : new DataException(message, cause);
    }
}
