package org.soebm.api.solver;

import java.util.concurrent.CancellationException;

/** A question that long work asks now and then: should I stop? Must be thread-safe and cheap. */
@FunctionalInterface
public interface Cancellation {
    /** Never cancels. */
    Cancellation NEVER = () -> false;

    /** Whether the work should stop. */
    boolean isCancelled();

    /**
     * Stops the work by an exception when it should stop.
     *
     * @throws CancellationException when the work should stop
     */
    default void throwIfCancelled() {
        if (isCancelled()) {
            throw new CancellationException("The solve was cancelled.");
        }
    }
}
