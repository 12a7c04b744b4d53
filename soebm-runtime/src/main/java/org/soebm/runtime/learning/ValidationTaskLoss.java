package org.soebm.runtime.learning;

import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.TaskLoss;
import org.soebm.runtime.inference.DecisionMaker;
import org.soebm.runtime.network.GaussianPredictor;

/** The mean task loss of a predictor's decisions on the validation rows: what chooses the model. */
final class ValidationTaskLoss {
    private final LearningProblem problem;
    private final DecisionMaker decisionMaker;

    ValidationTaskLoss(LearningProblem problem) {
        this.problem = problem;
        decisionMaker = new DecisionMaker(problem.cost(), problem.constraints(), problem.solver());
    }

    double of(GaussianPredictor predictor) {
        LearningProblem.Rows rows = problem.validation();
        return Estimate.of(TaskLoss.of(
                        problem.cost(), rows.parameters(), decisionMaker.decide(predictor, rows.features())))
                .mean();
    }
}
