package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.Scenarios;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;
import org.soebm.api.task.Table;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.energy.Likelihood;
import org.soebm.runtime.fixture.KilledTraining;
import org.soebm.runtime.fixture.ProjectedGradientSolver;
import org.soebm.runtime.fixture.TableRows;
import org.soebm.runtime.fixture.WavyCost;
import org.soebm.runtime.network.GradientRecording;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;

/** Decision-focused learning where the cost is tensor code: by blocks, and by a surrogate of few patterns. */
class DecisionFocusedSmoothTest {
    private static final LikelihoodTerm NO_LIKELIHOOD = new LikelihoodTerm(Likelihood.GAUSSIAN, 0);

    private static final NetworkSpec NETWORK = new MultilayerPerceptronSpec(List.of(8), true, 0);
    private static final int ROWS = 30;

    private static LearningProblem problem(
            CostFunction cost, ConstraintSet set, int scenarios, double accuracy, long seed) {
        Random random = new Random(seed);
        int width = cost.parameterCount();
        double[][] x = new double[ROWS][1];
        double[][] y = new double[ROWS][width];
        for (int row = 0; row < ROWS; row++) {
            x[row][0] = random.nextGaussian();
            for (int i = 0; i < width; i++) {
                y[row][i] = (i % 2 == 0 ? 1 : -0.5) * x[row][0] + 0.3 * random.nextGaussian();
            }
        }
        Table features = Table.of(List.of("x"), x);
        Table parameters =
                Table.of(IntStream.range(0, width).mapToObj(i -> "y" + i).toList(), y);
        int[] train = IntStream.range(0, 20).toArray();
        int[] validate = IntStream.range(20, ROWS).toArray();
        ProjectedGradientSolver solver = new ProjectedGradientSolver(accuracy);
        double[][] hindsight = new double[train.length][];
        try (Objectives objectives = new Objectives(cost, set, Device.cpu())) {
            for (int row = 0; row < hindsight.length; row++) {
                hindsight[row] = solver.solve(objectives.hindsight(y[row])).values();
            }
        }
        return new LearningProblem(
                new StochasticProblem(cost, set, null, null, scenarios),
                NETWORK,
                hyperParameters(scenarios),
                new LearningProblem.Rows(features.select(train), parameters.select(train)),
                TableRows.decisions(hindsight),
                new LearningProblem.Rows(features.select(validate), parameters.select(validate)),
                solver,
                Device.cpu(),
                seed);
    }

    @ParameterizedTest
    @CsvSource({"block, 1", "block, 2", "surrogate, 3", "surrogate, 4"})
    void theGradientIsThatOfTheBatchsTaskLoss(String kind, long seed) {
        Random random = new Random(seed);
        WavyCost cost = WavyCost.random(random, 2, 3, 0.05, seed % 2 == 0);
        ConstraintSet set = ConstraintSet.builder(3).box(-0.4, 0.9).budget(0.4).build();
        LearningProblem problem = problem(cost, set, 3, 1e-13, seed);
        try (Objectives objectives = new Objectives(cost, set, Device.cpu());
                NDManager scope = OfflineEngine.newManager(Device.cpu())) {
            Supplier<LookAheadObjective> objective = () -> kind.equals("block")
                    ? new DflBlock.BlockObjective(problem, objectives, 1, NO_LIKELIHOOD, Cancellation.NEVER)
                    : new DflSurrogate.SurrogateObjective(
                            problem, objectives, DflSurrogate.patterns(problem, 2), NO_LIKELIHOOD, Cancellation.NEVER);
            float[] mean = floats(random, 4, -0.5, 1);
            float[] std = floats(random, 4, 0.1, 0.5);
            NDArray features = scope.zeros(new Shape(2, 1));
            NDArray parameters = scope.create(floats(random, 4, -1, 1), new Shape(2, 2));
            RowBatch batch =
                    new RowBatch(features, features, parameters, parameters, scope.zeros(new Shape(2, 3)), features);

            NDArray means = scope.create(mean, new Shape(2, 2)).duplicate();
            NDArray stds = scope.create(std, new Shape(2, 2)).duplicate();
            DecidedBatch decided = decide(objective.get(), new GaussianDistribution(means, stds), batch, scope);
            means.setRequiresGradient(true);
            stds.setRequiresGradient(true);
            try (GradientRecording recording = GradientRecording.start()) {
                TrainingObjective.StepLoss loss = decided.loss(new GaussianDistribution(means, stds), batch, scope);
                recording.backward(loss.gradientCarrier());
                assertThat(loss.value().getFloat()).isCloseTo((float) decided.meanLoss(), within(1e-5f));
            }
            float[] byMean = means.getGradient().toFloatArray();
            float[] byStd = stds.getGradient().toFloatArray();
            for (int i = 0; i < 4; i++) {
                for (boolean isMean : new boolean[] {true, false}) {
                    float[] moving = isMean ? mean : std;
                    double[] losses = new double[3];
                    float before = moving[i];
                    float h = 1f / 1024;
                    for (int side = -1; side <= 1; side++) {
                        moving[i] = before + side * h;
                        GaussianDistribution moved = new GaussianDistribution(
                                scope.create(mean, new Shape(2, 2)), scope.create(std, new Shape(2, 2)));
                        losses[side + 1] =
                                decide(objective.get(), moved, batch, scope).meanLoss();
                    }
                    moving[i] = before;
                    double right = (losses[2] - losses[1]) / h;
                    double left = (losses[1] - losses[0]) / h;
                    double tolerance = 1e-2 * (0.1 + Math.abs(left) + Math.abs(right));
                    assertThat((double) (isMean ? byMean : byStd)[i])
                            .as("%s of %d", isMean ? "mean" : "std", i)
                            .isBetween(Math.min(left, right) - tolerance, Math.max(left, right) + tolerance);
                }
            }
        }
    }

