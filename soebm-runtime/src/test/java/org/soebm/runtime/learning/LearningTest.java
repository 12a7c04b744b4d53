package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.GraphConvolutionSpec;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Table;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.fixture.TableRows;
import org.soebm.runtime.inference.DecisionMaker;
import org.soebm.runtime.network.GaussianPredictor;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.StochasticProblem;

/** A newsvendor whose demand is y = 3 + 2x + 0.5ε, with every method on small networks. */
class LearningTest {
    private static final PenaltyCost COST = PenaltyCost.builder(1, 1)
            .hinge(9, parameter(0).minus(decision(0)))
            .hinge(1, decision(0).minus(parameter(0)))
            .build();
    private static final EnergySettings SETTINGS = new EnergySettings(64, 2, 1000, List.of(2.0, 1.0, 0.3));

    private static final HyperParameters HYPER_PARAMETERS =
            new HyperParameters(schedule(1, 0.1), schedule(1, 0.1), SETTINGS);

    private static LearningProblem problem(
            ArgminSolver solver, TrainingSchedule likelihood, TrainingSchedule energy, long seed) {
        double[][] x = new double[400][1];
        double[][] y = new double[400][1];
        Random random = new Random(5);
        for (int row = 0; row < 400; row++) {
            x[row][0] = random.nextGaussian();
            y[row][0] = 3 + 2 * x[row][0] + 0.5 * random.nextGaussian();
        }
        Table features = Table.of(List.of("x"), x);
        Table parameters = Table.of(List.of("y"), y);
        int[] train = java.util.stream.IntStream.range(0, 300).toArray();
        int[] validate = java.util.stream.IntStream.range(300, 400).toArray();
        double[][] hindsight = new double[300][];
        for (int row = 0; row < 300; row++) {
            hindsight[row] = y[row].clone(); // the best order is the demand itself
        }
        return new LearningProblem(
                new StochasticProblem(COST, ConstraintSet.unconstrained(1)),
                new MultilayerPerceptronSpec(List.of(16), true, 0),
                new HyperParameters(likelihood, energy, SETTINGS),
                new LearningProblem.Rows(features.select(train), parameters.select(train)),
                TableRows.decisions(hindsight),
                new LearningProblem.Rows(features.select(validate), parameters.select(validate)),
                solver,
                Device.cpu(),
                seed);
    }

    private static ArgminSolver solver() {
        return new CoordinateSolverProvider().create(SolverOptions.DEFAULT.withThreads(2));
    }

    private static TrainingSchedule schedule(int epochs, double rate) {
        return new TrainingSchedule(epochs, 50, rate, 0.01, 0.9, 5, 100);
    }

    @Test
    void twoStageRecoversTheDemandsDistribution() {
        try (ArgminSolver solver = solver();
                Learned learned = new TwoStage()
                        .learn(problem(solver, schedule(80, 0.02), schedule(1, 1e-4), 1), TrainingListener.NONE)) {
            double[] prediction = predict(learned.predictor(), 1);

            assertThat(prediction[0]).isCloseTo(5, within(0.25));
            assertThat(prediction[1]).isCloseTo(0.5, within(0.15));
        }
    }

    @Test
    void pointForecastOrdersTheMeanAndTheDistributionItsQuantile() {
        try (ArgminSolver solver = solver();
                Learned learned = new TwoStage()
                        .learn(problem(solver, schedule(5, 0.02), schedule(1, 1e-4), 1), TrainingListener.NONE)) {
            double[] prediction = predict(learned.predictor(), 1);
            Table features = Table.of(List.of("x"), new double[][] {{1}});
            StochasticProblem problem = new StochasticProblem(COST, ConstraintSet.unconstrained(1));

            assertThat(DecisionMaker.byPointForecast(problem, solver)
                            .decide(learned.predictor(), features)
                            .get(0)
                            .values()[0])
                    .isCloseTo(prediction[0], within(1e-4));
            assertThat(new DecisionMaker(problem, solver)
                            .decide(learned.predictor(), features)
                            .get(0)
                            .values()[0])
                    .isCloseTo(prediction[0] + 1.2815515655446004 * prediction[1], within(1e-4)); // Φ(z) = 0.9
        }
    }

