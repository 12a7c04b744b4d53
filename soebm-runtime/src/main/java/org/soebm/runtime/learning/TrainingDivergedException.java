package org.soebm.runtime.learning;

/** The training loss is no longer a finite number. The message says where and what to try. */
public final class TrainingDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TrainingDivergedException(String phase, int epoch, double loss) {
        super("The loss of " + phase + " is " + loss + " after epoch " + epoch
                + ". Maybe the learning rate is too high, or the temperature too low?");
    }
}
