package org.soebm.runtime.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.runtime.energy.SampleAverageEnergy;
import org.soebm.runtime.network.GradientRecording;
import org.soebm.runtime.proposal.DecisionBounds;

class PolicyObjectiveTest {
    private static final double[][] Y = {{0.3, -1}, {2, 0.4}, {-0.6, 1.1}};
    private static final double[][] DECISIONS = {{0.1, 0.2}, {0.9, 0.6}, {0.4, 0.5}};

    private static final PenaltyCost SEPARABLE = PenaltyCost.builder(2, 2)
            .hinge(8, parameter(0).minus(decision(0)))
            .hinge(2, decision(0).minus(parameter(0)))
            .squaredHinge(3, parameter(1).minus(decision(1)))
            .square(1, decision(1))
            .build();

    private static final PenaltyCost COUPLED = PenaltyCost.builder(2, 2)
            .square(2, parameter(0).minus(decision(0)).minus(decision(1)))
            .hinge(3, parameter(1).minus(decision(1)))
            .bilinear(0, 1, 0.5)
            .build();

    /** f(y, a) = Σ_i exp(y_i a_i), as tensor code. */
    private static final CostFunction TENSOR_CODE = new CostFunction() {
        @Override
        public int parameterCount() {
            return 2;
        }

        @Override
        public int decisionCount() {
            return 2;
        }

        @Override
        public NDArray cost(NDArray parameters, NDArray decisions) {
            return decisions.mul(parameters).exp().sum(new int[] {-1});
        }
    };

    private record LossAndGradient(double loss, float[] gradient) {}

    private static LossAndGradient loss(CostFunction cost, double[][] decisions, DecisionBounds bounds) {
        try (NDManager scope = NDManager.newBaseManager();
                SampleAverageEnergy energy = new SampleAverageEnergy(cost, scope)) {
            NDArray y = tensor(Y, scope);
            NDArray mean = tensor(decisions, scope);
            mean.setRequiresGradient(true);
            RowBatch batch = new RowBatch(y, y, y, y, y, y);
            try (GradientRecording recording = GradientRecording.start()) {
                TrainingObjective.StepLoss loss = new PolicyObjective(energy, bounds)
                        .loss(new GaussianDistribution(mean, mean.onesLike()), batch, scope);
                recording.backward(loss.gradientCarrier());
                assertThat(loss.effectiveSampleSize()).isNull();
                return new LossAndGradient(
                        loss.value().getFloat(), mean.getGradient().toFloatArray());
            }
        }
    }

    private static NDArray tensor(double[][] values, NDManager scope) {
        float[] floats = new float[values.length * 2];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i / 2][i % 2];
        }
        return scope.create(floats, new Shape(values.length, 2));
    }

    private static void assertIsMeanCostWithItsSlope(
            CostFunction cost, BiFunction<double[], double[], Double> exact, DecisionBounds bounds) {
        LossAndGradient actual = loss(cost, DECISIONS, bounds);
        double mean = 0;
        for (int row = 0; row < Y.length; row++) {
            mean += exact.apply(Y[row], DECISIONS[row]) / Y.length;
            for (int i = 0; i < 2; i++) {
                double[] a = DECISIONS[row].clone();
                a[i] += 1e-6;
                double up = exact.apply(Y[row], a);
                a[i] -= 2e-6;
                double slope = (up - exact.apply(Y[row], a)) / (2e-6 * Y.length);
                assertThat((double) actual.gradient[2 * row + i]).isCloseTo(slope, within(1e-4));
            }
        }
        assertThat(actual.loss).isCloseTo(mean, within(1e-5));
    }

    @Test
    void theLossIsTheMeanTaskCostAndItsGradientTheSlope() {
        DecisionBounds unit = new DecisionBounds(new double[] {0, 0}, new double[] {1, 1});
        for (DecisionBounds bounds : new DecisionBounds[] {null, unit}) {
            assertIsMeanCostWithItsSlope(SEPARABLE, SEPARABLE::cost, bounds);
            assertIsMeanCostWithItsSlope(COUPLED, COUPLED::cost, bounds);
            assertIsMeanCostWithItsSlope(TENSOR_CODE, (y, a) -> Math.exp(y[0] * a[0]) + Math.exp(y[1] * a[1]), bounds);
        }
    }

    @Test
    void beyondBoundsCostAndSlopeAreThoseOfTheNearestDecisionWithin() {
        DecisionBounds unit = new DecisionBounds(new double[] {0, 0}, new double[] {1, 1});
        double[][] beyond = {{-3, 0.2}, {0.9, 7}, {1.5, -1}};
        double[][] nearest = {{0, 0.2}, {0.9, 1}, {1, 0}};

        LossAndGradient actual = loss(TENSOR_CODE, beyond, unit);
        LossAndGradient expected = loss(TENSOR_CODE, nearest, unit);

        assertThat(actual.loss).isCloseTo(expected.loss, within(1e-6));
        assertThat(actual.gradient).usingComparatorWithPrecision(1e-5f).containsExactly(expected.gradient);
    }
}
