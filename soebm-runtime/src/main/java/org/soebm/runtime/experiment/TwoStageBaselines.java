package org.soebm.runtime.experiment;

import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.runtime.inference.DecisionMaker;
import org.soebm.runtime.learning.Pretrained;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * Two-stage training, and the losses of decisions for the test rows by the network as it left it.
 *
 * @param twoStage by its whole prediction, with the decisions
 * @param pointForecast by the mean alone
 */
record TwoStageBaselines(Pretrained start, DecidedRows twoStage, double[] pointForecast) {
    /** Decides the test rows. */
    static TwoStageBaselines of(
            Pretrained pretrained, PreparedRows rows, ExperimentListener listener, Cancellation cancellation) {
        StochasticProblem problem = rows.learning().problem();
        ArgminSolver solver = rows.learning().solver();
        try (GaussianPredictor predictor = rows.learning().predictor(pretrained)) {
            return new TwoStageBaselines(
                    pretrained,
                    rows.decided(
                            pretrained.history().get(0).phase(),
                            new DecisionMaker(problem, solver),
                            predictor,
                            listener,
                            cancellation),
                    rows.decided(
                                    "the point forecast",
                                    DecisionMaker.byPointForecast(problem, solver),
                                    predictor,
                                    listener,
                                    cancellation)
                            .losses());
        }
    }
}
