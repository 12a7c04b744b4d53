package org.soebm.api.solver;

import org.jspecify.annotations.Nullable;

/** A solver broke its contract: it failed, did not come back, or answered what is not a decision. */
public final class SolverFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SolverFaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
