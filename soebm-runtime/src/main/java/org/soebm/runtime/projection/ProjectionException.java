package org.soebm.runtime.projection;

/** A projection that cannot be made or did not succeed. The message says in one line what was found and what to do. */
public final class ProjectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for users. */
    public ProjectionException(String message) {
        super(message);
    }
}
