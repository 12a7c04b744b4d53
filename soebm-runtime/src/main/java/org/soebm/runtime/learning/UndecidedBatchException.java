package org.soebm.runtime.learning;

import org.soebm.api.solver.Decision;

/** A step of training needs decisions, and the solver found none for a row; the message is for users. */
public final class UndecidedBatchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UndecidedBatchException(Decision answer) {
        super("A row of a training batch has no decision under its prediction: the solver answers " + answer.status()
                + (answer.message().isEmpty() ? "." : " (" + answer.message() + ").")
                + " Give the solver more time, or choose another solver or method.");
    }
}
