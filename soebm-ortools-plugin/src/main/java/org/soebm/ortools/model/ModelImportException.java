package org.soebm.ortools.model;

/**
 * A model cannot be imported: it has a feature that no feasible set can express, or its file cannot be read. The message
 * is one line and names the feature and the row, or the file.
 */
public final class ModelImportException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    ModelImportException(String message) {
        super(message);
    }

    ModelImportException(String message, Throwable cause) {
        super(message, cause);
    }
}
