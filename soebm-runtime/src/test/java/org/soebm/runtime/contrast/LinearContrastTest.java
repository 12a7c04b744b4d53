package org.soebm.runtime.contrast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.pool.PoolTensor;
import org.soebm.runtime.pool.SolutionPool;
import org.soebm.runtime.proposal.Centres;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.Proposal;
import org.soebm.runtime.proposal.SolutionPoolProposal;

/** The contrast of linear costs against sums over all of a small feasible set. */
class LinearContrastTest {
    private static final int ROWS = 3;
    private static final double TEMPERATURE = 0.7;

    /** Predictions, parameters and optimal decisions. */
    private record Rows(double[][] predicted, double[][] real, double[][] hindsight) {
        static Rows of(EnumeratedSet set, Random random) {
            double[][] predicted = new double[ROWS][];
            double[][] real = new double[ROWS][];
            double[][] hindsight = new double[ROWS][];
            for (int row = 0; row < ROWS; row++) {
                predicted[row] =
                        random.doubles(set.cost.parameterCount(), -0.5, 1.5).toArray();
                real[row] = random.doubles(set.cost.parameterCount(), -0.5, 1.5).toArray();
                hindsight[row] = set.cheapest(set.cost.linearCoefficients(real[row]));
            }
            return new Rows(predicted, real, hindsight);
        }
    }

    /** Loss of each row, and the gradient of their mean in the predicted means. */
    private record Outcome(double[] values, double[][] gradient, double sampleSize) {}

    private static ContrastSettings settings(boolean likelihood, double lambda, double margin) {
        return new ContrastSettings(TEMPERATURE, likelihood, lambda, true, true, margin);
    }

    private static NDArray tensor(double[][] rows, NDManager scope) {
        float[] values = new float[rows.length * rows[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
        }
        return scope.create(values, new Shape(rows.length, rows[0].length)).duplicate();
    }

    private static double[][] rows(NDArray matrix) {
        float[] values = matrix.toFloatArray();
        int width = (int) matrix.getShape().get(1);
        double[][] rows = new double[values.length / width][width];
        for (int i = 0; i < values.length; i++) {
            rows[i / width][i % width] = values[i];
        }
        return rows;
    }

    private static SolutionPool pool(EnumeratedSet set) {
        SolutionPool pool = new SolutionPool(set.cost.decisionCount(), set.decisions.size());
        set.decisions.forEach(pool::add);
        assertThat(pool.size()).isEqualTo(set.decisions.size());
        return pool;
    }

    private static Outcome computed(
            EnumeratedSet set,
            Rows rows,
            BiFunction<NDManager, EnumeratedSet, Contrast> contrastOf,
            BiFunction<NDManager, EnumeratedSet, Proposal> proposalOf,
            int samples) {
        try (NDManager manager = NDManager.newBaseManager();
                Contrast contrast = contrastOf.apply(manager, set)) {
            NDArray hindsight = tensor(rows.hindsight, manager);
            Draws draws = proposalOf.apply(manager, set).draw(Centres.of(hindsight), samples, manager);
            NDArray mean = tensor(rows.predicted, manager);
            NDArray std = mean.onesLike();
            mean.setRequiresGradient(true);
            std.setRequiresGradient(true);
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                Contrast.Loss loss = contrast.of(
                        new GaussianDistribution(mean, std), tensor(rows.real, manager), hindsight, draws, manager);
                collector.backward(loss.gradientCarrier());
                float[] values = loss.values().toFloatArray();
                double[] doubles = new double[values.length];
                Arrays.setAll(doubles, i -> values[i]);
                return new Outcome(
                        doubles,
                        rows(mean.getGradient()),
                        loss.effectiveSampleSize().getFloat());
            }
        }
    }

    private static Proposal whole(NDManager manager, EnumeratedSet set) {
        return new SolutionPoolProposal(new PoolTensor(pool(set), manager));
    }

