package org.soebm.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.Simulator;
import org.soebm.api.task.Table;
import org.soebm.api.task.Task;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.fixture.NewsvendorTaskProvider;
import org.soebm.runtime.network.Architecture;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.StochasticProblem;

class IntervalForecastTest {
    private static final List<Double> LEVELS = List.of(0.5, 0.95);

    private final Task task = new NewsvendorTaskProvider().create();
    private final StochasticProblem problem = StochasticProblem.of(task, task.hyperParameters());

    private GaussianPredictor predictor;

    /** y = x − exp(z), which falls with z. */
    private static final class Falling implements Simulator {
        @Override
        public int latentCount() {
            return 2;
        }

        @Override
        public int parameterCount() {
            return 2;
        }

        @Override
        public NDArray simulate(NDArray features, NDArray latents) {
            return latents.exp().neg().add(features.expandDims(1));
        }

        @Override
        public String fingerprint() {
            return "falling";
        }
    }

    @BeforeEach
    void drawANetwork() {
        Engine.getInstance().setRandomSeed(1);
        predictor = new GaussianPredictor(
                new Architecture(2, 2, task.network()),
                Standardizer.of(new double[] {0, 0}, new double[] {1, 1}),
                Standardizer.of(new double[] {1, 1}, new double[] {0.3, 0.3}),
                Device.cpu());
    }

    @AfterEach
    void close() {
        predictor.close();
    }

    private static Table features(int rows) {
        Random random = new Random(2);
        Table.Builder table = Table.builder(List.of("x0", "x1"));
        for (int row = 0; row < rows; row++) {
            table.add(new double[] {random.nextGaussian(), random.nextGaussian()});
        }
        return table.build();
    }

    private double[][][] prediction(Table features) {
        try (NDManager scope = predictor.newScope()) {
            GaussianDistribution prediction = predictor.predict(predictor.standardise(features, scope));
            double[][][] values = new double[features.rows()][2][2];
            float[] mean = prediction.mean().toFloatArray();
            float[] std = prediction.std().toFloatArray();
            for (int k = 0; k < mean.length; k++) {
                values[k / 2][k % 2][0] = mean[k];
                values[k / 2][k % 2][1] = std[k];
            }
            return values;
        }
    }

    @Test
    void aPredictedGaussianGivesIntervalsByTheFormulaForEachRowInOrder() {
        Table features = features(5_000); // more than are predicted at a time
        double[][][] predicted = prediction(features);
        List<Integer> rows = new ArrayList<>();
        new IntervalForecast(problem, LEVELS).forEachRow(predictor, features, (row, intervals) -> {
            rows.add(row);
            NormalDistribution normal = new NormalDistribution(predicted[row][1][0], predicted[row][1][1]);
            assertThat(intervals.upper()[1][1]).isCloseTo(normal.inverseCumulativeProbability(0.975), within(1e-4));
            assertThat(intervals.lower()[0][1]).isCloseTo(normal.inverseCumulativeProbability(0.25), within(1e-4));
        });
        assertThat(rows).hasSize(5_000).isSorted().doesNotHaveDuplicates();
    }

    /** Quantiles go through a monotone function: those of y are x − exp of those of z at the other end. */
    @Test
    void aSimulatorGivesIntervalsOfItsSamples() {
        StochasticProblem simulated =
                new StochasticProblem(problem.cost(), problem.constraints(), new Falling(), null, 8);
        Table features = features(1_500); // more than are simulated at a time
        double[][][] predicted = prediction(features);
        int[] rows = {0};
        new IntervalForecast(simulated, LEVELS).forEachRow(predictor, features, (row, intervals) -> {
            assertThat(row).isEqualTo(rows[0]++);
            for (int i = 0; i < 2; i++) {
                NormalDistribution z = new NormalDistribution(predicted[row][i][0], predicted[row][i][1]);
                double x = features.get(row, i);
                double spread = Math.exp(predicted[row][i][0] + 2 * predicted[row][i][1]) * predicted[row][i][1];
                assertThat(intervals.median()[i]).isCloseTo(x - Math.exp(predicted[row][i][0]), within(0.02 * spread));
                assertThat(intervals.lower()[1][i])
                        .isCloseTo(x - Math.exp(z.inverseCumulativeProbability(0.975)), within(0.05 * spread));
                assertThat(intervals.upper()[1][i])
                        .isCloseTo(x - Math.exp(z.inverseCumulativeProbability(0.025)), within(0.05 * spread));
            }
        });
        assertThat(rows[0]).isEqualTo(1_500);
    }
}
