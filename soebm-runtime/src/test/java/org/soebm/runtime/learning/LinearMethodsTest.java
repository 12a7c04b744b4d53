package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.CandidateSettings;
import org.soebm.api.task.CandidateSource;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.LinearSpec;
import org.soebm.api.task.Simulator;
import org.soebm.api.task.SoftConstraints;
import org.soebm.api.task.Table;
import org.soebm.runtime.fixture.EnumeratingSolver;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.pool.SolutionPool;

/** Methods for linear costs, on a choice of two offers out of seven. */
class LinearMethodsTest {
    private static final int ITEMS = LinearProblem.ITEMS;

    private static HyperParameters with(CandidateSettings candidates) {
        return LinearProblem.HYPER_PARAMETERS.withCandidates(candidates);
    }

    private static EpochRecord best(Learned learned) {
        return EpochRecord.best(learned.ownHistory());
    }

    /** What is left is orthogonal to the features, and of the size of the std. */
    @Test
    void twoStageIsLeastSquares() {
        LearningProblem problem = LinearProblem.of(new EnumeratingSolver(), LinearProblem.HYPER_PARAMETERS, 1);
        try (Learned learned = new TwoStage().learn(problem, TrainingListener.NONE);
                NDManager scope = learned.predictor().newScope()) {
            assertThat(learned.history()).hasSize(1);
            Table features = problem.training().features();
            GaussianDistribution prediction =
                    learned.predictor().predict(learned.predictor().standardise(features, scope));
            float[] mean = prediction.mean().toFloatArray();
            float[] std = prediction.std().toFloatArray();
            for (int j = 0; j < ITEMS; j++) {
                double[] sums = new double[4]; // of what is left: itself, times each feature, squared
                for (int row = 0; row < features.rows(); row++) {
                    double left = problem.training().parameters().get(row, j) - mean[row * ITEMS + j];
                    sums[0] += left;
                    sums[1] += left * features.get(row, 0);
                    sums[2] += left * features.get(row, 1);
                    sums[3] += left * left;
                }
                double scale = Math.sqrt(sums[3] * features.rows());
                for (int i = 0; i < 3; i++) {
                    assertThat(sums[i]).isCloseTo(0, within(1e-5 * scale));
                }
                assertThat((double) std[j]).isCloseTo(Math.sqrt(sums[3] / features.rows()), within(1e-5 * scale));
            }
        }
    }

    static Stream<LearningMethod> gainers() {
        return Stream.of(
                new SoEbm(),
                new SoEbmNoMle(),
                new SoEbmNoKl(),
                new SpoPlus(),
                new PerturbedFenchelYoung(),
                new ListwiseRanking(0.3));
    }

