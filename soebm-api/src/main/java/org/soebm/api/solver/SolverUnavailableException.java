package org.soebm.api.solver;

/** No solver can take a problem, or a solver cannot run here. The message says what was found and what to do. */
public final class SolverUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for users. */
    public SolverUnavailableException(String message) {
        super(message);
    }

    /** With a message for users and what lies behind it. */
    public SolverUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
