package org.soebm.runtime.learning;

import java.util.List;

/** What one phase of training minimises. */
sealed interface PhaseObjective permits TrainingObjective, LookAheadObjective {
    /** About how many bytes of tensors a row takes at most beside the network's; 0 where that is little. */
    default long bytesPerRow() {
        return 0;
    }

    /** What it has learned so far beside the network, to go on from after an interruption; empty where that is nothing. */
    default List<double[]> state() {
        return List.of();
    }

    /**
     * Goes on from a {@link #state}.
     *
     * @throws IllegalArgumentException when that is of another objective
     */
    default void restore(List<double[]> state) {
        if (!state.isEmpty()) {
            throw new IllegalArgumentException("The objective learns nothing beside the network, but " + state.size()
                    + " arrays are to be restored.");
        }
    }
}
