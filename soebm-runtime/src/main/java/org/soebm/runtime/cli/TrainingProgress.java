package org.soebm.runtime.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.SolveListener;
import org.soebm.runtime.experiment.ExperimentListener;
import org.soebm.runtime.learning.EpochRecord;

/** Shows how a run goes, one piece of work after the other. */
final class TrainingProgress implements ExperimentListener, AutoCloseable {
    private final PrintWriter err;
    private @Nullable Progress current;
    private String samplesNote = "";

    TrainingProgress(PrintWriter err) {
        this.err = err;
    }

    private Progress start(String work, int steps) {
        close();
        Progress started = Progress.start(err, work, steps);
        current = started;
        return started;
    }

    private void end(String note) {
        if (current != null) {
            current.end(note);
            current = null;
        }
    }

    @Override
    public SolveListener solvesStarted(String what, int rows) {
        Progress progress = start(what + " (" + rows + ")", rows);
        return (row, decision) -> progress.step();
    }

    @Override
    public void solvesEnded(String note) {
        end(note);
    }

    @Override
    public void phaseStarted(String phase, int epochs) {
        samplesNote = "";
        start("Training " + phase + ", at most " + epochs + " epochs", epochs);
    }

    @Override
    public void epochEnded(EpochRecord epoch) {
        if (Double.isFinite(epoch.effectiveSampleSize())) {
            samplesNote = String.format(Locale.ROOT, ", effective sample size %.1f", epoch.effectiveSampleSize());
        }
        if (current != null && epoch.epoch() > 0) {
            current.step();
        }
        if (current != null && epoch.isValidated()) {
            current.note(String.format(Locale.ROOT, "validation %.4g%s", epoch.validationTaskLoss(), samplesNote));
        }
    }

    @Override
    public void phaseEnded(String phase, double bestValidationTaskLoss) {
        end(String.format(Locale.ROOT, "validation task loss %.4g%s", bestValidationTaskLoss, samplesNote));
    }

    /** Takes away what is still shown, as after a failure. */
    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
