package org.soebm.runtime.learning;

/** A learning method cannot express a task; the message says why and is for users. */
public final class UnsupportedMethodException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A refusal. */
    public UnsupportedMethodException(String method, String task, String reason) {
        super("The method " + method + " cannot learn " + task + ": " + reason);
    }
}
