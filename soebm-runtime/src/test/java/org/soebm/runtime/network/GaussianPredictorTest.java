package org.soebm.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.runtime.data.Standardizer;

class GaussianPredictorTest {
    private static GaussianPredictor predictor(int hidden) {
        return predictor(hidden, 0.5);
    }

    private static GaussianPredictor predictor(int hidden, double dropout) {
        return new GaussianPredictor(
                new Architecture(3, 2, new MultilayerPerceptronSpec(List.of(hidden, hidden), true, dropout)),
                Standardizer.of(new double[3], new double[] {1, 1, 1}),
                Standardizer.of(new double[] {10, -4}, new double[] {2, 0.01}),
                Device.cpu());
    }

    private static float[] means(GaussianPredictor predictor) {
        try (NDManager scope = predictor.newScope()) {
            NDArray features = scope.create(new float[] {1, 2, 3, -1, 0, 4}, new Shape(2, 3));
            return predictor.predict(features).mean().toFloatArray();
        }
    }

    @Test
    void anUntrainedNetworkPredictsTheLabelsOwnMeanAndAPositiveStd() {
        try (GaussianPredictor predictor = predictor(8);
                NDManager scope = predictor.newScope()) {
            NDArray features = scope.randomNormal(new Shape(50, 3));
            GaussianDistribution prediction = predictor.predict(features);

            assertThat(prediction.mean().getShape()).isEqualTo(new Shape(50, 2));
            float[] mean = prediction.mean().toFloatArray();
            float[] std = prediction.std().toFloatArray();
            for (int row = 0; row < 50; row++) {
                assertThat((double) mean[2 * row]).isCloseTo(10, within(0.2));
                assertThat((double) mean[2 * row + 1]).isCloseTo(-4, within(0.001));
                assertThat((double) std[2 * row]).isCloseTo(2 * Math.log(2), within(0.2)); // softplus(0)
                assertThat((double) std[2 * row + 1]).isCloseTo(0.01 * Math.log(2), within(0.001));
            }
        }
    }

    @Test
    void sameSeedGivesSameWeightsAndAnotherSeedOthers() {
        float[][] means = new float[3][];
        for (int i = 0; i < 3; i++) {
            Engine.getInstance().setRandomSeed(i == 2 ? 8 : 7);
            try (GaussianPredictor predictor = predictor(8)) {
                means[i] = means(predictor);
            }
        }
        assertThat(means[1]).isEqualTo(means[0]);
        assertThat(means[2]).isNotEqualTo(means[0]);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theArchitectureKnowsTheShapesOfTheWeights(boolean batchNorm) {
        Architecture architecture = new Architecture(3, 2, new MultilayerPerceptronSpec(List.of(8, 5), batchNorm, 0.5));
        try (GaussianPredictor predictor = new GaussianPredictor(
                architecture,
                Standardizer.of(new double[3], new double[] {1, 1, 1}),
                Standardizer.of(new double[2], new double[] {1, 1}),
                Device.cpu())) {
            long[][] shapes = predictor.parameters().stream()
                    .map(parameter -> parameter.getArray().getShape().getShape())
                    .toArray(long[][]::new);
            assertThat(architecture.weightShapes().toArray(long[][]::new)).isDeepEqualTo(shapes);
        }
    }

    @Test
    void aSnapshotBringsThePredictionsBack() {
        try (GaussianPredictor one = predictor(8);
                GaussianPredictor other = predictor(8)) {
            assertThat(means(other)).isNotEqualTo(means(one));

            other.load(one.weights());

            assertThat(means(other)).isEqualTo(means(one));
        }
    }

    @Test
    void aSnapshotOfAnotherWidthIsRefused() {
        try (GaussianPredictor narrow = predictor(8);
                GaussianPredictor wide = predictor(9)) {
            Weights weights = narrow.weights();

            assertThatThrownBy(() -> wide.load(weights))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has 24 weights")
                    .hasMessageContaining("(9, 3)");
            List<float[]> fewer = new ArrayList<>(weights.arrays());
            fewer.remove(0);
            assertThatThrownBy(() -> narrow.load(new Weights(fewer))).hasMessageContaining("arrays of weights");
        }
    }

    @Test
    void regularisedStepsUseDropoutAndUpdateTheStatistics() {
        try (GaussianPredictor predictor = predictor(64, 0.5);
                NDManager scope = predictor.newScope()) {
            NDArray features = scope.randomNormal(new Shape(32, 3));
            Weights before = predictor.weights();

            float[] first =
                    predictor.forward(features, ForwardMode.REGULARISED).mean().toFloatArray();

            assertThat(predictor
                            .forward(features, ForwardMode.REGULARISED)
                            .mean()
                            .toFloatArray())
                    .isNotEqualTo(first);
            assertThat(predictor.weights()).usingRecursiveComparison().isNotEqualTo(before);
        }
    }

    @Test
    void frozenStatisticsStayAsTheyAreAndWithoutDropoutPredictAsInInference() {
        try (GaussianPredictor predictor = predictor(64, 0);
                NDManager scope = predictor.newScope()) {
            NDArray features = scope.randomNormal(new Shape(32, 3));
            Weights before = predictor.weights();
            float[] predicted = predictor.predict(features).mean().toFloatArray();

            assertThat(predictor
                            .forward(features, ForwardMode.FROZEN_STATISTICS)
                            .mean()
                            .toFloatArray())
                    .isEqualTo(predicted);
            assertThat(predictor.weights()).usingRecursiveComparison().isEqualTo(before);
        }
    }

    @Test
    void theAverageFollowsTheFormula() {
        try (GaussianPredictor predictor = predictor(4);
                WeightAverage average = new WeightAverage(predictor, 0.9)) {
            double expected = predictor.weights().arrays().get(0)[0];
            for (int step = 1; step <= 120; step++) {
                Weights moved = predictor.weights();
                moved.arrays().get(0)[0] += 1;
                predictor.load(moved);
                average.update();
                double decay = Math.min(0.9, step / (step + 9.0));
                expected = decay * expected + (1 - decay) * moved.arrays().get(0)[0];
            }
            assertThat((double) average.predictor().weights().arrays().get(0)[0])
                    .isCloseTo(expected, within(1e-3));
        }
    }
}
