package org.soebm.examples.networksecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.GraphConvolutionSpec.Edge;
import org.soebm.api.task.TaskData;

class WalkLikelihoodTest {
    private static final int ROWS = 3;
    private static final int SAMPLES = 2;

    private final NDManager manager = NDManager.newBaseManager();
    private final SecurityGame game = RandomGeometricGame.generate(12, 1, 2);
    private final TaskData data = AttackRecords.generate(game, 8, true, 0, 3);
    private final WalkLikelihood likelihood = new WalkLikelihood(game);
    private final Random random = new Random(2);

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void isTheSumOfTheLogProbabilitiesOfAllMoves() {
        double[] latents = latents(-4, 1);
        double[] actual = likelihood
                .logLikelihood(tensor(latents, ROWS, SAMPLES, game.nodes()), observations())
                .toDoubleArray();

        for (int b = 0; b < ROWS; b++) {
            for (int s = 0; s < SAMPLES; s++) {
                int start = (b * SAMPLES + s) * game.nodes();
                double[] attraction = Arrays.copyOfRange(latents, start, start + game.nodes());
                double expected = plain(attraction, data.observed().row(b));
                assertThat(actual[b * SAMPLES + s]).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
            }
        }
    }

    @Test
    void observationsAreCoverageAndTwoCountsAnEdge() {
        assertThat(likelihood.observationCount())
                .isEqualTo(3 * game.edges().size())
                .isEqualTo(data.observed().width());
    }

    @Test
    void gradientMatchesCentralDifferences() {
        double[] latents = latents(-4, 1);
        double[] gradient = gradient(latents, DataType.FLOAT64);
        for (int k = 0; k < latents.length; k++) {
            double[] up = latents.clone();
            double[] down = latents.clone();
            up[k] += 1e-5;
            down[k] -= 1e-5;
            assertThat(gradient[k]).isCloseTo((sum(up) - sum(down)) / 2e-5, within(1e-5));
        }
    }

    @Test
    void staysFiniteFarFromTheTruth() {
        double[] latents = latents(-500, 500);
        float[] values = likelihood
                .logLikelihood(
                        tensor(latents, ROWS, SAMPLES, game.nodes()).toType(DataType.FLOAT32, true),
                        observations().toType(DataType.FLOAT32, true))
                .toFloatArray();

        for (float value : values) {
            assertThat(value).isFinite().isNegative();
        }
        for (double value : gradient(latents, DataType.FLOAT32)) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void theTruthIsMoreLikelyThanAnythingFarFromIt() {
        for (int row = 0; row < data.rows(); row++) {
            double[] truth = data.parameters().row(row);
            double[] reversed = Arrays.stream(truth).map(value -> -3 - value).toArray();
            assertThat(plain(truth, data.observed().row(row)))
                    .isGreaterThan(plain(reversed, data.observed().row(row)));
        }
    }

    @Test
    void nothingStaysBehind() {
        NDArray observations = observations();
        NDArray latents = tensor(latents(-4, 1), ROWS, SAMPLES, game.nodes());
        likelihood.logLikelihood(latents, observations).close();
        int before = manager.getManagedArrays().size();
        NDArray result = likelihood.logLikelihood(latents, observations);

        assertThat(result.getManager()).isSameAs(manager);
        assertThat(manager.getManagedArrays()).hasSize(before + 1);
    }

    private double[] gradient(double[] latents, DataType type) {
        NDArray tracked =
                tensor(latents, ROWS, SAMPLES, game.nodes()).toType(type, true).duplicate();
        tracked.setRequiresGradient(true);
        NDArray observations = observations().toType(type, true);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(likelihood.logLikelihood(tracked, observations).sum());
        }
        return tracked.getGradient().toType(DataType.FLOAT64, true).toDoubleArray();
    }

    private double sum(double[] latents) {
        double sum = 0;
        for (int b = 0; b < ROWS; b++) {
            for (int s = 0; s < SAMPLES; s++) {
                int start = (b * SAMPLES + s) * game.nodes();
                sum += plain(
                        Arrays.copyOfRange(latents, start, start + game.nodes()),
                        data.observed().row(b));
            }
        }
        return sum;
    }

    /** Σ counts · log p from the definition, edge by edge. */
    private double plain(double[] attraction, double[] observation) {
        int edges = game.edges().size();
        double sum = 0;
        for (int e = 0; e < edges; e++) {
            Edge edge = game.edges().get(e);
            sum += observation[edges + e] * logChoice(edge.from(), edge.to(), attraction, observation);
            sum += observation[2 * edges + e] * logChoice(edge.to(), edge.from(), attraction, observation);
        }
        return sum;
    }

    private double logChoice(int from, int to, double[] attraction, double[] coverage) {
        double total = 0;
        double chosen = 0;
        for (int e = 0; e < game.edges().size(); e++) {
            Edge edge = game.edges().get(e);
            if (edge.from() == from || edge.to() == from) {
                int other = edge.from() == from ? edge.to() : edge.from();
                double weight = Math.exp(attraction[other] - 4 * coverage[e]);
                total += weight;
                chosen += other == to ? weight : 0;
            }
        }
        return Math.log(chosen / total);
    }

    private double[] latents(double low, double high) {
        return random.doubles((long) ROWS * SAMPLES * game.nodes(), low, high).toArray();
    }

    private NDArray observations() {
        double[] values = new double[ROWS * data.observed().width()];
        for (int row = 0; row < ROWS; row++) {
            System.arraycopy(
                    data.observed().row(row),
                    0,
                    values,
                    row * data.observed().width(),
                    data.observed().width());
        }
        return tensor(values, ROWS, data.observed().width());
    }

    private NDArray tensor(double[] values, long... shape) {
        return manager.create(values, new Shape(shape)).duplicate();
    }
}
