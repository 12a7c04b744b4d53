package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.DataException;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.GruSpec;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.ObservationModel;
import org.soebm.api.task.Simulator;
import org.soebm.api.task.Table;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.fixture.TableRows;
import org.soebm.runtime.objective.StochasticProblem;

/** Learning where y is simulated, or never observed, and the cost is tensor code. */
class IndirectLearningTest {
    private static final int ROWS = 200;

    /** y = 2z: a simulation that misses the drift of 1 which the data has, y = 2z + 1. */
    private static final Simulator WITHOUT_DRIFT = new Simulator() {
        @Override
        public int latentCount() {
            return 1;
        }

        @Override
        public int parameterCount() {
            return 1;
        }

        @Override
        public NDArray simulate(NDArray features, NDArray latents) {
            return latents.add(latents);
        }

        @Override
        public String fingerprint() {
            return "2z";
        }
    };

    /** f(y, a) = Σ_j (a_j − y_j)⁴ + (a_j − y_j)², as tensor code. */
    private record Quartic(int decisionCount, boolean isDefinedBeyondBounds) implements CostFunction {
        @Override
        public int parameterCount() {
            return decisionCount;
        }

        @Override
        public NDArray cost(NDArray parameters, NDArray decisions) {
            NDArray square = decisions.sub(parameters).square();
            return square.square().add(square).sum(new int[] {-1});
        }
    }

    /** Each of three observations is y plus noise of std 0.2. */
    private static final ObservationModel THREE_NOISY_LOOKS = new ObservationModel() {
        @Override
        public int observationCount() {
            return 3;
        }

        @Override
        public NDArray logLikelihood(NDArray latents, NDArray observations) {
            NDArray distance = observations.expandDims(1).sub(latents); // (B, S, 3), y alone at the last axis
            return distance.square().mul(distance.zerosLike().add(-0.5 / 0.04)).sum(new int[] {-1});
        }
    };

    private static final PenaltyCost NEWSVENDOR = PenaltyCost.builder(1, 1)
            .hinge(9, parameter(0).minus(decision(0)))
            .hinge(1, decision(0).minus(parameter(0)))
            .build();

    private static TrainingSchedule schedule(int epochs, double learningRate, int validateEvery) {
        return new TrainingSchedule(epochs, 50, learningRate, 0, 0.9, validateEvery, 100);
    }

    private static Table column(String name, double[] values) {
        return Table.of(
                List.of(name),
                Arrays.stream(values).mapToObj(v -> new double[] {v}).toArray(double[][]::new));
    }

    /** Rows of x, z ≈ x and y = 2z + 1; the likelihood is of z. */
    private static LearningProblem simulated(ArgminSolver solver, NetworkSpec network) {
        Random random = new Random(1);
        double[] x = random.doubles(ROWS, 0, 2).toArray();
        double[] z = Arrays.stream(x).map(v -> v + 0.1 * random.nextGaussian()).toArray();
        double[] y = Arrays.stream(z).map(v -> 2 * v + 1).toArray();
        return problem(
                new StochasticProblem(
                        NEWSVENDOR, ConstraintSet.builder(1).box(-10, 10).build(), WITHOUT_DRIFT, null, 16),
                network,
                column("x", x),
                column("y", y),
                column("z", z),
                new EnergySettings(64, 2, 1000, List.of(2.0, 0.5)),
                5,
                solver);
    }

    private static LearningProblem problem(
            StochasticProblem problem,
            NetworkSpec network,
            Table features,
            Table parameters,
            Table observations,
            EnergySettings settings,
            int validateEvery,
            ArgminSolver solver) {
        int[] train = IntStream.range(0, 150).toArray();
        int[] validate = IntStream.range(150, ROWS).toArray();
        double[][] hindsight = new double[train.length][];
        for (int row = 0; row < train.length; row++) {
            hindsight[row] = parameters.row(row);
        }
        return new LearningProblem(
                problem,
                network,
                new HyperParameters(
                        schedule(30, 0.02, validateEvery),
                        schedule(60, 0.02, validateEvery),
                        settings,
                        problem.scenarios()),
                new LearningProblem.Rows(features.select(train), parameters.select(train), observations.select(train)),
                TableRows.decisions(hindsight),
                new LearningProblem.Rows(
                        features.select(validate), parameters.select(validate), observations.select(validate)),
                solver,
                Device.cpu(),
                1);
    }

    private static double bestLoss(Learned learned, String phase) {
        return learned.history().stream()
                .filter(epoch -> epoch.phase().equals(phase) && epoch.isValidated())
                .mapToDouble(EpochRecord::validationTaskLoss)
                .min()
                .getAsDouble();
    }

    private static ArgminSolver solver() {
        return new CoordinateSolverProvider().create(SolverOptions.DEFAULT);
    }

    @Test
    void dflCvxLearnsThroughASimulatorWhatTheLikelihoodCannotSee() {
        try (ArgminSolver solver = solver();
                Learned learned = new DflCvx()
                        .learn(
                                simulated(solver, new MultilayerPerceptronSpec(List.of(16), true, 0)),
                                TrainingListener.NONE)) {
            assertThat(bestLoss(learned, "dfl-cvx")).isLessThan(0.5);
        }
    }

