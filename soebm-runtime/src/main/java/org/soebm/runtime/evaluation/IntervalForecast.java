package org.soebm.runtime.evaluation;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.Table;
import org.soebm.runtime.inference.OutcomeSamples;
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
        OutcomeSamples outcomes = problem.simulator() == null ? null : OutcomeSamples.of(problem, SAMPLES);
        int batch = outcomes == null ? ROWS_A_BATCH : outcomes.rowsABatch();
        for (int start = 0; start < features.rows(); start += batch) {
            Table some = features.select(start, Math.min(features.rows(), start + batch));
            if (outcomes == null) {
                gaussian(predictor, some, start, sink);
            } else {
                IntFunction<double[][]> samples = outcomes.of(predictor, some);
                for (int row = 0; row < some.rows(); row++) {
                    sink.accept(start + row, CentralIntervals.ofSamples(levels, samples.apply(row)));
                }
            }
        }
    }

    private void gaussian(GaussianPredictor predictor, Table rows, int start, Sink sink) {
        int width = problem.predictedCount();
        float[] mean;
        float[] std;
        try (NDManager scope = predictor.newScope()) {
            GaussianDistribution prediction = predictor.predict(predictor.standardise(rows, scope));
            mean = prediction.mean().toFloatArray();
            std = prediction.std().toFloatArray();
        }
        for (int row = 0; row < mean.length / width; row++) {
            sink.accept(
                    start + row,
                    CentralIntervals.ofGaussian(
                            levels, values(mean, row * width, width), values(std, row * width, width)));
        }
    }

    private static double[] values(float[] from, int start, int width) {
        double[] doubles = new double[width];
        Arrays.setAll(doubles, i -> from[start + i]);
        return doubles;
    }
}
