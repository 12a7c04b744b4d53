package org.soebm.runtime.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.soebm.runtime.tuning.Trial;
import org.soebm.runtime.tuning.TuningListener;

/** Shows how the trials of a search go: a line at the start and the end of each. */
final class TuningProgress implements TuningListener {
    private final PrintWriter err;
    private final boolean verbose;
    private final TrainingProgress work;

    /**
     * Progress beside that of the work within each trial.
     *
     * @param work whose bar goes before a line is printed
     */
    TuningProgress(PrintWriter err, boolean verbose, TrainingProgress work) {
        this.err = err;
        this.verbose = verbose;
        this.work = work;
    }

    private void line(String line) {
        work.close();
        err.println(line);
        err.flush();
    }

    private static String title(int number, int trials) {
        return "Trial " + number + " of 0 to " + (trials - 1) + (number == 0 ? " (the default)" : "");
    }

    @Override
    public void trialStarted(int number, Map<String, String> values, int trials, double secondsLeft) {
        line(title(number, trials) + ": "
                + values.entrySet().stream()
                        .map(value -> value.getKey() + " " + value.getValue())
                        .collect(Collectors.joining(", "))
                + (Double.isNaN(secondsLeft) ? "" : "; about " + ComparisonProgress.duration(secondsLeft) + " left"));
    }

    @Override
    public void trialEnded(Trial trial, boolean isBest, @Nullable RuntimeException failure) {
        if (trial.failure() == null) {
            line(String.format(
                    Locale.ROOT,
                    "Trial %d: validation task loss %.4g, %s%s",
                    trial.number(),
                    trial.taskLoss(),
                    ComparisonProgress.duration(trial.seconds()),
                    isBest ? ", the best so far" : ""));
            return;
        }
        line("Trial " + trial.number() + " FAILED, the search goes on: " + trial.failure());
        if (verbose && failure != null) {
            failure.printStackTrace(err);
        }
    }

    @Override
    public void trialFound(Trial trial, int trials) {
        line(title(trial.number(), trials) + ": finished before");
    }

    @Override
    public void trialsRefused(String reason) {
        line("Not taking any finished trial: " + reason + ". All are run again.");
    }

    @Override
    public void fileRefused(Path file, String reason) {
        line("Not taking the finished trial " + file + ": " + reason + ". It is run again.");
    }
}
