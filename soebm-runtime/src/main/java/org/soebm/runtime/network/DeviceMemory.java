package org.soebm.runtime.network;

import ai.djl.engine.EngineException;
import java.util.Locale;

/** What the engine says when a device has no memory left. */
public final class DeviceMemory {
    private DeviceMemory() {}

    /** Whether a failure of the engine is that; PyTorch tells it by the message alone. */
    public static boolean isExhausted(Throwable failure) {
        if (!(failure instanceof EngineException) || failure.getMessage() == null) {
            return false;
        }
        String message = failure.getMessage().toLowerCase(Locale.ROOT);
        return message.contains("out of memory") // of a GPU
                || message.contains("can't allocate memory"); // of the machine
    }
}
