package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.CandidateSettings;
import org.soebm.api.task.Table;
import org.soebm.runtime.contrast.Contrast;
import org.soebm.runtime.contrast.ContrastSettings;
import org.soebm.runtime.contrast.LinearContrast;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.evaluation.Estimate;
import org.soebm.runtime.fixture.EnumeratingSolver;
import org.soebm.runtime.fixture.TableRows;
import org.soebm.runtime.pool.PoolTensor;
import org.soebm.runtime.proposal.Centres;
import org.soebm.runtime.proposal.PerturbedOptimaProposal;

/** Optima under perturbed parameters as candidates, against the prior that they are drawn from, counted by other means. */
class PerturbedCandidatesTest {
    private static final int ROWS = 3;
    private static final int SOLVES = 48;
    private static final int SEEDS = 40;
    private static final double TEMPERATURE = 0.5;

    private static LearningProblem firstRows(LearningProblem all, long seed) {
        int[] rows = IntStream.range(0, ROWS).toArray();
        Table parameters = all.training().parameters().select(rows);
        double[][] hindsight = new double[ROWS][];
        parameters.forEachRow((row, y) -> hindsight[row] = LinearProblem.cheapest(y));
        return new LearningProblem(
                all.problem(),
                all.network(),
                all.hyperParameters(),
                new LearningProblem.Rows(all.training().features().select(rows), parameters),
                TableRows.decisions(hindsight),
                all.validation(),
                all.solver(),
                all.device(),
                seed);
    }

    /** How often each decision is the optimum of y + σ s ε. */
    private static Map<List<Double>, Double> prior(double[] y, double[] spread, double sigma) {
        Random random = new Random(17);
        Map<List<Double>, Double> prior = new HashMap<>();
        int draws = 300_000;
        for (int draw = 0; draw < draws; draw++) {
            double[] perturbed = y.clone();
            for (int i = 0; i < y.length; i++) {
                perturbed[i] += sigma * spread[i] * random.nextGaussian();
            }
            List<Double> optimum =
                    Arrays.stream(LinearProblem.cheapest(perturbed)).boxed().toList();
            prior.merge(optimum, 1.0 / draws, Double::sum);
        }
        return prior;
    }

    /** a* − E_q a, with q ∝ prior · exp(−ĉᵀa/T). */
    private static double[] exact(double[] predicted, double[] hindsight, Map<List<Double>, Double> prior) {
        double[] sum = new double[predicted.length];
        double total = 0;
        for (Map.Entry<List<Double>, Double> entry : prior.entrySet()) {
            double[] decision =
                    entry.getKey().stream().mapToDouble(Double::doubleValue).toArray();
            double weight = entry.getValue() * Math.exp(-Vectors.dot(predicted, decision) / TEMPERATURE);
            total += weight;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * decision[i];
            }
        }
        double[] gradient = new double[sum.length];
        for (int i = 0; i < sum.length; i++) {
            gradient[i] = (hindsight[i] - sum[i] / total) / TEMPERATURE / ROWS;
        }
        return gradient;
    }

    private static float[] floats(Table table) {
        List<Float> values = new ArrayList<>();
        table.forEachRow((row, all) -> Arrays.stream(all).forEach(value -> values.add((float) value)));
        float[] array = new float[values.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = values.get(i);
        }
        return array;
    }

    @Test
    void theirGradientIsThatUnderThePriorThatTheyAreDrawnFrom() {
        CandidateSettings settings = CandidateSettings.DEFAULT.withPerturbation(0.8);
        LearningProblem all =
                LinearProblem.of(new EnumeratingSolver(), LinearProblem.HYPER_PARAMETERS.withCandidates(settings), 1);
        int width = LinearProblem.ITEMS;
        Random random = new Random(5);
        float[] predicted = new float[ROWS * width];
        for (int i = 0; i < predicted.length; i++) {
            predicted[i] = random.nextFloat();
        }
        double[][][] gradients = new double[ROWS][width][SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            LearningProblem problem = firstRows(all, seed);
            try (NDManager manager = NDManager.newBaseManager();
                    Contrast contrast = new LinearContrast(
                            LinearProblem.cost(), new ContrastSettings(TEMPERATURE, true, 0, true, true, 0), manager)) {
                PoolGathering.Placed placed = new PoolGathering(problem).placed(SOLVES, Cancellation.NEVER);
                PerturbedOptimaProposal proposal = new PerturbedOptimaProposal(
                        new PoolTensor(placed.pool(), manager),
                        manager.create(placed.places(), new Shape(ROWS, SOLVES)));
                NDArray hindsight = manager.create(floats(problem.hindsight()), new Shape(ROWS, width));
                NDArray mean = manager.create(predicted, new Shape(ROWS, width)).duplicate();
                mean.setRequiresGradient(true);
                try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    Contrast.Loss loss = contrast.of(
                            new GaussianDistribution(mean, mean.onesLike()),
                            mean.onesLike(),
                            hindsight,
                            proposal.draw(Centres.of(hindsight), SOLVES, manager),
                            manager);
                    collector.backward(loss.gradientCarrier());
                }
                float[] gradient = mean.getGradient().toFloatArray();
                for (int i = 0; i < gradient.length; i++) {
                    gradients[i / width][i % width][seed] = gradient[i];
                }
            }
        }
        LearningProblem problem = firstRows(all, 0);
        Table parameters = problem.training().parameters();
        double[] spread = Standardizer.fit(parameters).stds();
        int different = 0;
        for (int row = 0; row < ROWS; row++) {
            double[] c = Vectors.row(predicted, row, width);
            double[] hindsight = problem.hindsight().row(row);
            Map<List<Double>, Double> prior = prior(parameters.row(row), spread, settings.perturbation());
            double[] exact = exact(c, hindsight, prior);
            double[] unweighted = exact(new double[width], hindsight, prior);
            for (int i = 0; i < width; i++) {
                Estimate estimate = Estimate.of(gradients[row][i]);
                double tolerance = 3 * estimate.standardError() + 2e-3; // the prior was counted, the quotient is biased
                assertThat(estimate.mean()).as("row %d, item %d", row, i).isCloseTo(exact[i], within(tolerance));
                if (Math.abs(unweighted[i] - estimate.mean()) > tolerance) {
                    different++;
                }
            }
        }
        assertThat(different).as("entries that are wrong without weights").isGreaterThan(ROWS * width / 2);
    }
}
