package org.soebm.runtime.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.task.GraphConvolutionSpec;
import org.soebm.api.task.GruSpec;
import org.soebm.api.task.LinearSpec;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.Standardizer;

/** Recurrent and graph networks against the same formulas in plain doubles. */
class NetworksTest {
    private static final GraphConvolutionSpec PATH_OF_THREE = new GraphConvolutionSpec(
            3, List.of(new GraphConvolutionSpec.Edge(0, 1), new GraphConvolutionSpec.Edge(1, 2)), List.of(4, 2), 0);

    private static Standardizer identity(int width) {
        double[] stds = new double[width];
        Arrays.fill(stds, 1);
        return Standardizer.of(new double[width], stds);
    }

    private static GaussianPredictor predictor(Architecture architecture) {
        return new GaussianPredictor(
                architecture, identity(architecture.inputs()), identity(architecture.predicted()), Device.cpu());
    }

    private static Table table(double[] row) {
        return Table.of(IntStream.range(0, row.length).mapToObj(i -> "x" + i).toList(), new double[][] {row});
    }

    private static float[] mean(GaussianPredictor predictor, double[] row) {
        try (NDManager scope = predictor.newScope()) {
            GaussianDistribution prediction = predictor.predict(predictor.standardise(table(row), scope));
            return prediction.mean().toFloatArray();
        }
    }

    static Stream<Architecture> architectures() {
        return Stream.of(
                new Architecture(12, 5, new GruSpec(4, 2, 6, 0)),
                new Architecture(12, 1, new GruSpec(3, 1, 2, 0.5)),
                new Architecture(6, 3, PATH_OF_THREE),
                new Architecture(3, 3, new GraphConvolutionSpec(3, List.of(), List.of(), 0.5)),
                new Architecture(4, 3, new LinearSpec()),
                new Architecture(4, 2, new MultilayerPerceptronSpec(List.of(3), true, 0.5)));
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void weightShapesAreThoseOfTheNetwork(Architecture architecture) {
        try (GaussianPredictor predictor = predictor(architecture)) {
            assertThat(predictor.parameters())
                    .extracting(Parameter::getShape)
                    .extracting(shape ->
                            List.of(Arrays.stream(shape.getShape()).boxed().toArray()))
                    .isEqualTo(architecture.weightShapes().stream()
                            .map(shape -> List.of(Arrays.stream(shape).boxed().toArray()))
                            .toList());
            assertThat(mean(predictor, new double[architecture.inputs()])).hasSize(architecture.predicted());
        }
    }

    @Test
    void aLinearNetworkIsAnAffineMeanAndOneStd() {
        try (GaussianPredictor predictor = predictor(new Architecture(2, 2, new LinearSpec()));
                NDManager scope = predictor.newScope()) {
            predictor.load(new Weights(List.of(new float[] {1, 2, 3, 4}, new float[] {5, 6}, new float[] {0, 1})));
            for (double[] row : new double[][] {{0, 0}, {1, -1}}) {
                GaussianDistribution prediction = predictor.predict(predictor.standardise(table(row), scope));
                assertThat(prediction.mean().toFloatArray())
                        .containsExactly((float) (5 + row[0] + 2 * row[1]), (float) (6 + 3 * row[0] + 4 * row[1]));
                float[] std = prediction.std().toFloatArray();
                assertThat((double) std[0]).isCloseTo(Math.log(2) + GaussianPredictor.STD_FLOOR, within(1e-6));
                assertThat((double) std[1]).isCloseTo(Math.log1p(Math.E) + GaussianPredictor.STD_FLOOR, within(1e-6));
            }
        }
    }

    @Test
    void aGraphConvolutionIsItsFormula() {
        Random random = new Random(2);
        double[] x = random.doubles(6, -1, 1).toArray();
        double[][] a = { // Â of the path 0 - 1 - 2: degrees with loops 2, 3, 2
            {1 / 2.0, 1 / Math.sqrt(6), 0},
            {1 / Math.sqrt(6), 1 / 3.0, 1 / Math.sqrt(6)},
            {0, 1 / Math.sqrt(6), 1 / 2.0}
        };
        try (GaussianPredictor predictor = predictor(new Architecture(6, 3, PATH_OF_THREE))) {
            List<float[]> w = predictor.weights().arrays();
            double[][] h = {{x[0], x[1]}, {x[2], x[3]}, {x[4], x[5]}};
            h = relu(linear(beside(h, product(a, h)), w.get(0), w.get(1)));
            h = relu(linear(beside(h, product(a, h)), w.get(2), w.get(3)));
            h = linear(h, w.get(4), w.get(5)); // a node's mean, then what becomes its std
            float[] actual = mean(predictor, x);
            for (int node = 0; node < 3; node++) {
                assertThat((double) actual[node]).isCloseTo(h[node][0], within(1e-6));
            }
        }
    }

    private static double[][] beside(double[][] a, double[][] b) {
        double[][] c = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            c[i] = Arrays.copyOf(a[i], a[i].length + b[i].length);
            System.arraycopy(b[i], 0, c[i], a[i].length, b[i].length);
        }
        return c;
    }

