package org.soebm.runtime.inference;

/** A model was asked after it was closed. */
public final class ClosedModelException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    ClosedModelException() {
        super("The model is closed. Load it again.");
    }
}
