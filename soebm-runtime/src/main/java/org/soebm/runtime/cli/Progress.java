package org.soebm.runtime.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress of long work: a bar where somebody watches, else one line at the start and one at the end. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 100;

    private final PrintWriter err;
    private final String work;
    private final @Nullable ProgressBar bar;
    private final long steps;
    private final long start = System.nanoTime();
    private long before;
    private long done;
    private boolean closed;

    private Progress(PrintWriter err, String work, long steps, @Nullable ProgressBar bar) {
        this.err = err;
        this.work = work;
        this.steps = steps;
        this.bar = bar;
    }

    static Progress start(PrintWriter err, String work, long steps) {
        if (isWatched()) {
            return new Progress(
                    err,
                    work,
                    steps,
                    new ProgressBarBuilder()
                            .setTaskName(work)
                            .setInitialMax(steps)
                            .setStyle(ProgressBarStyle.ASCII)
                            .setUpdateIntervalMillis(200)
                            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
                            .build());
        }
        err.println(work + " ...");
        err.flush();
        return new Progress(err, work, steps, null);
    }

    /** Whether standard error is, as far as Java can tell, a terminal. */
    @SuppressWarnings("SystemConsoleNull") // from Java 22 on there is a console without a terminal, too: see below
    private static boolean isWatched() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try { // Java 22 or later
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** The first steps were done before, and tell nothing of how long the others take. */
    void resumedAt(long step) {
        before = step;
        done = step;
        if (bar != null) {
            bar.stepTo(step);
        }
    }

    void step() {
        done++;
        if (bar != null) {
            bar.step();
        }
    }

    /** Shows something beside the bar. */
    void note(String note) {
        if (bar != null) {
            bar.setExtraMessage(" " + note);
        }
    }

    /** Says how it goes where there is no bar, with the time left once that can be told. */
    void line(String text) {
        if (bar == null) {
            double seconds = (System.nanoTime() - start) * 1e-9;
            String left = done == before || done == steps
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            ", at most %.0f s left",
                            Math.ceil(seconds * (steps - done) / (done - before)));
            err.println("  " + text + left);
            err.flush();
        }
    }

    /** Ends the work. */
    void end(String note) {
        close();
        if (bar == null) {
            err.println(String.format(
                    Locale.ROOT,
                    "%s: %.1f s%s",
                    work,
                    (System.nanoTime() - start) * 1e-9,
                    note.isEmpty() ? "" : ", " + note));
            err.flush();
        }
    }

    /** Takes the bar away, as after a failure. */
    @Override
    public void close() {
        if (bar != null && !closed) { // a second time would draw it again
            bar.close();
        }
        closed = true;
    }
}
