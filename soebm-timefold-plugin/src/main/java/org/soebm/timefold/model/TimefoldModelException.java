package org.soebm.timefold.model;

import org.jspecify.annotations.Nullable;

/** A Timefold model that cannot be used as it was described. The message names the model and what is wrong with it. */
public final class TimefoldModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for users. */
    public TimefoldModelException(String message) {
        super(message);
    }

    /** With a message for users and what lies behind it, if anything. */
    public TimefoldModelException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** What a failure says in one line; Timefold's messages have several. */
    static String firstLine(Throwable failure) {
        return failure.toString().lines().findFirst().orElse("");
    }
}
