package org.soebm.runtime.learning;

import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.task.Table;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.evaluation.TaskLoss;
import org.soebm.runtime.inference.DecisionMaker;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.DecisionRule;

/** The mean task loss of a predictor's decisions, by a rule, on the validation rows: what chooses the model. */
final class ValidationTaskLoss {
    private final LearningProblem problem;
    private final DecisionMaker decisionMaker;

    ValidationTaskLoss(LearningProblem problem, DecisionRule rule) {
        this.problem = problem;
        decisionMaker = new DecisionMaker(rule.problem(problem.problem()), problem.solver());
    }

    double of(GaussianPredictor predictor) {
        return of(predictor, Cancellation.NEVER);
    }

    double of(GaussianPredictor predictor, Cancellation cancellation) {
        LearningProblem.Rows rows = problem.validation();
        Table decisions = decisionMaker.decisions(predictor, rows.features(), SolveListener.NONE, cancellation);
        return Estimate.of(TaskLoss.of(problem.problem().cost(), rows.parameters(), decisions))
                .mean();
    }
}
