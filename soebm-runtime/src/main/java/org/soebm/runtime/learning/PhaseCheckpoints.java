package org.soebm.runtime.learning;

/** Where a phase leaves its state after each validation. */
@FunctionalInterface
interface PhaseCheckpoints {
    /** Keeps the state. */
    void save(Checkpoint.Phase state);
}
