package org.soebm.runtime.learning;

/** A way to learn a predictor for a decision problem. */
public interface LearningMethod {
    /** The name by which users choose it. */
    String name();

    /** One line on what it does. */
    String description();

    /** Learns; the same problem on the same machine with the same number of threads gives the same result. */
    Learned learn(LearningProblem problem, TrainingListener listener);
}