    /** By the formulas, in doubles, over the whole set. */
    private static Outcome exact(EnumeratedSet set, Rows rows, ContrastSettings settings) {
        double[] values = new double[ROWS];
        double[][] gradient = new double[ROWS][];
        double sampleSize = 0;
        for (int row = 0; row < ROWS; row++) {
            double[] predicted = set.cost.linearCoefficients(rows.predicted[row]);
            double[] real = set.cost.linearCoefficients(rows.real[row]);
            double[] byCoefficient = new double[predicted.length];
            double[] q = set.softmin(predicted, TEMPERATURE, set.uniform());
            double[] negatives = q;
            if (settings.hasMaximumLikelihood()) {
                double[] ahead = new double[predicted.length];
                Arrays.setAll(ahead, i -> (1 + settings.margin()) * predicted[i] - settings.margin() * real[i]);
                negatives = set.softmin(ahead, TEMPERATURE, set.uniform());
                double[] mean = set.mean(negatives);
                for (int i = 0; i < mean.length; i++) {
                    byCoefficient[i] += (1 + settings.margin()) * (rows.hindsight[row][i] - mean[i]) / TEMPERATURE;
                }
                values[row] -= Math.log(negatives[set.decisions.indexOf(rows.hindsight[row])]);
            }
            double[] p = set.softmin(real, TEMPERATURE, set.uniform());
            for (int s = 0; s < p.length; s++) {
                values[row] += settings.lambda() * p[s] * Math.log(p[s] / q[s]);
            }
            double[] meanQ = set.mean(q);
            double[] meanP = set.mean(p);
            for (int i = 0; i < meanQ.length; i++) {
                byCoefficient[i] += settings.lambda() * (meanP[i] - meanQ[i]) / TEMPERATURE;
            }
            gradient[row] = new double[set.cost.parameterCount()];
            for (int i = 0; i < gradient[row].length; i++) {
                gradient[row][i] = set.cost.bilinear().get(i).dot(byCoefficient) / ROWS;
            }
            sampleSize += 1 / Arrays.stream(negatives).map(w -> w * w).sum() / ROWS;
        }
        return new Outcome(values, gradient, sampleSize);
    }

