package org.soebm.runtime.learning;

/**
 * The control of {@link SoEbm}: after two-stage training, the same fine-tuning (schedule, frozen batch norm statistics,
 * choice of the model by validation task loss), but by likelihood. What SO-EBM gains beyond it, it gains by its objective.
 */
public final class TwoStageTuned implements LearningMethod {
    @Override
    public String name() {
        return "two-stage-tuned";
    }

    @Override
    public String description() {
        return "two-stage, then fine-tuned by likelihood on so-ebm's schedule: the control of so-ebm";
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingControl control) {
        return TrainingSession.fineTune(
                this, problem, control, session -> new LikelihoodObjective(session.likelihood()));
    }
}
