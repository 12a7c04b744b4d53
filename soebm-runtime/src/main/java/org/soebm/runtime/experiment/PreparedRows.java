package org.soebm.runtime.experiment;

import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.task.Table;
import org.soebm.runtime.evaluation.TaskLoss;
import org.soebm.runtime.inference.DecisionMaker;
import org.soebm.runtime.learning.LearningProblem;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.preprocessing.Hindsight;

/**
 * The rows of an experiment with their optimal decisions; see {@link RowPreparation}.
 *
 * @param learning what methods learn from: the training and the validation rows
 * @param training a*(y) of the training rows
 * @param test a*(y) of the test rows
 * @param seconds that those of the training rows took
 * @param features x of the test rows
 * @param parameters y of the test rows
 * @param foresight f(y, a*(y)) of the test rows
 */
record PreparedRows(
        LearningProblem learning,
        Hindsight training,
        Hindsight test,
        double seconds,
        Table features,
        Table parameters,
        double[] foresight) {
    /**
     * Decides the test rows.
     *
     * @param what decides, for progress
     */
    DecidedRows decided(
            String what,
            DecisionMaker decisionMaker,
            GaussianPredictor predictor,
            ExperimentListener listener,
            Cancellation cancellation) {
        SolveListener solves = listener.solvesStarted("Decisions of " + what + " for the test rows", features.rows());
        Table decisions = decisionMaker.decisions(predictor, features, solves, cancellation);
        listener.solvesEnded("");
        return new DecidedRows(decisions, TaskLoss.of(learning.problem().cost(), parameters, decisions));
    }
}
