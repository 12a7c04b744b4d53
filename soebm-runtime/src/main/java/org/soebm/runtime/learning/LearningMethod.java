package org.soebm.runtime.learning;

import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.StochasticProblem;

/** A way to learn a predictor for a decision problem. */
public interface LearningMethod {
    /** The name by which users choose it. */
    String name();

    /** One line on what it does. */
    String description();

    /**
     * Whether the method can learn a task at all, and if not why; the reason is for users.
     *
     * @param features dx
     * @param network the task's layers
     */
    default Support support(
            StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
        return Support.yes();
    }

    /** Whose schedule the method's own phase follows: fine-tuning's, unless it says otherwise. */
    default HyperParameters.Phase ownPhase() {
        return HyperParameters.Phase.ENERGY;
    }

    /** How the prediction of what it learns becomes a decision; the solver must take the problems that this makes. */
    default DecisionRule decisionRule() {
        return DecisionRule.EXPECTED_COST;
    }

    /**
     * Learns; the same problem on the same machine with the same number of threads gives the same result.
     *
     * <p>One at a time: the engine records gradients for the whole process, so two methods cannot learn at once in it.
     *
     * @throws java.util.concurrent.CancellationException when cancelled; the last checkpoint has the best weights so far
     * @throws TrainingDivergedException when the loss is no longer a number; likewise
     * @throws IllegalStateException when another learning goes on in this process
     */
    Learned learn(LearningProblem problem, TrainingControl control);

    /** {@link #learn(LearningProblem, TrainingControl)} with somebody who listens. */
    default Learned learn(LearningProblem problem, TrainingListener listener) {
        return learn(problem, TrainingControl.of(listener));
    }

    /** {@link #learn(LearningProblem, TrainingControl)} with somebody who listens and may stop it. */
    default Learned learn(LearningProblem problem, TrainingListener listener, Cancellation cancellation) {
        return learn(problem, TrainingControl.of(listener, cancellation));
    }
}