    private static void assertClose(Outcome actual, Outcome expected, double tolerance) {
        for (int row = 0; row < ROWS; row++) {
            assertThat(actual.values[row]).isCloseTo(expected.values[row], within(tolerance * 10));
            for (int i = 0; i < expected.gradient[row].length; i++) {
                assertThat(actual.gradient[row][i])
                        .as("row %d, parameter %d", row, i)
                        .isCloseTo(expected.gradient[row][i], within(tolerance));
            }
        }
        assertThat(actual.sampleSize).isCloseTo(expected.sampleSize, within(1e-3 * expected.sampleSize));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 12})
    void ofThePoolOfAllDecisionsIsExact(int items) {
        Random random = new Random(items);
        for (ContrastSettings settings : new ContrastSettings[] {
            settings(true, 0, 0),
            settings(true, 3, 0),
            settings(false, 2, 0),
            settings(true, 0, 1),
            settings(true, 2, 0.5)
        }) {
            EnumeratedSet set = new EnumeratedSet(items, random);
            Rows rows = Rows.of(set, random);
            Outcome actual = computed(
                    set,
                    rows,
                    (manager, s) -> new LinearContrast(s.cost, settings, manager),
                    LinearContrastTest::whole,
                    4096);
            assertClose(actual, exact(set, rows, settings), 2e-5);
        }
    }

    /** The other ways to compute a contrast, for the same candidates. */
    @ParameterizedTest
    @ValueSource(strings = {"FUSED", "TENSORS", "AUTOGRAD"})
    void isTheContrastOfAnyCostWithJointWeights(ContrastPath path) {
        Random random = new Random(7);
        EnumeratedSet set = new EnumeratedSet(6, random);
        Rows rows = Rows.of(set, random);
        ContrastSettings settings = settings(true, 1.5, 0);
        Outcome actual = computed(
                set,
                rows,
                (manager, s) -> path.contrast(s.cost, true, settings, manager),
                LinearContrastTest::whole,
                4096);
        assertClose(actual, exact(set, rows, settings), 1e-4);
    }

    /** SPO+ is 2 (a* − a*(2ĉ − c)) in ĉ. */
    @Test
    void aMarginOfOneIsTheSpoPlusLossAtLowTemperature() {
        Random random = new Random(8);
        EnumeratedSet set = new EnumeratedSet(8, random);
        Rows rows = Rows.of(set, random);
        double cold = 1e-3;
        Outcome actual = computed(
                set,
                rows,
                (manager, s) -> new LinearContrast(s.cost, new ContrastSettings(cold, true, 0, true, true, 1), manager),
                LinearContrastTest::whole,
                4096);
        for (int row = 0; row < ROWS; row++) {
            double[] beyond = new double[set.cost.parameterCount()];
            for (int i = 0; i < beyond.length; i++) {
                beyond[i] = 2 * rows.predicted[row][i] - rows.real[row][i];
            }
            double[] worst = set.cheapest(set.cost.linearCoefficients(beyond));
            for (int i = 0; i < beyond.length; i++) {
                double[] towards = new double[worst.length];
                for (int j = 0; j < worst.length; j++) {
                    towards[j] = 2 * (rows.hindsight[row][j] - worst[j]);
                }
                assertThat(cold * actual.gradient[row][i])
                        .isCloseTo(set.cost.bilinear().get(i).dot(towards) / ROWS, within(1e-3));
            }
        }
    }

    @Test
    void ofPartOfThePoolAgreesOnAverageAndDoesNotWithoutWeights() {
        Random random = new Random(9);
        EnumeratedSet set = new EnumeratedSet(12, random);
        assertThat(set.decisions.size()).isBetween(1000, 4096);
        Rows rows = Rows.of(set, random);
        ContrastSettings settings = settings(true, 1, 0);
        Outcome exact = exact(set, rows, settings);
        Estimate[][] sound = averaged(set, rows, settings, LinearContrastTest::whole);
        Estimate[][] spoilt =
                averaged(set, rows, new ContrastSettings(1e6, true, 1, true, true, 0), LinearContrastTest::whole);
        double spoiltScale = 1e6 / TEMPERATURE; // the same but for the weights, which are then all alike
        int wrong = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < exact.gradient[row].length; i++) {
                Estimate estimate = sound[row][i];
                assertThat(estimate.mean())
                        .as("row %d, parameter %d", row, i)
                        .isCloseTo(exact.gradient[row][i], within(3 * estimate.standardError()));
                assertThat(estimate.standardError()).isLessThan(0.01);
                Estimate without = spoilt[row][i];
                if (Math.abs(without.mean() * spoiltScale - exact.gradient[row][i])
                        > 3 * without.standardError() * spoiltScale) {
                    wrong++;
                }
            }
        }
        assertThat(wrong).as("entries that are wrong without weights").isGreaterThan(ROWS * 12 / 2);
    }

    private static Estimate[][] averaged(
            EnumeratedSet set,
            Rows rows,
            ContrastSettings settings,
            BiFunction<NDManager, EnumeratedSet, Proposal> proposal) {
        int draws = 100;
        double[][][] gradients = new double[ROWS][set.cost.parameterCount()][draws];
        for (int draw = 0; draw < draws; draw++) {
            Engine.getInstance().setRandomSeed(draw);
            Outcome outcome =
                    computed(set, rows, (manager, s) -> new LinearContrast(s.cost, settings, manager), proposal, 700);
            for (int row = 0; row < ROWS; row++) {
                for (int i = 0; i < outcome.gradient[row].length; i++) {
                    gradients[row][i][draw] = outcome.gradient[row][i];
                }
            }
        }
        return Arrays.stream(gradients)
                .map(row -> Arrays.stream(row).map(Estimate::of).toArray(Estimate[]::new))
                .toArray(Estimate[][]::new);
    }
}
