package org.soebm.runtime.inference;

/** A model folder that cannot be used. The message says in one line what does not fit, where, and what to do. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for users. */
    public ModelException(String message) {
        super(message);
    }

    /** With a message for users and what lies behind it. */
    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
