package org.soebm.ortools;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.soebm.api.solver.Cancellation;

/** The time that is left for one solve, over however many native solves it takes, and whether it was cancelled. */
final class SolveBudget {
    private static final double MAXIMUM_SECONDS = 1e9;
    private static final double LEAST_NATIVE_SECONDS = 1e-3; // MPSolver counts in milliseconds

    private final long start = System.nanoTime();
    private final double limitSeconds;
    private final Cancellation cancellation;

    SolveBudget(Duration limit, Cancellation cancellation) {
        limitSeconds = Math.min(limit.getSeconds() + limit.getNano() * 1e-9, MAXIMUM_SECONDS);
        this.cancellation = cancellation;
    }

    /** A part of what is left, for a method that another one follows. */
    SolveBudget share(double part) {
        return new SolveBudget(Duration.ofNanos((long) (1e9 * part * remainingSeconds())), cancellation);
    }

    /** No more than some seconds and half of what is left, for a method that another one follows. */
    SolveBudget atMost(double seconds) {
        double remaining = remainingSeconds();
        return share(remaining == 0 ? 0 : Math.min(0.5, seconds / remaining));
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    double remainingSeconds() {
        return Math.max(0, limitSeconds - (System.nanoTime() - start) * 1e-9);
    }

    /** What is left as a limit for a native solve: never 0, which native solvers take for no limit at all. */
    double nativeLimitSeconds() {
        return Math.max(LEAST_NATIVE_SECONDS, remainingSeconds());
    }

    boolean isSpent() {
        return remainingSeconds() == 0;
    }

    boolean isCancelled() {
        return cancellation.isCancelled();
    }

    /**
     * @throws CancellationException when the solve was cancelled
     */
    void throwIfCancelled() {
        cancellation.throwIfCancelled();
    }
}
