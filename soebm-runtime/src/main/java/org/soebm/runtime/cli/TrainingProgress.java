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
    private final boolean eachValidation;
    private @Nullable Progress current;
    private String samplesNote = "";

    /**
     * Progress of one run or of several.
     *
     * @param eachValidation whether to print a line a validation where nobody watches a bar
     */
    TrainingProgress(PrintWriter err, boolean eachValidation) {
        this.err = err;
        this.eachValidation = eachValidation;
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
            String losses = epoch.epoch() == 0 ? "" : String.format(Locale.ROOT, "loss %.4g, ", epoch.trainingLoss());
            String note =
                    losses + String.format(Locale.ROOT, "validation %.4g%s", epoch.validationTaskLoss(), samplesNote);
            current.note(note);
            if (eachValidation) {
                current.line("epoch " + epoch.epoch() + ": " + note);
            }
        }
    }

    @Override
    public void phaseResumed(String phase, EpochRecord last) {
        if (current != null) {
            current.resumedAt(last.epoch());
            current.line("going on after epoch " + last.epoch());
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
