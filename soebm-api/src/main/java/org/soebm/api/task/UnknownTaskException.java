package org.soebm.api.task;

/** No installed task has the name. The message lists those that are installed. */
public final class UnknownTaskException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for users. */
    public UnknownTaskException(String message) {
        super(message);
    }
}