    @Test
    void soEbmLowersTheValidationTaskLossOfAForecastThatWasTrainedTooBriefly() {
        try (ArgminSolver solver = solver();
                Learned learned = new SoEbm()
                        .learn(problem(solver, schedule(6, 0.02), schedule(60, 0.01), 1), TrainingListener.NONE)) {
            List<EpochRecord> own = phase(learned, "so-ebm");
            double start = own.get(0).validationTaskLoss();
            double best = best(own);

            assertThat(best).isLessThan(0.9 * start);
            // 10 · 0.175 · 0.5: cost of the best decision, the 90% quantile, under the true distribution.
            assertThat(best).isBetween(0.6, 1.1);
            assertThat(own.get(own.size() - 1).effectiveSampleSize()).isBetween(5.0, 64.0);
        }
    }

    @Test
    void langevinDynamicsLowersItToo() {
        try (ArgminSolver solver = solver();
                Learned learned = new SoEbmLangevin()
                        .learn(problem(solver, schedule(6, 0.02), schedule(60, 0.01), 1), TrainingListener.NONE)) {
            List<EpochRecord> own = phase(learned, "so-ebm-langevin");
            double best = best(own);

            assertThat(best).isLessThan(0.9 * own.get(0).validationTaskLoss());
            assertThat(best).isBetween(0.6, 1.1);
            assertThat(own).extracting(EpochRecord::effectiveSampleSize).containsOnly(Double.NaN);
        }
    }

    /** The best order is the 90% quantile of the demand 3 + 2x + 0.5ε. */
    @Test
    void policyNetOrdersNearTheQuantileWithoutAForecast() {
        try (ArgminSolver solver = solver();
                Learned learned =
                        new PolicyNet().learn(policyProblem(solver, schedule(80, 0.02)), TrainingListener.NONE)) {
            assertThat(learned.rule()).isEqualTo(DecisionRule.PROJECTION);
            assertThat(learned.twoStage().history())
                    .extracting(EpochRecord::phase)
                    .containsOnly("two-stage");
            List<EpochRecord> own = phase(learned, "policy-net");
            assertThat(own).hasSize(81);
            assertThat(own)
                    .filteredOn(EpochRecord::isValidated)
                    .extracting(EpochRecord::validationTaskLoss)
                    .anySatisfy(loss -> assertThat(loss).isBetween(0.6, 1.1));
            for (double x : new double[] {-1, 0, 1}) {
                double order = predict(learned.predictor(), x)[0];
                assertThat(order).isCloseTo(3 + 2 * x + 0.5 * 1.2815515655446004, within(0.3));
            }
        }
    }

    /** No more than 4 can be ordered; the network wants more, its decision is 4. */
    @Test
    void policyNetsDecisionsAreProjectedOntoTheFeasibleSet() {
        try (ArgminSolver solver = solver()) {
            LearningProblem free = policyProblem(solver, schedule(20, 0.02));
            StochasticProblem bounded = new StochasticProblem(
                    COST, ConstraintSet.builder(1).box(0, 4).build());
            LearningProblem problem = new LearningProblem(
                    bounded,
                    free.network(),
                    free.hyperParameters(),
                    free.training(),
                    free.hindsight(),
                    free.validation(),
                    solver,
                    free.device(),
                    free.seed());
            try (Learned learned = new PolicyNet().learn(problem, TrainingListener.NONE)) {
                DecisionMaker decisionMaker = new DecisionMaker(learned.rule().problem(bounded), solver);
                Table features = Table.of(List.of("x"), new double[][] {{2}, {-0.5}});

                assertThat(predict(learned.predictor(), 2)[0]).isGreaterThan(5);
                assertThat(decisionMaker
                                .decide(learned.predictor(), features)
                                .get(0)
                                .values()[0])
                        .isCloseTo(4, within(1e-6));
                assertThat(decisionMaker
                                .decide(learned.predictor(), features)
                                .get(1)
                                .values()[0])
                        .isCloseTo(predict(learned.predictor(), -0.5)[0], within(1e-4));
            }
        }
    }

