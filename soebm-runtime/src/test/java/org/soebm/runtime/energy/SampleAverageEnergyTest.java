package org.soebm.runtime.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.SampleDistribution;
import org.soebm.api.task.Simulator;
import org.soebm.runtime.network.GradientRecording;

class SampleAverageEnergyTest {
    private static final int ROWS = 2;
    private static final int CANDIDATES = 3;
    private static final int SAMPLES = 5;

    /** y = x·z², two quantities. */
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
            return latents.square().mul(features.expandDims(1));
        }

        @Override
        public String fingerprint() {
            return "squares";
        }
    };

    private static final PenaltyCost SEPARABLE = PenaltyCost.builder(2, 2)
            .hinge(3, parameter(0).minus(decision(0)))
            .squaredHinge(1, decision(0).minus(parameter(0)))
            .square(0.5, parameter(1).minus(decision(1).times(2)))
            .build();

    private static final PenaltyCost COUPLED = PenaltyCost.builder(2, 2)
            .squaredHinge(2, parameter(0).minus(decision(0)).minus(decision(1)))
            .square(1, decision(1).minus(parameter(1)))
            .build();

    /** f(y, a) = (y_0 a_0 + y_1 a_1)², as tensor code. */
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
            return decisions.mul(parameters).sum(new int[] {-1}).square();
        }
    };

    private static double cost(CostFunction cost, double[] y, double[] a) {
        return cost instanceof PenaltyCost penalties ? penalties.cost(y, a) : Math.pow(y[0] * a[0] + y[1] * a[1], 2);
    }

    private final Random random = new Random(4);
    private final double[][] mean = values(ROWS, 0.5, 1.5);
    private final double[][] std = values(ROWS, 0.1, 0.3);
    private final double[][] features = values(ROWS, 1, 2);
    private final double[][] noise = values(SAMPLES, -2, 2);
    private final double[][][] candidates = {values(CANDIDATES, -1, 3), values(CANDIDATES, -1, 3)};
    private final double[][] weights = new double[][] {
        random.doubles(CANDIDATES, -1, 1).toArray(),
        random.doubles(CANDIDATES, -1, 1).toArray()
    };

    private double[][] values(int rows, double from, double to) {
        double[][] values = new double[rows][];
        for (int row = 0; row < rows; row++) {
            values[row] = random.doubles(2, from, to).toArray();
        }
        return values;
    }

    private double energy(CostFunction cost, int row, double[] a) {
        double sum = 0;
        for (double[] epsilon : noise) {
            double[] y = new double[2];
            for (int i = 0; i < 2; i++) {
                double z = mean[row][i] + std[row][i] * epsilon[i];
                y[i] = features[row][i] * z * z;
            }
            sum += cost(cost, y, a) / SAMPLES;
        }
        return sum;
    }

    private static NDArray tensor(NDManager scope, double[][] values) {
        float[] floats = new float[values.length * values[0].length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i / values[0].length][i % values[0].length];
        }
        return scope.create(floats, new Shape(values.length, values[0].length));
    }

    private NDArray candidates(NDManager scope) {
        return tensor(scope, candidates[0])
                .expandDims(0)
                .concat(tensor(scope, candidates[1]).expandDims(0), 0);
    }

    @Test
    void energiesAreAveragesThroughTheSimulator() {
        for (CostFunction cost : new CostFunction[] {SEPARABLE, COUPLED, TENSOR_CODE}) {
            try (NDManager scope = NDManager.newBaseManager();
                    SampleAverageEnergy energy = new SampleAverageEnergy(cost, scope)) {
                NDArray energies = energy.evaluate(
                                distribution(tensor(scope, mean), tensor(scope, std), scope), candidates(scope))
                        .energies();
                assertThat(energies.getShape().getShape()).containsExactly(ROWS, CANDIDATES, cost == SEPARABLE ? 2 : 1);
                float[] sums = energies.sum(new int[] {2}).toFloatArray();
                for (int row = 0; row < ROWS; row++) {
                    for (int m = 0; m < CANDIDATES; m++) {
                        double expected = energy(cost, row, candidates[row][m]);
                        assertThat((double) sums[row * CANDIDATES + m])
                                .isCloseTo(expected, within(1e-4 * Math.max(1, expected)));
                    }
                }
            }
        }
    }

    private SampleDistribution distribution(NDArray mean, NDArray std, NDManager scope) {
        return ReparameterisedSamples.of(
                new GaussianDistribution(mean, std),
                tensor(scope, features),
                tensor(scope, noise).expandDims(0),
                SQUARES);
    }

    @Test
    void gradientsFlowBackToMeanAndStd() {
        for (CostFunction cost : new CostFunction[] {SEPARABLE, COUPLED, TENSOR_CODE}) {
            try (NDManager scope = NDManager.newBaseManager();
                    SampleAverageEnergy energy = new SampleAverageEnergy(cost, scope)) {
                NDArray meanTensor = tensor(scope, mean);
                NDArray stdTensor = tensor(scope, std);
                meanTensor.setRequiresGradient(true);
                stdTensor.setRequiresGradient(true);
                try (GradientRecording recording = GradientRecording.start()) {
                    Energy.Candidates evaluated =
                            energy.evaluate(distribution(meanTensor, stdTensor, scope), candidates(scope));
                    recording.backward(
                            evaluated.weightedSum(tensor(scope, weights).expandDims(2))); // the same for both factors
                }
                assertGradient(cost, mean, meanTensor.getGradient().toFloatArray());
                assertGradient(cost, std, stdTensor.getGradient().toFloatArray());
            }
        }
    }

    private void assertGradient(CostFunction cost, double[][] of, float[] gradient) {
        ToDoubleFunction<Integer> weighted = row -> {
            double sum = 0;
            for (int m = 0; m < CANDIDATES; m++) {
                sum += weights[row][m] * energy(cost, row, candidates[row][m]);
            }
            return sum;
        };
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < 2; i++) {
                double there = of[row][i];
                of[row][i] = there + 1e-6;
                double up = weighted.applyAsDouble(row);
                of[row][i] = there - 1e-6;
                double down = weighted.applyAsDouble(row);
                of[row][i] = there;
                double expected = (up - down) / 2e-6;
                assertThat((double) gradient[2 * row + i])
                        .isCloseTo(expected, within(2e-3 * Math.max(1, Math.abs(expected))));
            }
        }
    }

    @Test
    void theSlopeUnderKnownParametersIsThatOfTheCost() {
        for (CostFunction cost : new CostFunction[] {SEPARABLE, COUPLED, TENSOR_CODE}) {
            try (NDManager scope = NDManager.newBaseManager();
                    SampleAverageEnergy average = new SampleAverageEnergy(cost, scope)) {
                assertIsSlopeOfCost(average, cost, scope);
                if (cost instanceof PenaltyCost penalties) {
                    try (GaussianEnergy gaussian = new GaussianEnergy(penalties, scope)) {
                        assertIsSlopeOfCost(gaussian, cost, scope);
                    }
                }
            }
        }
    }

    private void assertIsSlopeOfCost(Energy energy, CostFunction cost, NDManager scope) {
        float[] slopes = energy.decisionGradient(energy.known(tensor(scope, features)), candidates(scope))
                .toFloatArray();
        for (int i = 0; i < slopes.length; i++) {
            int row = i / (2 * CANDIDATES);
            double[] a = candidates[row][i / 2 % CANDIDATES].clone();
            a[i % 2] += 1e-6;
            double up = cost(cost, features[row], a);
            a[i % 2] -= 2e-6;
            double expected = (up - cost(cost, features[row], a)) / 2e-6;
            assertThat((double) slopes[i]).isCloseTo(expected, within(1e-3 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void decisionGradientIsTheSlopeOfTheAverage() {
        for (CostFunction cost : new CostFunction[] {SEPARABLE, COUPLED, TENSOR_CODE}) {
            try (NDManager scope = NDManager.newBaseManager();
                    SampleAverageEnergy energy = new SampleAverageEnergy(cost, scope)) {
                float[] gradient = energy.decisionGradient(
                                distribution(tensor(scope, mean), tensor(scope, std), scope), candidates(scope))
                        .toFloatArray();
                for (int i = 0; i < gradient.length; i++) {
                    int row = i / (2 * CANDIDATES);
                    double[] a = candidates[row][i / 2 % CANDIDATES].clone();
                    double there = a[i % 2];
                    a[i % 2] = there + 1e-6;
                    double up = energy(cost, row, a);
                    a[i % 2] = there - 1e-6;
                    double expected = (up - energy(cost, row, a)) / 2e-6;
                    assertThat((double) gradient[i])
                            .isCloseTo(expected, within(1e-3 * Math.max(1, Math.abs(expected))));
                }
            }
        }
    }

    @Test
    void theCostOfKnownParametersComesInTheSameFactors() {
        for (CostFunction cost : new CostFunction[] {SEPARABLE, COUPLED, TENSOR_CODE}) {
            try (NDManager scope = NDManager.newBaseManager();
                    SampleAverageEnergy energy = new SampleAverageEnergy(cost, scope)) {
                float[] sums = energy.cost(tensor(scope, features), candidates(scope))
                        .sum(new int[] {2})
                        .toFloatArray();
                for (int i = 0; i < sums.length; i++) {
                    double expected = cost(cost, features[i / CANDIDATES], candidates[i / CANDIDATES][i % CANDIDATES]);
                    assertThat((double) sums[i]).isCloseTo(expected, within(1e-4 * Math.max(1, expected)));
                }
            }
        }
    }

    @Test
    void aDistributionWithoutSamplesIsRefused() {
        try (NDManager scope = NDManager.newBaseManager();
                SampleAverageEnergy energy = new SampleAverageEnergy(COUPLED, scope)) {
            GaussianDistribution gaussian = new GaussianDistribution(tensor(scope, mean), tensor(scope, std));
            assertThatThrownBy(() -> energy.evaluate(gaussian, candidates(scope)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("needs samples");
        }
    }
}
