package org.soebm.runtime.experiment;

import java.io.PrintStream;
import java.util.Locale;
import org.soebm.api.solver.SolveListener;

/** Tells how runs go, a line at the start of each piece of work and one at its end. */
public final class ProgressLines implements ExperimentListener {
    private final PrintStream out;
    private String work = "";
    private long start;

    /** Lines on a stream, such as {@link System#err}. */
    public ProgressLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public SolveListener solvesStarted(String what, int rows) {
        begin(what + " (" + rows + ")");
        return SolveListener.NONE;
    }

    @Override
    public void solvesEnded(String note) {
        end(note);
    }

    @Override
    public void phaseStarted(String phase, int epochs) {
        begin("Training " + phase + ", at most " + epochs + " epochs");
    }

    @Override
    public void phaseEnded(String phase, double bestValidationTaskLoss) {
        end(String.format(Locale.ROOT, "validation task loss %.6g", bestValidationTaskLoss));
    }

    private void begin(String newWork) {
        work = newWork;
        start = System.nanoTime();
        out.println(work + " ...");
    }

    private void end(String note) {
        double seconds = (System.nanoTime() - start) * 1e-9;
        out.println(String.format(Locale.ROOT, "%s: %.1f s%s", work, seconds, note.isEmpty() ? "" : ", " + note));
    }
}
