package org.soebm.runtime.learning;

/** What one phase of training minimises. */
sealed interface PhaseObjective permits TrainingObjective, LookAheadObjective {
    /** About how many bytes of tensors a row takes at most beside the network's; 0 where that is little. */
    default long bytesPerRow() {
        return 0;
    }
}