    private static double[][] product(double[][] a, double[][] b) {
        double[][] c = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    c[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return c;
    }

    private static double[][] linear(double[][] h, float[] weight, float[] bias) {
        double[][] out = new double[h.length][bias.length];
        int width = h[0].length;
        for (int i = 0; i < h.length; i++) {
            for (int o = 0; o < bias.length; o++) {
                out[i][o] = bias[o];
                for (int k = 0; k < width; k++) {
                    out[i][o] += weight[o * width + k] * h[i][k];
                }
            }
        }
        return out;
    }

    private static double[][] relu(double[][] h) {
        for (double[] row : h) {
            Arrays.setAll(row, i -> Math.max(0, row[i]));
        }
        return h;
    }

    @Test
    void gatedRecurrentUnitsAreTheirFormula() {
        int steps = 4;
        int width = 3;
        int state = 5;
        double[] x = new Random(3).doubles(steps * width, -1, 1).toArray();
        try (GaussianPredictor predictor =
                predictor(new Architecture(steps * width, 2, new GruSpec(steps, 2, state, 0)))) {
            List<float[]> w = predictor.weights().arrays();
            double[][] sequence = new double[steps][];
            for (int t = 0; t < steps; t++) {
                sequence[t] = Arrays.copyOfRange(x, t * width, (t + 1) * width);
            }
            for (int layer = 0; layer < 2; layer++) {
                double[] h = new double[state];
                for (int t = 0; t < steps; t++) {
                    h = step(sequence[t], h, w.subList(4 * layer, 4 * layer + 4));
                    sequence[t] = h;
                }
            }
            double[] output = linear(new double[][] {sequence[steps - 1]}, w.get(8), w.get(9))[0];
            float[] actual = mean(predictor, x);
            assertThat((double) actual[0]).isCloseTo(output[0], within(1e-6));
            assertThat((double) actual[1]).isCloseTo(output[1], within(1e-6));
        }
    }

    /** h' = (1 − z)·n + z·h, with reset gate r, update gate z and candidate n (Cho et al. 2014, as PyTorch has it). */
    private static double[] step(double[] x, double[] h, List<float[]> w) {
        double[] in = linear(new double[][] {x}, w.get(0), w.get(2))[0];
        double[] back = linear(new double[][] {h}, w.get(1), w.get(3))[0];
        int n = h.length;
        double[] next = new double[n];
        for (int i = 0; i < n; i++) {
            double r = sigmoid(in[i] + back[i]);
            double z = sigmoid(in[n + i] + back[n + i]);
            double candidate = Math.tanh(in[2 * n + i] + r * back[2 * n + i]);
            next[i] = (1 - z) * candidate + z * h[i];
        }
        return next;
    }

    private static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }

    @Test
    void aNetworkThatDoesNotFitTheDataIsNamed() {
        assertThatThrownBy(() -> new Architecture(13, 5, new GruSpec(4, 2, 6, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("13 features", "4 steps");
        assertThatThrownBy(() -> new Architecture(7, 3, PATH_OF_THREE))
                .hasMessageContainingAll("7 features", "3 nodes");
        assertThatThrownBy(() -> new Architecture(6, 2, PATH_OF_THREE)).hasMessageContainingAll("2 to predict");
    }
}
