package org.soebm.runtime.cli;

/** A training did not come to its end. The message says why, and where its best model so far is. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException(String message, Throwable cause) {
        super(message, cause);
    }
}
