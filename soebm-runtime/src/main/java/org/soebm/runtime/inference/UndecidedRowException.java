package org.soebm.runtime.inference;

import org.soebm.api.solver.Decision;

/** A row for which the solver found no decision. The message names the row and the solver's reason. */
public final class UndecidedRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int row;

    /**
     * A row without a decision.
     *
     * @param row its position in the table
     * @param answer what the solver said
     */
    public UndecidedRowException(int row, Decision answer) {
        super("Row " + row + " (counted from 0) has no decision: the solver answers " + answer.status()
                + (answer.message().isEmpty() ? "." : " (" + answer.message() + ")."));
        this.row = row;
    }

    /** The row's position in the table. */
    public int row() {
        return row;
    }
}
