package org.soebm.runtime.learning;

import java.util.List;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
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
        decisionMaker = new DecisionMaker(problem.problem(), problem.solver());
    }

    double of(GaussianPredictor predictor) {
        return of(predictor, Cancellation.NEVER);
    }

    double of(GaussianPredictor predictor, Cancellation cancellation) {
        LearningProblem.Rows rows = problem.validation();
        List<Decision> decisions = decisionMaker.decide(predictor, rows.features(), SolveListener.NONE, cancellation);
        return Estimate.of(TaskLoss.of(problem.problem().cost(), rows.parameters(), decisions))
                .mean();
    }
}
