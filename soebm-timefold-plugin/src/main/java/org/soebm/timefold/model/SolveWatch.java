package org.soebm.timefold.model;

import ai.timefold.solver.core.api.solver.Solver;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.soebm.api.solver.Cancellation;

/**
 * Ends a running solve when it is cancelled or its time is up. A termination in the configuration would do for the time,
 * but it would also take part in what the configuration's own search makes of the time that is left.
 */
final class SolveWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 5;
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "soebm-timefold-watch");
        thread.setDaemon(true);
        return thread;
    });

    private final Solver<?> solver;
    private final long start = System.nanoTime();
    private final long limitNanos;
    private final Cancellation cancellation;
    private final Future<?> ticking;
    private volatile boolean timeIsUp;

    private SolveWatch(Solver<?> solver, Duration limit, Cancellation cancellation) {
        this.solver = solver;
        this.cancellation = cancellation;
        limitNanos = limit.compareTo(Duration.ofNanos(Long.MAX_VALUE)) < 0 ? limit.toNanos() : Long.MAX_VALUE;
        ticking = CLOCK.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    static SolveWatch over(Solver<?> solver, Duration limit, Cancellation cancellation) {
        return new SolveWatch(solver, limit, cancellation);
    }

    /** Asks the solver at each look, not once: a solver that is only about to start forgets what it was asked before. */
    private void look() {
        boolean cancelled;
        try {
            cancelled = cancellation.isCancelled();
        } catch (RuntimeException | Error e) {
            cancelled = true; // the solving thread asks again and gets the failure; thrown here, it would end the looks
        }
        timeIsUp = System.nanoTime() - start >= limitNanos;
        if (cancelled || timeIsUp) {
            solver.terminateEarly();
        }
    }

    /** Whether the time limit ended the solve. */
    boolean timeIsUp() {
        return timeIsUp;
    }

    @Override
    public void close() {
        ticking.cancel(false);
    }
}
