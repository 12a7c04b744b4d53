package org.soebm.runtime.learning;

import org.soebm.api.solver.Cancellation;

/**
 * How a caller follows a training, stops it, and lets it go on after an interruption.
 *
 * @param listener hears how it goes
 * @param cancellation asked before each step and within each validation
 * @param checkpoints get the state after each validation, and give the one to go on from
 */
public record TrainingControl(TrainingListener listener, Cancellation cancellation, Checkpoints checkpoints) {
    /** For a training to which nobody listens and which nobody stops. */
    public static final TrainingControl NONE = of(TrainingListener.NONE);

    /** For a training that somebody follows. */
    public static TrainingControl of(TrainingListener listener) {
        return of(listener, Cancellation.NEVER);
    }

    /** For a training that somebody follows and may stop. */
    public static TrainingControl of(TrainingListener listener, Cancellation cancellation) {
        return new TrainingControl(listener, cancellation, Checkpoints.NONE);
    }
}
