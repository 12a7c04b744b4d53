package org.soebm.runtime.learning;

import ai.djl.Device;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.task.DataException;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.ObservationModel;
import org.soebm.api.task.Table;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * What a learning method learns from.
 *
 * @param problem what is decided under which uncertainty
 * @param network the predictor's layers
 * @param hyperParameters schedules and settings
 * @param training the rows to fit
 * @param hindsight a*(y) of each training row, shape (n, da)
 * @param validation the rows that choose the model
 * @param solver for the decisions on validation rows; the caller's to close
 * @param device where tensors live
 * @param seed of weights, batches, dropout and draws
 * @param start two-stage training already done on this same problem, or null where it is still to do
 */
public record LearningProblem(
        StochasticProblem problem,
        NetworkSpec network,
        HyperParameters hyperParameters,
        Rows training,
        Table hindsight,
        Rows validation,
        ArgminSolver solver,
        Device device,
        long seed,
        @Nullable Pretrained start) {
    /**
     * Features beside parameters and what was observed.
     *
     * @param features x, unscaled, shape (n, dx)
     * @param parameters y, shape (n, dy)
     * @param observations what the predictor's likelihood is of, shape (n, do)
     */
    public record Rows(Table features, Table parameters, Table observations) {
        /** Rows of which y itself is observed. */
        public Rows(Table features, Table parameters) {
            this(features, parameters, parameters);
        }

        /** Checks that all have as many rows. */
        public Rows {
            if (features.rows() != parameters.rows()) {
                throw new IllegalArgumentException("There are " + features.rows() + " rows of features, but "
                        + parameters.rows() + " rows of parameters.");
            }
            if (features.rows() != observations.rows()) {
                throw new IllegalArgumentException("There are " + features.rows() + " rows of features, but "
                        + observations.rows() + " rows of observations.");
            }
        }
    }

    /** A problem on which nothing was learned yet. */
    public LearningProblem(
            StochasticProblem problem,
            NetworkSpec network,
            HyperParameters hyperParameters,
            Rows training,
            Table hindsight,
            Rows validation,
            ArgminSolver solver,
            Device device,
            long seed) {
        this(problem, network, hyperParameters, training, hindsight, validation, solver, device, seed, null);
    }

    /** This problem, for methods to go on from two-stage training that was done on it. */
    public LearningProblem startingFrom(Pretrained pretrained) {
        return new LearningProblem(
                problem, network, hyperParameters, training, hindsight, validation, solver, device, seed, pretrained);
    }

    /** The predictor as two-stage training of this problem left it; the receiver closes it. */
    public GaussianPredictor predictor(Pretrained pretrained) {
        return TrainingSession.predictor(this, pretrained);
    }

    /**
     * Checks that rows, decisions and cost fit together.
     *
     * @throws DataException when y has to do with no decision
     */
    public LearningProblem {
        if (problem.uncertainDecisions().length == 0) {
            throw new DataException(
                    "The cost has no decision that the uncertain parameters have to do with, so there is"
                            + " nothing to learn. Maybe a residual of both is missing?");
        }
        if (hindsight.rows() != training.features().rows()) {
            throw new IllegalArgumentException("There are "
                    + training.features().rows() + " training rows, but " + hindsight.rows() + " optimal decisions.");
        }
        if (training.parameters().width() != problem.cost().parameterCount()) {
            throw new IllegalArgumentException(
                    "The rows have " + training.parameters().width() + " uncertain parameters, but the cost has "
                            + problem.cost().parameterCount() + ".");
        }
        ObservationModel model = problem.observationModel();
        int observed = model != null ? model.observationCount() : problem.predictedCount();
        if (training.observations().width() != observed) {
            throw new DataException("The rows have " + training.observations().width()
                    + " columns of observations, but " + observed + " are expected.");
        }
    }
}
