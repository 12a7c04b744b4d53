package org.soebm.runtime.learning;

import org.soebm.api.solver.Cancellation;

/** A way to learn a predictor for a decision problem. */
public interface LearningMethod {
    /** The name by which users choose it. */
    String name();

    /** One line on what it does. */
    String description();

    /**
     * Learns; the same problem on the same machine with the same number of threads gives the same result.
     *
     * <p>One at a time: the engine records gradients for the whole process, so two methods cannot learn at once in it.
     *
     * @param cancellation asked before each step and within each validation
     * @throws java.util.concurrent.CancellationException when cancelled
     * @throws IllegalStateException when another learning goes on in this process
     */
    Learned learn(LearningProblem problem, TrainingListener listener, Cancellation cancellation);

    /** {@link #learn(LearningProblem, TrainingListener, Cancellation)} without cancellation. */
    default Learned learn(LearningProblem problem, TrainingListener listener) {
        return learn(problem, listener, Cancellation.NEVER);
    }
}
