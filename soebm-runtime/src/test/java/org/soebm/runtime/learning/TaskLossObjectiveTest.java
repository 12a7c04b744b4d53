package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.Simulator;
import org.soebm.runtime.energy.Likelihood;
import org.soebm.runtime.fixture.CoordinateSolverProvider;
import org.soebm.runtime.network.GradientRecording;
import org.soebm.runtime.network.OfflineEngine;
import org.soebm.runtime.objective.StochasticProblem;

/** The gradient through the decision against central differences of the task loss itself. */
class TaskLossObjectiveTest {
    private static final int ROWS = 4;
    private static final PenaltyCost COST = PenaltyCost.builder(2, 2)
            .hinge(6, parameter(0).minus(decision(0)))
            .hinge(1, decision(0).minus(parameter(0)))
            .squaredHinge(2, parameter(1).minus(decision(1)))
            .square(0.5, parameter(1).minus(decision(1)))
            .square(0.3, parameter(0).plus(parameter(1)).minus(decision(0)))
            .bilinear(0, 1, 0.2)
            .build();

    /** The second decision of some rows is at its bound. */
    private static final ConstraintSet BOX =
            ConstraintSet.builder(2).bounds(0, -5, 5).bounds(1, -5, 0.4).build();

    /** y_1 = z_1², y_2 = z_1 + x z_2. */
    private static final Simulator SQUARES = new Simulator() {
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
            NDArray first = latents.get("..., 0:1");
            NDArray second = latents.get("..., 1:2");
            return first.square().concat(first.add(second.mul(features.expandDims(1))), -1);
        }

        @Override
        public String fingerprint() {
            return "squares";
        }
    };

    @Property(tries = 15)
    void underAGaussian(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        agreesWithDifferences(new StochasticProblem(COST, BOX), 0, seed);
    }

    @Property(tries = 15)
    void underAGaussianBesideTheLikelihood(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        agreesWithDifferences(new StochasticProblem(COST, BOX), 0.7, seed);
    }

    @Property(tries = 15)
    void underSamplesOfASimulator(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        agreesWithDifferences(new StochasticProblem(COST, BOX, SQUARES, null, 9), 0, seed);
    }

    private static void agreesWithDifferences(StochasticProblem problem, double likelihoodWeight, long seed) {
        Random random = new Random(seed);
        float[] means = floats(random, 0.3f);
        float[] stds = floats(random, 0);
        for (int i = 0; i < stds.length; i++) {
            stds[i] = 0.3f + Math.abs(stds[i]);
        }
        float[] features = {0.5f, 1, -1, 2};
        float[] parameters = floats(random, 0);
        try (ArgminSolver solver = new CoordinateSolverProvider().create(SolverOptions.DEFAULT);
                NDManager scope = OfflineEngine.newManager(Device.cpu())) {
            TaskLossObjective objective = new TaskLossObjective(
                    problem, 9, new LikelihoodTerm(Likelihood.GAUSSIAN, likelihoodWeight), solver, Cancellation.NEVER);
            NDArray x = scope.create(features, new Shape(ROWS, 1));
            NDArray y = scope.create(parameters, new Shape(ROWS, 2));
            RowBatch batch = new RowBatch(x, x, y, y, y, x);
            Evaluation evaluation = (m, s) -> value(objective, batch, m, s, likelihoodWeight, scope);

            NDArray mean = scope.create(means, new Shape(ROWS, 2));
            NDArray std = scope.create(stds, new Shape(ROWS, 2));
            mean.setRequiresGradient(true);
            std.setRequiresGradient(true);
            OfflineEngine.seed(1);
            TrainingObjective fixed =
                    objective.at(new GaussianDistribution(mean.stopGradient(), std.stopGradient()), batch, scope);
            try (GradientRecording recording = GradientRecording.start()) {
                recording.backward(fixed.loss(new GaussianDistribution(mean, std), batch, scope)
                        .gradientCarrier());
            }
            float[] byMean = mean.getGradient().toFloatArray();
            float[] byStd = std.getGradient().toFloatArray();

            for (int i = 0; i < means.length; i++) {
                compare("mean " + i, byMean[i], means, i, moved -> evaluation.of(moved, stds));
                compare("std " + i, byStd[i], stds, i, moved -> evaluation.of(means, moved));
            }
        }
    }

    /** Where the differences to both sides agree, the derivative is theirs; else it lies between them. */
    private static void compare(String what, double derivative, float[] values, int i, Loss loss) {
        float step = 1f / 2048;
        float[] moved = values.clone();
        double here = loss.of(moved);
        moved[i] = values[i] + step;
        double right = (loss.of(moved) - here) / (moved[i] - (double) values[i]);
        moved[i] = values[i] - step;
        double left = (here - loss.of(moved)) / ((double) values[i] - moved[i]);
        double tolerance = 1e-2 * (1 + Math.abs(left) + Math.abs(right)); // of losses in float32
        assertThat(derivative).as(what).isBetween(Math.min(left, right) - tolerance, Math.max(left, right) + tolerance);
    }

    private interface Evaluation {
        double of(float[] means, float[] stds);
    }

    private interface Loss {
        double of(float[] moved);
    }

    private static double value(
            TaskLossObjective objective,
            RowBatch batch,
            float[] means,
            float[] stds,
            double likelihoodWeight,
            NDManager parent) {
        try (NDManager scope = parent.newSubManager()) {
            GaussianDistribution prediction = new GaussianDistribution(
                    scope.create(means, new Shape(ROWS, 2)), scope.create(stds, new Shape(ROWS, 2)));
            OfflineEngine.seed(1); // the same ε
            TrainingObjective fixed = objective.at(prediction, batch, scope);
            double value = fixed.loss(prediction, batch, scope).value().getFloat();
            double likelihood = Likelihood.GAUSSIAN
                    .negativeLogLikelihood(prediction, batch.observations(), scope)
                    .mean()
                    .getFloat();
            return value + likelihoodWeight * likelihood;
        }
    }

    private static float[] floats(Random random, float shift) {
        float[] values = new float[2 * ROWS];
        for (int i = 0; i < values.length; i++) {
            values[i] = shift + (float) random.nextGaussian();
        }
        return values;
    }
}
