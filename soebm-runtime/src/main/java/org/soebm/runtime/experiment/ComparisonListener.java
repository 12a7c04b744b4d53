package org.soebm.runtime.experiment;

import java.nio.file.Path;
import org.soebm.runtime.report.RunFigures;
import org.soebm.runtime.report.RunKey;

/** Hears how the runs of a comparison go, and in between how each of them does. */
public interface ComparisonListener extends ExperimentListener {
    /** Ignores everything. */
    ComparisonListener NONE = new ComparisonListener() {};

    /**
     * A run begins.
     *
     * @param number of the run, from 1, and how many there are
     * @param secondsLeft about how long this and the others will take, NaN where nobody knows yet
     */
    default void runStarted(RunKey key, int number, int runs, double secondsLeft) {}

    /** A run ended well. */
    default void runEnded(RunFigures figures, double seconds) {}

    /** A run failed; the others go on. */
    default void runFailed(RunKey key, String message, RuntimeException failure) {}

    /** A run was finished by an earlier start, and its figures are taken. */
    default void runFound(RunFigures figures, int number, int runs) {}

    /** Nothing that earlier starts left can be taken, so all runs are done; the reason is a clause. */
    default void runsRefused(String reason) {}

    /** What an earlier start left of a run is not taken, so the run is done again; the reason is a clause. */
    default void fileRefused(Path file, String reason) {}
}
