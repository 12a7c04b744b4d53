package org.soebm.runtime.learning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.soebm.api.task.Table;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.network.Architecture;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.network.GaussianPredictor;

/**
 * The predictor, the training rows on its device and the random numbers of one learning run, through which the phases
 * of a method go one after the other. Scaling is fitted on the training rows only.
 */
final class TrainingSession implements AutoCloseable {
    private final LearningProblem problem;
    private final TrainingListener listener;
    private final GaussianPredictor predictor;
    private final NDManager scope;
    private final RowBatch rows;
    private final Random random;
    private final ValidationTaskLoss validation;
    private final List<EpochRecord> history = new ArrayList<>();

    TrainingSession(LearningProblem problem, TrainingListener listener) {
        this.problem = problem;
        this.listener = listener;
        Engine.getInstance().setRandomSeed(Math.toIntExact(Math.floorMod(problem.seed(), 1L << 31)));
        random = new Random(problem.seed());
        LearningProblem.Rows training = problem.training();
        predictor = new GaussianPredictor(
                new Architecture(
                        training.features().width(), training.parameters().width(), problem.network()),
                Standardizer.fit(training.features()),
                Standardizer.fit(training.parameters()),
                problem.device());
        scope = predictor.newScope();
        rows = new RowBatch(
                predictor.standardise(training.features(), scope),
                tensor(training.parameters(), scope),
                tensor(problem.hindsight(), scope));
        validation = new ValidationTaskLoss(problem);
    }

    private static NDArray tensor(Table table, NDManager scope) {
        double[][] values = new double[table.rows()][];
        for (int row = 0; row < values.length; row++) {
            values[row] = table.row(row);
        }
        return tensor(values, scope);
    }

    private static NDArray tensor(double[][] values, NDManager scope) {
        int width = values[0].length;
        float[] floats = new float[values.length * width];
        for (int row = 0; row < values.length; row++) {
            for (int i = 0; i < width; i++) {
                floats[row * width + i] = (float) values[row][i];
            }
        }
        return scope.create(floats, new Shape(values.length, width));
    }

    /** Trains the predictor on one objective; afterwards it has the phase's best weights. */
    void run(String phase, TrainingSchedule schedule, ForwardMode mode, TrainingObjective objective) {
        TrainingLoop loop = new TrainingLoop(phase, predictor, schedule, mode, objective, validation, listener);
        history.addAll(loop.run(rows, random));
    }

    LearningProblem problem() {
        return problem;
    }

    GaussianPredictor predictor() {
        return predictor;
    }

    /** The training rows on the predictor's device. */
    RowBatch rows() {
        return rows;
    }

    /** Memory on the predictor's device that lives as long as the session. */
    NDManager scope() {
        return scope;
    }

    List<EpochRecord> history() {
        return history;
    }

    /** Frees the rows; the predictor stays with who asked for it. */
    @Override
    public void close() {
        scope.close();
    }
}
