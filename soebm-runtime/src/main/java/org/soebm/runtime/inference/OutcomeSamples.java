package org.soebm.runtime.inference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.DataException;
import org.soebm.api.task.Table;
import org.soebm.runtime.energy.ReparameterisedSamples;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * Samples of y under the predictive distribution, from ε_s that are the same for every row and call (a Latin hypercube), so that
 * the same features give the same samples.
 */
public final class OutcomeSamples {
    private static final int MOST_ROWS = 4096;
    private static final int SAMPLES_A_BATCH = 1 << 16; // rows times samples, where a simulator runs on each

    private final StochasticProblem problem;
    private final int count;
    private final float[] noise; // ε, (S, dz)

    private OutcomeSamples(StochasticProblem problem, int count, float[] noise) {
        this.problem = problem;
        this.count = count;
        this.noise = noise;
    }

    /** So many samples a row. */
    public static OutcomeSamples of(StochasticProblem problem, int count) {
        return new OutcomeSamples(problem, count, standardNormals(problem.predictedCount(), count));
    }

    /** One sample a row, that of the predicted mean. */
    static OutcomeSamples ofMean(StochasticProblem problem) {
        return new OutcomeSamples(problem, 1, new float[problem.predictedCount()]);
    }

    private static float[] standardNormals(int width, int count) {
        double[] std = new double[width];
        Arrays.fill(std, 1);
        double[][] normals = Scenarios.ofGaussian(new double[width], std, count).parameters();
        float[] floats = new float[count * width];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) normals[i / width][i % width];
        }
        return floats;
    }

    /** How many rows are predicted at once. */
    public int rowsABatch() {
        return Math.max(1, Math.min(MOST_ROWS, SAMPLES_A_BATCH / count));
    }

    /** The number of samples a row. */
    int count() {
        return count;
    }

    /**
     * The samples of each row, whatever numbers they are.
     *
     * @param features unscaled
     * @return by the row's number, shape (S, dy)
     */
    public IntFunction<double[][]> of(GaussianPredictor predictor, Table features) {
        int width = problem.cost().parameterCount();
        float[] samples = new float[features.rows() * count * width];
        int rowsABatch = rowsABatch();
        for (int start = 0; start < features.rows(); start += rowsABatch) {
            Table batch = features.select(start, Math.min(features.rows(), start + rowsABatch));
            try (NDManager scope = predictor.newScope()) {
                NDArray epsilon = scope.create(noise, new Shape(1, count, problem.predictedCount()));
                GaussianDistribution prediction = predictor.predict(predictor.standardise(batch, scope));
                float[] some = ReparameterisedSamples.of(
                                prediction, GaussianPredictor.unscaled(batch, scope), epsilon, problem.simulator())
                        .samples()
                        .toFloatArray();
                System.arraycopy(some, 0, samples, start * count * width, some.length);
            }
        }
        return row -> {
            double[][] own = new double[count][width];
            for (int s = 0; s < count; s++) {
                for (int i = 0; i < width; i++) {
                    own[s][i] = samples[(row * count + s) * width + i];
                }
            }
            return own;
        };
    }

    /**
     * The samples of each row as scenarios, from which a decision can be made.
     *
     * @param features unscaled
     * @param firstRow the number of the first row, for messages
     */
    IntFunction<Scenarios> scenarios(GaussianPredictor predictor, Table features, int firstRow) {
        IntFunction<double[][]> samples = of(predictor, features);
        return row -> {
            try {
                return Scenarios.equallyLikely(samples.apply(row));
            } catch (IllegalArgumentException e) {
                throw new DataException(
                        "The prediction of row " + (firstRow + row) + " (counted from 0) cannot be used: "
                                + e.getMessage()
                                + " Maybe its features are far from those that the model was trained on?",
                        e);
            }
        };
    }
}
