package org.soebm.runtime.tuning;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hears how the trials of a search go. */
public interface TuningListener {
    /** Ignores everything. */
    TuningListener NONE = new TuningListener() {};

    /**
     * A trial begins.
     *
     * @param secondsLeft about how long this and the others will take, NaN where nobody knows yet
     */
    default void trialStarted(int number, Map<String, String> values, int trials, double secondsLeft) {}

    /**
     * A trial ended, well or not.
     *
     * @param isBest whether it is the best so far
     * @param failure what it failed with, or null
     */
    default void trialEnded(Trial trial, boolean isBest, @Nullable RuntimeException failure) {}

    /** A trial was finished by an earlier start, and its figures are taken. */
    default void trialFound(Trial trial, int trials) {}

    /** Nothing that earlier starts left can be taken; the reason is a clause. */
    default void trialsRefused(String reason) {}

    /** What an earlier start left of a trial is not taken, so it is done again; the reason is a clause. */
    default void fileRefused(Path file, String reason) {}
}
