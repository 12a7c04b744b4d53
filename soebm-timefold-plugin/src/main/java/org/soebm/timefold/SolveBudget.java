package org.soebm.timefold;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.soebm.api.solver.Cancellation;

/** The time that is left for one solve, over however many searches it takes, and whether it was cancelled. */
final class SolveBudget {
    private static final long MAXIMUM_SECONDS = 1_000_000_000L;

    private final long start = System.nanoTime();
    private final long limitNanos;
    private final Cancellation cancellation;

    SolveBudget(Duration limit, Cancellation cancellation) {
        limitNanos = limit.toSeconds() >= MAXIMUM_SECONDS ? MAXIMUM_SECONDS * 1_000_000_000L : limit.toNanos();
        this.cancellation = cancellation;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    Duration remaining() {
        return Duration.ofNanos(Math.max(0, limitNanos - (System.nanoTime() - start)));
    }

    boolean isSpent() {
        return System.nanoTime() - start >= limitNanos;
    }

    /**
     * Asked by every search at every few moves.
     *
     * @throws CancellationException when the solve was cancelled or its thread interrupted
     */
    void throwIfCancelled() {
        cancellation.throwIfCancelled();
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The solve was interrupted.");
        }
    }
}
