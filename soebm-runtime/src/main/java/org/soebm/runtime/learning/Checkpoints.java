package org.soebm.runtime.learning;

import org.jspecify.annotations.Nullable;

/** Where the state of one training is kept, so that it can go on after an interruption. Called from the training thread. */
public interface Checkpoints {
    /** Keeps nothing. */
    Checkpoints NONE = new Checkpoints() {
        @Override
        public @Nullable Checkpoint start() {
            return null;
        }

        @Override
        public void save(Checkpoint checkpoint) {}
    };

    /** The state to go on from, of a training of the same problem by the same method; null to begin at the beginning. */
    @Nullable
    Checkpoint start();

    /** Keeps the state after a validation, in place of the one before. */
    void save(Checkpoint checkpoint);
}
