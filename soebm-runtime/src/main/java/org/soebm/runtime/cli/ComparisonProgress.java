package org.soebm.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.soebm.api.solver.SolveListener;
import org.soebm.runtime.experiment.ComparisonListener;
import org.soebm.runtime.learning.EpochRecord;
import org.soebm.runtime.report.RunFigures;
import org.soebm.runtime.report.RunKey;

/** Shows how the runs of a comparison go: a line at the start and the end of each, and the work of each in between. */
final class ComparisonProgress implements ComparisonListener, AutoCloseable {
    private final PrintWriter err;
    private final boolean verbose;
    private final TrainingProgress work;

    ComparisonProgress(PrintWriter err, boolean verbose) {
        this.err = err;
        this.verbose = verbose;
        work = new TrainingProgress(err, verbose);
    }

    private void line(String line) {
        work.close();
        err.println(line);
        err.flush();
    }

    @Override
    public void runStarted(RunKey key, int number, int runs, double secondsLeft) {
        line("Run " + number + " of " + runs + ": " + key
                + (Double.isNaN(secondsLeft) ? "" : "; about " + duration(secondsLeft) + " left"));
    }

    @Override
    public void runEnded(RunFigures figures, double seconds) {
        line(figures.key() + ": test task loss "
                + String.format(Locale.ROOT, "%.4g", figures.testTaskLoss().mean()) + ", " + duration(seconds));
    }

    @Override
    public void runFailed(RunKey key, String message, RuntimeException failure) {
        line(key + " FAILED, the others go on: " + message);
        if (verbose) {
            failure.printStackTrace(err);
        }
    }

    @Override
    public void runFound(RunFigures figures, int number, int runs) {
        line("Run " + number + " of " + runs + ": " + figures.key() + "; finished before");
    }

    @Override
    public void runsRefused(String reason) {
        line("Not taking any finished run: " + reason + ". All are run again.");
    }

    @Override
    public void fileRefused(Path file, String reason) {
        line("Not taking the finished run " + file + ": " + reason + ". It is run again.");
    }

    /** A time for people. */
    static String duration(double seconds) {
        if (seconds < 100) {
            return String.format(Locale.ROOT, "%.0f s", Math.max(1, seconds));
        }
        return seconds < 100 * 60
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }

    @Override
    public SolveListener solvesStarted(String what, int rows) {
        return work.solvesStarted(what, rows);
    }

    @Override
    public void solvesEnded(String note) {
        work.solvesEnded(note);
    }

    @Override
    public void phaseStarted(String phase, int epochs) {
        work.phaseStarted(phase, epochs);
    }

    @Override
    public void epochEnded(EpochRecord epoch) {
        work.epochEnded(epoch);
    }

    @Override
    public void phaseEnded(String phase, double bestValidationTaskLoss) {
        work.phaseEnded(phase, bestValidationTaskLoss);
    }

    @Override
    public void close() {
        work.close();
    }
}