    @ParameterizedTest
    @MethodSource("gainers")
    void decideBetterThanLeastSquares(LearningMethod method) {
        EnumeratingSolver solver = new EnumeratingSolver();
        try (Learned learned =
                method.learn(LinearProblem.of(solver, LinearProblem.HYPER_PARAMETERS, 1), TrainingListener.NONE)) {
            double before = learned.ownHistory().get(0).validationTaskLoss();
            assertThat(best(learned).validationTaskLoss()).isLessThan(0.95 * before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POOL", "PERTURBED_OPTIMA", "LOCAL_MOVES"})
    void soEbmDecidesBetterWithAnyFeasibleCandidates(CandidateSource source) {
        CandidateSettings candidates =
                CandidateSettings.DEFAULT.withSource(source).withPerturbedSolves(8);
        EnumeratingSolver solver = new EnumeratingSolver();
        try (Learned learned =
                new SoEbm().learn(LinearProblem.of(solver, with(candidates), 1), TrainingListener.NONE)) {
            double before = learned.ownHistory().get(0).validationTaskLoss();
            assertThat(best(learned).validationTaskLoss()).isLessThan(0.95 * before);
        }
    }

    /** Those whose loss has no least value, or a gradient that is 0 almost everywhere, need not gain; they must move. */
    @ParameterizedTest
    @ValueSource(strings = {"nce", "dbb"})
    void theOthersTrainAndDecideNoWorse(String name) {
        EnumeratingSolver solver = new EnumeratingSolver();
        try (Learned learned = LearningMethods.named(name)
                .learn(LinearProblem.of(solver, LinearProblem.HYPER_PARAMETERS, 1), TrainingListener.NONE)) {
            List<EpochRecord> history = learned.ownHistory();
            assertThat(history.get(history.size() - 1).validationTaskLoss())
                    .isNotEqualTo(history.get(0).validationTaskLoss());
            assertThat(best(learned).validationTaskLoss())
                    .isLessThanOrEqualTo(history.get(0).validationTaskLoss());
        }
    }

    @Test
    void solveRatioSaysHowManyRowsAreSolved() {
        int none = stepSolves(0);
        int some = stepSolves(0.25);
        int all = stepSolves(1);

        assertThat(none).isZero();
        assertThat(all).isEqualTo(20 * 300);
        assertThat(some).isBetween((int) (0.2 * all), (int) (0.3 * all));
    }

    /** Solves of the 20 epochs of 300 rows, those of 5 + 3 validations of 200 rows left out. */
    private static int stepSolves(double ratio) {
        EnumeratingSolver solver = new EnumeratingSolver();
        LearningProblem problem = LinearProblem.of(solver, with(CandidateSettings.DEFAULT.withSolveRatio(ratio)), 1);
        try (Learned learned = new SpoPlus().learn(problem, TrainingListener.NONE)) {
            long validations =
                    learned.history().stream().filter(EpochRecord::isValidated).count();
            return solver.solves.get() - Math.toIntExact(200 * validations);
        }
    }

    @Test
    void aPoolGrowsByTheOptimaOfPredictions() {
        int gathered = 300; // one perturbed problem a row
        EnumeratingSolver solver = new EnumeratingSolver();
        LearningProblem problem = LinearProblem.of(solver, with(CandidateSettings.DEFAULT.withPoolSolveRate(0.5)), 1);
        try (Learned learned = new SoEbm().learn(problem, TrainingListener.NONE)) {
            long validations =
                    learned.history().stream().filter(EpochRecord::isValidated).count();
            assertThat(solver.solves.get() - 200 * validations - gathered).isBetween(2700L, 3300L);
        }
    }

    private static PooledArgmin argmin(SolutionPool pool) {
        LearningProblem problem = LinearProblem.of(new EnumeratingSolver(), LinearProblem.HYPER_PARAMETERS, 1);
        return new PooledArgmin(problem, pool, 1, Cancellation.NEVER);
    }

    private static SolutionPool pool() {
        SolutionPool pool = new SolutionPool(ITEMS, 10);
        for (int i = 0; i < 6; i++) {
            double[] decision = new double[ITEMS];
            decision[i] = 1;
            decision[i + 1] = 1;
            pool.add(decision);
        }
        return pool;
    }

    private static void assertGradientIsThatOfTheValue(LinearCostMethod method) {
        SolutionPool pool = pool();
        LinearCostLoss loss = method.loss(argmin(pool), pool);
        Random random = new Random(3);
        for (int trial = 0; trial < 20; trial++) {
            double[] predicted = random.doubles(ITEMS, 0, 2).toArray();
            double[] real = random.doubles(ITEMS, 0, 2).toArray();
            double[][] c = {real};
            double[][] hindsight = {LinearProblem.cheapest(real)};
            double[] gradient = loss.of(new double[][] {predicted}, c, hindsight, new Random(trial))
                    .gradients()[0];
            for (int i = 0; i < ITEMS; i++) {
                double[] up = predicted.clone();
                double[] down = predicted.clone();
                up[i] += 1e-6;
                down[i] -= 1e-6;
                double slope = (loss.of(new double[][] {up}, c, hindsight, new Random(trial))
                                        .values()[0]
                                - loss.of(new double[][] {down}, c, hindsight, new Random(trial))
                                        .values()[0])
                        / 2e-6;
                assertThat(gradient[i]).isCloseTo(slope, within(1e-5));
            }
        }
    }

    @Test
    void spoPlusHasItsGradientAndBoundsTheRegret() {
        assertGradientIsThatOfTheValue(new SpoPlus());
        LinearCostLoss loss = new SpoPlus().loss(argmin(pool()), pool());
        Random random = new Random(4);
        for (int trial = 0; trial < 50; trial++) {
            double[] predicted = random.doubles(ITEMS, 0, 2).toArray();
            double[] real = random.doubles(ITEMS, 0, 2).toArray();
            double[] best = LinearProblem.cheapest(real);
            double regret = Vectors.dot(real, LinearProblem.cheapest(predicted)) - Vectors.dot(real, best);
            double value = loss.of(new double[][] {predicted}, new double[][] {real}, new double[][] {best}, random)
                    .values()[0];
            assertThat(value).isGreaterThanOrEqualTo(regret - 1e-12);
            assertThat(loss.of(new double[][] {real}, new double[][] {real}, new double[][] {best}, random)
                            .values()[0])
                    .isCloseTo(0, within(1e-12));
        }
    }

    @Test
    void perturbedFenchelYoungHasItsGradient() {
        assertGradientIsThatOfTheValue(new PerturbedFenchelYoung(4, 0.5));
    }

    @Test
    void rankingsAndContrastsHaveTheirGradient() {
        assertGradientIsThatOfTheValue(new ListwiseRanking(0.7));
        assertGradientIsThatOfTheValue(new NoiseContrastive());
    }

    @Test
    void blackBoxInterpolatesTheTaskLoss() {
        LinearCostLoss loss = new BlackBox(3).loss(argmin(pool()), pool());
        double[] predicted = {1, 2, 3, 4, 5, 6, 7};
        double[] real = {9, 1, 1, 1, 1, 1, 1};
        LinearCostLoss.Gradients actual =
                loss.of(new double[][] {predicted}, new double[][] {real}, new double[1][ITEMS], new Random(0));
        double[] moved = new double[ITEMS];
        Arrays.setAll(moved, i -> predicted[i] + 3 * real[i]);
        assertThat(actual.values()[0]).isEqualTo(10);
        double[] there = LinearProblem.cheapest(moved);
        double[] here = LinearProblem.cheapest(predicted);
        for (int i = 0; i < ITEMS; i++) {
            assertThat(actual.gradients()[0][i]).isCloseTo(-(here[i] - there[i]) / 3, within(1e-12));
        }
    }

    /** y = z. */
    private record Identity(int latentCount) implements Simulator {
        @Override
        public int parameterCount() {
            return latentCount;
        }

        @Override
        public NDArray simulate(NDArray features, NDArray latents) {
            return latents;
        }

        @Override
        public String fingerprint() {
            return "";
        }
    }

    private static String refusal(LearningMethod method, StochasticProblem problem, HyperParameters settings) {
        return method.support(problem, settings, 2, new LinearSpec()).reason();
    }

    @Test
    void whatDoesNotFitIsRefusedWithTheReason() {
        HyperParameters usual = LinearProblem.HYPER_PARAMETERS;
        StochasticProblem linear = LinearProblem.PROBLEM;
        StochasticProblem curved = new StochasticProblem(
                PenaltyCost.builder(1, 1)
                        .square(1, AffineResidual.parameter(0).minus(AffineResidual.decision(0)))
                        .build(),
                ConstraintSet.unconstrained(1));
        assertThat(refusal(new SpoPlus(), curved, usual)).contains("linear in the decisions, but the task's is curved");
        assertThat(refusal(new DflQpth(), linear, usual)).contains("a corner that stands still or jumps");
        assertThat(refusal(new SoEbmLangevin(), linear, usual)).contains("no finite integral");
        assertThat(refusal(new SoEbm(), linear, with(CandidateSettings.DEFAULT.withSource(CandidateSource.GAUSSIANS))))
                .contains("no finite integral")
                .contains("pool");
        assertThat(refusal(
                        new SoEbm(),
                        linear,
                        with(CandidateSettings.DEFAULT.withSource(CandidateSource.PROJECTED_GAUSSIANS))))
                .contains("pool");
        assertThat(refusal(
                        new SoEbm(), curved, usual.withSettings(usual.settings().withMargin(1))))
                .contains("settings.margin to 0");
        assertThat(refusal(
                        new SoEbm(),
                        linear,
                        with(CandidateSettings.DEFAULT.withSoftConstraints(SoftConstraints.LOG_BARRIER))))
                .contains("equality");
        assertThat(refusal(
                        new SoEbm(),
                        linear,
                        usual.withSettings(usual.settings().withPrior(DecisionPrior.OPTIMA))
                                .withCandidates(CandidateSettings.DEFAULT.withSource(CandidateSource.POOL))))
                .contains("prior optima");
        StochasticProblem simulated =
                new StochasticProblem(linear.cost(), linear.constraints(), new Identity(ITEMS), null, 10);
        assertThat(refusal(new SoEbm(), simulated, with(CandidateSettings.DEFAULT.withPoolSolveRate(0.1))))
                .contains("candidates.poolSolveRate to 0");
        assertThat(refusal(new SpoPlus(), simulated, usual)).contains("simulator");
        assertThat(new SoEbm().support(linear, usual, 2, new LinearSpec()).supported())
                .isTrue();
    }
}
