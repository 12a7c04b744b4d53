package org.soebm.runtime.learning;

import org.soebm.api.solver.Cancellation;
import org.soebm.runtime.network.ForwardMode;

/**
 * Predict, then optimise: the network is trained by likelihood, −log p(y | x; θ), and the decision is the optimum of the
 * expected cost under its prediction. The baseline of the paper, and the start of {@link SoEbm}.
 */
public final class TwoStage implements LearningMethod {
    @Override
    public String name() {
        return "two-stage";
    }

    @Override
    public String description() {
        return "likelihood, then optimise: trains the forecast, not the decision";
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingListener listener, Cancellation cancellation) {
        try (TrainingSession session = TrainingSession.open(problem, listener, cancellation)) {
            try {
                pretrain(session);
            } catch (RuntimeException failure) {
                session.predictor().close();
                throw failure;
            }
            return new Learned(session.predictor(), session.predictor().weights(), session.history());
        }
    }

    void pretrain(TrainingSession session) {
        session.run(
                name(),
                session.problem().hyperParameters().likelihood(),
                ForwardMode.REGULARISED,
                new LikelihoodObjective());
    }
}
