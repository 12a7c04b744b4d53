package org.soebm.runtime.preprocessing;

import org.soebm.api.solver.Decision;

/** A row that has no optimal decision in hindsight. The message names the row and the solver's reason. */
public final class UnsolvedRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int row;
    private final String reason;

    UnsolvedRowException(int row, String reason) {
        super("Row " + row + " (counted from 0) has no optimal decision: " + reason + ".");
        this.row = row;
        this.reason = reason;
    }

    static UnsolvedRowException of(int row, Decision answer) {
        return new UnsolvedRowException(row, reason(answer));
    }

    static String reason(Decision answer) {
        String message = answer.message().strip();
        return "the solver answers " + answer.status() + (message.isEmpty() ? "" : " (" + message + ")");
    }

    /** The row's number in the table of parameters, counted from 0. */
    public int row() {
        return row;
    }

    /** Why, as a clause. */
    public String reason() {
        return reason;
    }
}
