package org.soebm.runtime.learning;

/** Hears how training goes; called from the training thread. */
public interface TrainingListener {
    /** Ignores everything. */
    TrainingListener NONE = new TrainingListener() {};

    /** A phase begins, at most so many epochs long. */
    default void phaseStarted(String phase, int epochs) {}

    /** The phase that has just started goes on from a checkpoint, taken after an epoch. */
    default void phaseResumed(String phase, EpochRecord last) {}

    /** An epoch, and its validation if there was one, is over. */
    default void epochEnded(EpochRecord epoch) {}

    /** A phase is over. */
    default void phaseEnded(String phase, double bestValidationTaskLoss) {}
}