    @Test
    void everyMethodsOwnPhaseFollowsItsScheduleAndAllTrainTwoStageByTheLikelihoods() {
        try (ArgminSolver solver = solver()) {
            LearningProblem problem = problem(solver, schedule(2, 0.02), schedule(3, 1e-4), 1);
            LearningProblem apart =
                    with(problem, problem.hyperParameters().with(HyperParameters.Phase.POLICY, schedule(4, 0.02)));
            for (LearningMethod method : LearningMethods.all()) {
                Support support = method.support(apart.problem(), apart.hyperParameters(), 1, apart.network());
                if (!support.supported()) {
                    continue; // dfl-cvx, for costs without closed form
                }
                int epochs = apart.hyperParameters().schedule(method.ownPhase()).epochs();
                try (Learned learned = method.learn(apart, TrainingListener.NONE)) {
                    assertThat(phase(learned, method.name())).as(method.name()).hasSize(epochs + 1);
                    assertThat(phase(learned, "two-stage")).as(method.name()).hasSize(3);
                }
            }
        }
    }

    @Test
    void onlyTwoStageAndPolicyNetStartFromRandomWeights() {
        assertThat(LearningMethods.all())
                .filteredOn(method -> method.ownPhase() != HyperParameters.Phase.ENERGY)
                .extracting(LearningMethod::name, LearningMethod::ownPhase)
                .containsExactlyInAnyOrder(
                        tuple("two-stage", HyperParameters.Phase.LIKELIHOOD),
                        tuple("policy-net", HyperParameters.Phase.POLICY));
    }

    @Test
    void policyNetRefusesANetworkThatCannotPredictDecisions() {
        NetworkSpec perNode = new GraphConvolutionSpec(2, List.of(new GraphConvolutionSpec.Edge(0, 1)), List.of(4), 0);
        StochasticProblem problem = new StochasticProblem(COST, ConstraintSet.unconstrained(1));

        Support support = new PolicyNet().support(problem, HYPER_PARAMETERS, 2, perNode);

        assertThat(support.supported()).isFalse();
        assertThat(support.reason()).contains("cannot predict its 1 decisions", "one quantity a node", "2 nodes");
        assertThat(new PolicyNet()
                        .support(problem, HYPER_PARAMETERS, 2, new MultilayerPerceptronSpec(List.of(4), true, 0))
                        .supported())
                .isTrue();
    }

    @Test
    void learningFromSharedTwoStageTrainingGivesTheSameWeightsAsLearningFromScratch() {
        try (ArgminSolver solver = solver()) {
            LearningProblem problem = problem(solver, schedule(6, 0.02), schedule(6, 0.01), 3);
            try (Learned twoStage = new TwoStage().learn(problem, TrainingListener.NONE);
                    Learned scratch = new SoEbm().learn(problem, TrainingListener.NONE);
                    Learned shared =
                            new SoEbm().learn(problem.startingFrom(twoStage.twoStage()), TrainingListener.NONE)) {
                assertThat(shared.predictor().weights().arrays())
                        .usingRecursiveComparison()
                        .isEqualTo(scratch.predictor().weights().arrays());
                assertThat(shared.predictor().weights().arrays().get(0))
                        .isNotEqualTo(twoStage.predictor().weights().arrays().get(0));
                assertThat(shared.history())
                        .extracting(EpochRecord::phase, EpochRecord::epoch, EpochRecord::trainingLoss)
                        .isEqualTo(scratch.history().stream()
                                .map(epoch -> tuple(epoch.phase(), epoch.epoch(), epoch.trainingLoss()))
                                .toList());
            }
        }
    }

    @Test
    void dflQpthLowersTheValidationTaskLossOfAForecastThatWasTrainedTooBriefly() {
        try (ArgminSolver solver = solver();
                Learned learned = new DflQpth()
                        .learn(problem(solver, schedule(6, 0.02), schedule(60, 0.01), 1), TrainingListener.NONE)) {
            List<EpochRecord> own = phase(learned, "dfl-qpth");
            double best = best(own);

            assertThat(best).isLessThan(0.9 * own.get(0).validationTaskLoss());
            assertThat(best).isBetween(0.6, 1.1);
            assertThat(own.get(own.size() - 1).effectiveSampleSize()).isNaN();
        }
    }

    @Test
    void methodsThatDifferentiateTheOptimumRefuseWhatTheyCannotExpress() {
        StochasticProblem whole = new StochasticProblem(
                COST, ConstraintSet.builder(1).box(0, 9).allInteger().build());
        NetworkSpec network = NetworkSpec.DEFAULT;

        assertThat(new DflQpth().support(whole, HYPER_PARAMETERS, 1, network).reason())
                .contains("whole numbers");
        assertThat(new DflCvx()
                        .support(
                                new StochasticProblem(COST, ConstraintSet.unconstrained(1)),
                                HYPER_PARAMETERS,
                                1,
                                network)
                        .reason())
                .contains("closed form", "dfl-qpth");
    }

