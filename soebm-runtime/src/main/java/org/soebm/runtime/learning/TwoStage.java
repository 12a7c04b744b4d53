package org.soebm.runtime.learning;

import org.soebm.api.task.HyperParameters;

/**
 * Predict, then optimise: the network is trained by likelihood, −log p(y | x; θ), and the decision is the optimum of the
 * expected cost under its prediction. The baseline of the paper, and the start of {@link SoEbm}.
 */
public final class TwoStage implements LearningMethod {
    static final String NAME = "two-stage";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "likelihood, then optimise: trains the forecast, not the decision";
    }

    @Override
    public HyperParameters.Phase ownPhase() {
        return HyperParameters.Phase.LIKELIHOOD;
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingControl control) {
        return TrainingSession.learn(problem, control, session -> {});
    }
}
