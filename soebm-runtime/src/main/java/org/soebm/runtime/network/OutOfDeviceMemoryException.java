package org.soebm.runtime.network;

/** Tensors do not fit into a device's memory, in blocks as small as they can be. The message says what to do. */
public final class OutOfDeviceMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With the engine's own failure. */
    public OutOfDeviceMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