    @Test
    void theEnergyLearnsThroughASimulatorWhatTheLikelihoodCannotSee() {
        for (NetworkSpec network :
                List.of(new MultilayerPerceptronSpec(List.of(16), true, 0), new GruSpec(1, 1, 16, 0))) {
            try (ArgminSolver solver = solver();
                    Learned learned = new SoEbm().learn(simulated(solver, network), TrainingListener.NONE)) {
                double twoStage = learned.history().stream()
                        .filter(epoch -> epoch.phase().equals("two-stage") && epoch.epoch() == 30)
                        .findFirst()
                        .orElseThrow()
                        .validationTaskLoss();
                assertThat(twoStage).isGreaterThan(3); // too little by most of the drift of 1, at 9 a unit
                assertThat(bestLoss(learned, "so-ebm")).isLessThan(0.5); // 0.35 where all but the noise is known
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        try (ArgminSolver solver = solver()) {
            NetworkSpec network = new GruSpec(1, 1, 4, 0);
            try (Learned one = new SoEbm().learn(simulated(solver, network), TrainingListener.NONE);
                    Learned two = new SoEbm().learn(simulated(solver, network), TrainingListener.NONE)) {
                assertThat(one.history().stream().map(EpochRecord::trainingLoss).toList())
                        .isEqualTo(two.history().stream()
                                .map(EpochRecord::trainingLoss)
                                .toList());
            }
        }
    }

    /** Rows of x and y ≈ x / 2 in [0, 1], of which three noisy looks are observed. */
    private static LearningProblem unobserved(ArgminSolver solver, DecisionPrior prior) {
        Random random = new Random(2);
        double[] x = random.doubles(ROWS, 0.2, 1.8).toArray();
        double[] y =
                Arrays.stream(x).map(v -> v / 2 + 0.02 * random.nextGaussian()).toArray();
        double[][] looks = new double[ROWS][3];
        for (int row = 0; row < ROWS; row++) {
            double there = y[row];
            Arrays.setAll(looks[row], i -> there + 0.2 * random.nextGaussian());
        }
        return problem(
                new StochasticProblem(
                        new Quartic(1, false),
                        ConstraintSet.builder(1).box(0, 1).build(),
                        null,
                        THREE_NOISY_LOOKS,
                        8),
                new MultilayerPerceptronSpec(List.of(16), true, 0),
                column("x", x),
                column("y", y),
                Table.of(List.of("o0", "o1", "o2"), looks),
                new EnergySettings(32, 0.01, 10, 0, List.of(0.3, 0.1), prior),
                15, // decisions by a cost that is tensor code take their time
                solver);
    }

    @Test
    void tensorCostsAndUnobservedQuantitiesAreLearned() {
        try (ArgminSolver solver = solver()) {
            Pretrained start = null; // the same whatever the prior
            for (DecisionPrior prior : DecisionPrior.values()) {
                LearningProblem problem = unobserved(solver, prior);
                try (Learned learned = new SoEbm()
                        .learn(start == null ? problem : problem.startingFrom(start), TrainingListener.NONE)) {
                    double untrained = learned.history().get(0).validationTaskLoss();
                    double twoStage = bestLoss(learned, "two-stage");
                    assertThat(twoStage).isLessThan(0.2 * untrained);
                    assertThat(bestLoss(learned, "so-ebm")).isLessThanOrEqualTo(twoStage);
                    start = learned.twoStage();
                }
            }
        }
    }

    @Test
    void tensorsDoNotPileUpOverManySteps() {
        try (ArgminSolver solver = solver()) {
            for (LearningProblem problem :
                    List.of(simulated(solver, new GruSpec(1, 1, 4, 0)), unobserved(solver, DecisionPrior.UNIFORM))) {
                assertThat(arraysAfter(problem, 40)).isEqualTo(arraysAfter(problem, 2));
            }
        }
    }

    private static int arraysAfter(LearningProblem problem, int epochs) {
        TrainingSchedule schedule = new TrainingSchedule(epochs, 50, 1e-3, 0, 0.9, 1000, 100);
        LearningProblem longer = new LearningProblem(
                problem.problem(),
                problem.network(),
                new HyperParameters(
                        schedule, schedule, problem.hyperParameters().settings()),
                problem.training(),
                problem.hindsight(),
                problem.validation(),
                problem.solver(),
                problem.device(),
                problem.seed());
        try (Learned learned = new SoEbm().learn(longer, TrainingListener.NONE);
                NDManager scope = learned.predictor().newScope()) {
            return ((BaseNDManager) scope.getParentManager()).getManagedArrays().size();
        }
    }

    @Test
    void rowsOfOtherObservationsAreNamed() {
        try (ArgminSolver solver = solver()) {
            LearningProblem fine = unobserved(solver, DecisionPrior.UNIFORM);
            LearningProblem.Rows rows = fine.training();
            assertThatThrownBy(() -> new LearningProblem(
                            fine.problem(),
                            fine.network(),
                            fine.hyperParameters(),
                            new LearningProblem.Rows(rows.features(), rows.parameters()),
                            fine.hindsight(),
                            fine.validation(),
                            solver,
                            fine.device(),
                            1))
                    .isInstanceOf(DataException.class)
                    .hasMessageContainingAll("1 columns of observations", "3 are expected");
        }
    }
}
