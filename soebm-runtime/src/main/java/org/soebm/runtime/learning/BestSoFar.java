package org.soebm.runtime.learning;

import java.util.ArrayList;
import java.util.List;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.DecisionRule;

/** The best model of a training that did not come to its end. */
public final class BestSoFar {
    private BestSoFar() {}

    /**
     * The weights of a checkpoint that decided the validation rows at the least cost, as a model; the receiver closes it.
     *
     * @param method that learned
     * @param checkpoint of that training
     * @throws IllegalArgumentException when the checkpoint is of another problem or method
     */
    public static Learned of(LearningProblem problem, LearningMethod method, Checkpoint checkpoint) {
        Checkpoint.Phase phase = checkpoint.phase();
        boolean isOwn = phase.name().equals(method.name());
        DecisionRule rule = isOwn ? method.decisionRule() : DecisionRule.EXPECTED_COST;
        GaussianPredictor predictor = rule == DecisionRule.EXPECTED_COST
                ? TrainingSession.predictor(problem)
                : TrainingSession.predictor(problem, rule, Standardizer.fit(problem.hindsight()));
        try {
            predictor.load(phase.best());
        } catch (RuntimeException failure) {
            predictor.close();
            throw failure;
        }
        Pretrained finished = checkpoint.twoStage();
        List<EpochRecord> history = new ArrayList<>(finished == null ? List.of() : finished.history());
        history.addAll(phase.history());
        Pretrained twoStage =
                finished != null ? finished : new Pretrained(phase.best(), phase.history(), checkpoint.seconds());
        return new Learned(predictor, rule, twoStage, history, finished == null ? 0 : checkpoint.seconds());
    }
}