    @Test
    void theKeptWeightsAreThoseOfTheBestValidation() {
        try (ArgminSolver solver = solver()) {
            LearningProblem problem = problem(solver, schedule(40, 0.05), schedule(1, 1e-4), 2);
            try (Learned learned = new TwoStage().learn(problem, TrainingListener.NONE)) {
                double best = learned.history().stream()
                        .filter(EpochRecord::isValidated)
                        .mapToDouble(EpochRecord::validationTaskLoss)
                        .min()
                        .getAsDouble();

                assertThat(new ValidationTaskLoss(problem, learned.rule()).of(learned.predictor()))
                        .isEqualTo(best);
            }
        }
    }

    @Test
    void decisionsThatTheDemandHasNothingToDoWithChangeNothingInLearning() {
        PenaltyCost withMaintenance = PenaltyCost.builder(1, 2) // decision 0 is maintenance, decision 1 the order
                .square(100, decision(0).plus(-3))
                .hinge(9, parameter(0).minus(decision(1)))
                .hinge(1, decision(1).minus(parameter(0)))
                .build();
        try (ArgminSolver solver = solver()) {
            LearningProblem order = problem(solver, schedule(3, 0.02), schedule(3, 0.005), 3);
            double[][] hindsight = new double[order.hindsight().rows()][];
            for (int row = 0; row < hindsight.length; row++) {
                hindsight[row] = new double[] {3, order.hindsight().get(row, 0)};
            }
            LearningProblem both = new LearningProblem(
                    new StochasticProblem(withMaintenance, ConstraintSet.unconstrained(2)),
                    order.network(),
                    order.hyperParameters(),
                    order.training(),
                    TableRows.decisions(hindsight),
                    order.validation(),
                    solver,
                    order.device(),
                    order.seed());
            try (Learned alone = new SoEbm().learn(order, TrainingListener.NONE);
                    Learned together = new SoEbm().learn(both, TrainingListener.NONE)) {
                assertThat(together.history())
                        .extracting(EpochRecord::trainingLoss)
                        .isEqualTo(alone.history().stream()
                                .map(EpochRecord::trainingLoss)
                                .toList());
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameHistoryAndAnotherSeedAnother() {
        try (ArgminSolver solver = solver()) {
            List<List<Double>> losses = new ArrayList<>();
            for (long seed : new long[] {3, 3, 4}) {
                LearningProblem problem = problem(solver, schedule(5, 0.02), schedule(5, 0.005), seed);
                try (Learned learned = new SoEbm().learn(problem, TrainingListener.NONE)) {
                    losses.add(learned.history().stream()
                            .map(EpochRecord::trainingLoss)
                            .toList());
                }
            }
            assertThat(losses.get(1)).isEqualTo(losses.get(0));
            assertThat(losses.get(2)).isNotEqualTo(losses.get(0));
        }
    }

    @Test
    void trainingStopsWhenPatienceIsOver() {
        try (ArgminSolver solver = solver()) {
            TrainingSchedule impatient = new TrainingSchedule(500, 50, 0.05, 0, 0, 1, 3);
            LearningProblem problem = problem(solver, impatient, schedule(1, 1e-4), 1);
            try (Learned learned = new TwoStage().learn(problem, TrainingListener.NONE)) {
                List<EpochRecord> history = learned.history();
                int last = history.get(history.size() - 1).epoch();
                double best = history.stream()
                        .mapToDouble(EpochRecord::validationTaskLoss)
                        .min()
                        .getAsDouble();

                assertThat(last).isLessThan(500);
                assertThat(history.get(last - 3).validationTaskLoss()).isEqualTo(best);
            }
        }
    }

    @Test
    void aLossThatDivergesStopsTrainingWithTheReason() {
        try (ArgminSolver solver = solver()) {
            TrainingSchedule brief = schedule(5, 1e-3);
            LearningProblem cold =
                    withSettings(problem(solver, brief, brief, 1), new EnergySettings(64, 1e-42, 1, List.of(1.0)));

            assertThatThrownBy(
                            () -> new SoEbm().learn(cold, TrainingListener.NONE).close())
                    .isInstanceOf(TrainingDivergedException.class)
                    .hasMessageContaining("so-ebm is NaN after epoch 1")
                    .hasMessageContaining("temperature");
        }
    }

    /** Those that look ahead, with chains and with solves in each step. */
    @Test
    void noTensorStaysBehindAfterAStep() {
        try (ArgminSolver solver = solver()) {
            for (LearningMethod method : List.of(new SoEbmLangevin(), new DflQpth(), new PolicyNet())) {
                assertThat(tensorsAfter(solver, method, 96))
                        .as(method.name())
                        .isEqualTo(tensorsAfter(solver, method, 24));
            }
        }
    }

    private static int tensorsAfter(ArgminSolver solver, LearningMethod method, int steps) {
        TrainingSchedule schedule = new TrainingSchedule(steps / 6, 50, 1e-3, 0, 0.9, 1000, 100);
        try (Learned learned = method.learn(problem(solver, schedule, schedule, 1), TrainingListener.NONE);
                NDManager scope = learned.predictor().newScope()) {
            return ((BaseNDManager) scope.getParentManager()).getManagedArrays().size();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void residentMemoryStaysLevelOver500Steps() throws Exception {
        try (ArgminSolver solver = solver()) {
            int arraysAfterFewSteps = learnSteps(solver, 24);
            learnSteps(solver, 500); // warms up allocator, heap and compiler
            long start = residentKilobytes();
            learnSteps(solver, 500);
            long middle = residentKilobytes();
            int arraysAfterManySteps = learnSteps(solver, 500);
            long end = residentKilobytes();

            // A leak grows in every round (one (B, M) tensor a step: 250 MB); the Java heap grows now and then.
            assertThat(Math.min(middle - start, end - middle)).isLessThan(40_000);
            assertThat(arraysAfterManySteps).isEqualTo(arraysAfterFewSteps);
        }
    }

    /**
     * So many steps, half of them of the energy with 50 rows and 5,000 draws.
     *
     * @return how many tensors the predictor's own manager then holds
     */
    private static int learnSteps(ArgminSolver solver, int steps) {
        TrainingSchedule schedule = new TrainingSchedule(steps / 12, 50, 1e-3, 0, 0.9, 1000, 100);
        LearningProblem problem = withSettings(problem(solver, schedule, schedule, 1), SETTINGS.withSamples(5_000));
        try (Learned learned = new SoEbm().learn(problem, TrainingListener.NONE);
                NDManager scope = learned.predictor().newScope()) {
            return ((BaseNDManager) scope.getParentManager()).getManagedArrays().size();
        }
    }

    private static double best(List<EpochRecord> epochs) {
        return epochs.stream()
                .filter(EpochRecord::isValidated)
                .mapToDouble(EpochRecord::validationTaskLoss)
                .min()
                .getAsDouble();
    }

    private static LearningProblem withSettings(LearningProblem problem, EnergySettings settings) {
        return with(problem, problem.hyperParameters().withSettings(settings));
    }

    private static LearningProblem with(LearningProblem problem, HyperParameters hyperParameters) {
        return new LearningProblem(
                problem.problem(),
                problem.network(),
                hyperParameters,
                problem.training(),
                problem.hindsight(),
                problem.validation(),
                problem.solver(),
                problem.device(),
                problem.seed());
    }

    /** Two-stage training goes first, by its own schedule, whatever that of a method's phase. */
    private static LearningProblem policyProblem(ArgminSolver solver, TrainingSchedule policy) {
        LearningProblem problem = problem(solver, schedule(1, 0.02), schedule(1, 1e-4), 1);
        return with(problem, problem.hyperParameters().with(HyperParameters.Phase.POLICY, policy));
    }

    private static long residentKilobytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .getAsLong();
    }

    private static List<EpochRecord> phase(Learned learned, String name) {
        return learned.history().stream()
                .filter(epoch -> epoch.phase().equals(name))
                .toList();
    }

    private static double[] predict(GaussianPredictor predictor, double x) {
        try (NDManager scope = predictor.newScope()) {
            GaussianDistribution prediction =
                    predictor.predict(predictor.standardise(Table.of(List.of("x"), new double[][] {{x}}), scope));
            return new double[] {
                prediction.mean().toFloatArray()[0], prediction.std().toFloatArray()[0]
            };
        }
    }
}
