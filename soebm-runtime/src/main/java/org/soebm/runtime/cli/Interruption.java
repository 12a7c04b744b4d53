package org.soebm.runtime.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.soebm.api.solver.Cancellation;

/**
 * Ctrl-C, or a polite kill: work is asked to stop at its next step, and the process ends when it has, or after
 * {@value #PATIENCE_SECONDS} seconds.
 */
final class Interruption implements Cancellation {
    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean requested;

    private Interruption() {}

    /** An interruption that never comes, as where a command runs within another program. */
    static Interruption none() {
        return new Interruption();
    }

    /** Hears of the end of the process from now on. */
    static Interruption heard(PrintWriter err) {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interruption.stop(err), "soebm-interruption"));
        return interruption;
    }

    private void stop(PrintWriter err) {
        if (ended.getCount() == 0) {
            return;
        }
        requested = true;
        err.println();
        err.println("Stopping at the next step ...");
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                err.println("soebm: the work did not stop within " + PATIENCE_SECONDS + " seconds.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isCancelled() {
        return requested;
    }

    /** The command is over, whatever its outcome. */
    void commandEnded() {
        ended.countDown();
    }
}
