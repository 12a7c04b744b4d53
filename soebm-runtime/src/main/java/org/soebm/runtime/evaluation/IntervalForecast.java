package org.soebm.runtime.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.Simulator;
import org.soebm.api.task.Table;
import org.soebm.runtime.energy.ReparameterisedSamples;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * The {@link CentralIntervals} of p(y | x; θ) for a table of features: by formula where the network predicts y itself, else
 * from samples y = g(x, z) of a Latin hypercube of z, the same for every row. Predicts some rows at a time.
 *
 * @param problem whose uncertain parameters are predicted
 * @param levels of the intervals
 */
public record IntervalForecast(StochasticProblem problem, List<Double> levels) {
    private static final int SAMPLES = 200;
    private static final int ROWS_A_BATCH = 4096;
    private static final int VALUES_A_BATCH = 1 << 18; // of z or y, where a simulator runs on each

    /** Takes the intervals of each row in order. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes those of a row.
         *
         * @param row its number
         */
        void accept(int row, CentralIntervals intervals);
    }

    /**
     * Predicts.
     *
     * @param features unscaled, shape (n, dx)
     */
    public void forEachRow(GaussianPredictor predictor, Table features, Sink sink) {
        Simulator simulator = problem.simulator();
        int width = Math.max(problem.predictedCount(), problem.cost().parameterCount());
        int batch = simulator == null ? ROWS_A_BATCH : Math.max(1, VALUES_A_BATCH / (SAMPLES * width));
        for (int start = 0; start < features.rows(); start += batch) {
            Table some = features.select(start, Math.min(features.rows(), start + batch));
            try (NDManager scope = predictor.newScope()) {
                GaussianDistribution prediction = predictor.predict(predictor.standardise(some, scope));
                if (simulator == null) {
                    gaussian(prediction, start, sink);
                } else {
                    sampled(prediction, some, simulator, scope, start, sink);
                }
            }
        }
    }

    private void gaussian(GaussianDistribution prediction, int start, Sink sink) {
        int width = problem.predictedCount();
        float[] mean = prediction.mean().toFloatArray();
        float[] std = prediction.std().toFloatArray();
        for (int row = 0; row < mean.length / width; row++) {
            sink.accept(
                    start + row,
                    CentralIntervals.ofGaussian(
                            levels, values(mean, row * width, width), values(std, row * width, width)));
        }
    }

    private void sampled(
            GaussianDistribution prediction, Table rows, Simulator simulator, NDManager scope, int start, Sink sink) {
        NDArray noise = scope.create(standardNormals(), new Shape(1, SAMPLES, problem.predictedCount()));
        float[] samples = ReparameterisedSamples.of(
                        prediction, GaussianPredictor.unscaled(rows, scope), noise, simulator)
                .samples()
                .toFloatArray();
        int width = problem.cost().parameterCount();
        for (int row = 0; row < rows.rows(); row++) {
            double[][] own = new double[SAMPLES][];
            for (int s = 0; s < SAMPLES; s++) {
                own[s] = values(samples, (row * SAMPLES + s) * width, width);
            }
            sink.accept(start + row, CentralIntervals.ofSamples(levels, own));
        }
    }

    private float[] standardNormals() {
        int width = problem.predictedCount();
        double[] ones = new double[width];
        Arrays.fill(ones, 1);
        double[][] normals =
                Scenarios.ofGaussian(new double[width], ones, SAMPLES).parameters();
        float[] floats = new float[SAMPLES * width];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) normals[i / width][i % width];
        }
        return floats;
    }

    private static double[] values(float[] from, int start, int width) {
        double[] doubles = new double[width];
        Arrays.setAll(doubles, i -> from[start + i]);
        return doubles;
    }
}
