package org.soebm.ortools;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Interrupts a native solve soon after its budget was cancelled. Close it before the native solver is deleted. */
final class InterruptWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 20;
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "soebm-ortools-cancellation");
        thread.setDaemon(true);
        return thread;
    });

    private final Runnable interrupt;
    private final SolveBudget budget;
    private final Future<?> ticking;
    private boolean closed;

    private InterruptWatch(Runnable interrupt, SolveBudget budget) {
        this.interrupt = interrupt;
        this.budget = budget;
        ticking = CLOCK.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts to look.
     *
     * @param interrupt tells the native solver to stop; may be called several times
     */
    static InterruptWatch over(Runnable interrupt, SolveBudget budget) {
        return new InterruptWatch(interrupt, budget);
    }

    private void look() {
        boolean cancelled;
        try {
            cancelled = budget.isCancelled();
        } catch (RuntimeException | Error e) {
            cancelled = true; // the solving thread asks again and gets the failure; thrown here, it would end the looks
        }
        synchronized (this) { // the solver is alive until close() has passed
            if (cancelled && !closed) {
                interrupt.run();
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        ticking.cancel(false);
    }
}