    private static DecidedBatch decide(
            LookAheadObjective objective, GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        OfflineEngine.seed(7);
        return (DecidedBatch) objective.at(prediction, batch, scope);
    }

    private static float[] floats(Random random, int count, double from, double to) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) (from + (to - from) * random.nextDouble());
        }
        return floats;
    }

    @Test
    void tensorsAndPlainJavaGiveTheSameWavyCost() {
        Random random = new Random(2);
        WavyCost cost = WavyCost.random(random, 2, 3, 0.3, true);
        double[][] y = {{0.3, -0.2}, {1, 2}};
        double[] a = {0.5, -1, 0.2};
        double[] expected = new double[3];
        double value = 0;
        for (double[] scenario : y) {
            double[] gradient = new double[3];
            value += 0.5 * cost.at(scenario).valueAndGradient(a, gradient);
            for (int i = 0; i < 3; i++) {
                expected[i] += 0.5 * gradient[i];
            }
        }
        try (Objectives objectives = new Objectives(cost, ConstraintSet.unconstrained(3), Device.cpu())) {
            ArgminProblem problem = objectives.sampleAverage(Scenarios.equallyLikely(y));
            double[] gradient = new double[3];
            assertThat(problem.objective().valueAndGradient(a, gradient)).isCloseTo(value, within(1e-12));
            assertThat(gradient).containsExactly(expected, within(1e-12));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dfl-block", "dfl-surrogate"})
    void theValidationTaskLossOfABriefForecastFalls(String name) {
        WavyCost cost = WavyCost.random(new Random(3), 2, 3, 0, false);
        LearningProblem problem =
                problem(cost, ConstraintSet.builder(3).box(-1, 1).budget(1).build(), 3, 1e-4, 1);
        try (Learned learned = LearningMethods.named(name).learn(problem, TrainingListener.NONE)) {
            List<EpochRecord> own = learned.history().stream()
                    .filter(entry -> entry.phase().equals(name))
                    .toList();
            double best = own.stream()
                    .filter(EpochRecord::isValidated)
                    .mapToDouble(EpochRecord::validationTaskLoss)
                    .min()
                    .getAsDouble();
            assertThat(best).isLessThan(own.get(0).validationTaskLoss() - 0.1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dfl-block", "dfl-surrogate"})
    void aKilledTrainingGoesOnToTheSameEnd(String name) {
        WavyCost cost = WavyCost.random(new Random(3), 2, 3, 0, false);
        LearningProblem problem =
                problem(cost, ConstraintSet.builder(3).box(-1, 1).budget(1).build(), 3, 1e-4, 1);
        LearningMethod method = LearningMethods.named(name);
        try (Learned whole = method.learn(problem, TrainingListener.NONE)) {
            Checkpoint left = KilledTraining.after(KilledTraining.validations(whole) - 1, method, problem);
            try (Learned resumed = KilledTraining.resumed(left, method, problem)) {
                KilledTraining.requireSame(resumed, whole);
            }
        }
    }

    @Test
    void theMethodsSayWhichTasksTheyCannotLearn() {
        PenaltyCost newsvendor = PenaltyCost.builder(1, 1)
                .hinge(9, parameter(0).minus(decision(0)))
                .build();
        WavyCost wavy = WavyCost.random(new Random(1), 1, 1, 0, true);
        ConstraintSet whole = ConstraintSet.builder(1).box(0, 3).allInteger().build();
        for (LearningMethod method : List.of(new DflBlock(), new DflSurrogate())) {
            assertThat(reason(method, newsvendor, ConstraintSet.unconstrained(1)))
                    .isEqualTo("its cost is a sum of penalties, whose optimality conditions are small enough to be"
                            + " differentiated whole. Use dfl-qpth.");
            assertThat(reason(method, wavy, whole)).startsWith("some of its decisions are whole numbers, so that");
            assertThat(reason(method, wavy, ConstraintSet.builder(1).box(0, 3).build()))
                    .isEmpty();
        }
        assertThat(reason(new DflBlock(), wavy, ConstraintSet.unconstrained(1))).isEmpty();
        assertThat(reason(new DflSurrogate(), wavy, ConstraintSet.unconstrained(1)))
                .isEqualTo("decision 0 (counted from 0) has no lower bound, from which non-negative patterns could go"
                        + " up. Use dfl-block.");
    }

    private static String reason(LearningMethod method, CostFunction cost, ConstraintSet set) {
        return method.support(new StochasticProblem(cost, set), hyperParameters(8), 1, NETWORK)
                .reason();
    }

    private static HyperParameters hyperParameters(int scenarios) {
        return new HyperParameters(
                new TrainingSchedule(2, 10, 0.01, 0, 0, 2, 10),
                new TrainingSchedule(4, 10, 0.03, 0, 0, 4, 10),
                new EnergySettings(16, 1, 1, List.of(0.1)),
                scenarios);
    }
}
