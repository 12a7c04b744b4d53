package org.soebm.api.task;

/** Data that cannot be used. The message says in one line what was found, where, and what to do. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for users. */
    public DataException(String message) {
        super(message);
    }

    /** With a message for users and what lies behind it. */
    public DataException(String message, Throwable cause) {
        super(message, cause);
    }
}
