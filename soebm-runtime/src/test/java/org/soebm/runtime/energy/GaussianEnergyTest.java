package org.soebm.runtime.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.distribution.GaussianDistribution;

class GaussianEnergyTest {
    private static final int ROWS = 3;
    private static final int DRAWS = 5;

    private static PenaltyCost separable() {
        PenaltyCost.Builder cost = PenaltyCost.builder(2, 2);
        for (int i = 0; i < 2; i++) {
            cost.hinge(20, parameter(i).minus(decision(i)))
                    .square(0.5, decision(i).minus(parameter(i)));
        }
        return cost.bilinear(0, 1, 0.3).build();
    }

    private static PenaltyCost coupled() {
        return PenaltyCost.builder(2, 2)
                .hinge(20, parameter(0).plus(parameter(1)).minus(decision(0)).minus(decision(1)))
                .square(1, decision(0).minus(decision(1)))
                .build();
    }

    @Test
    void factorsOfASeparableEnergySumToTheExpectedCost() {
        assertThat(energiesMatchDoubles(separable())).isEqualTo(2);
    }

    @Test
    void aCoupledEnergyIsOneFactor() {
        assertThat(energiesMatchDoubles(coupled())).isEqualTo(1);
    }

    /** Returns the number of factors. */
    private static long energiesMatchDoubles(PenaltyCost cost) {
        try (NDManager manager = NDManager.newBaseManager();
                Energy energy = new GaussianEnergy(cost, manager)) {
            Engine.getInstance().setRandomSeed(1);
            GaussianDistribution prediction = prediction(manager);
            NDArray candidates = manager.randomNormal(new Shape(ROWS, DRAWS, 2));
            NDArray energies = energy.evaluate(prediction, candidates).energies();
            NDArray costs = energy.cost(prediction.mean(), candidates);
            float[] sums = energies.sum(new int[] {2}).toFloatArray();
            float[] costSums = costs.sum(new int[] {2}).toFloatArray();
            for (int row = 0; row < ROWS; row++) {
                double[] mean = doubles(prediction.mean().get(row));
                double[] std = doubles(prediction.std().get(row));
                for (int m = 0; m < DRAWS; m++) {
                    double[] a = doubles(candidates.get(row).get(m));
                    assertThat((double) sums[row * DRAWS + m])
                            .isCloseTo(cost.expectedCost(mean, std, a).value(), within(1e-3));
                    assertThat((double) costSums[row * DRAWS + m]).isCloseTo(cost.cost(mean, a), within(1e-3));
                }
            }
            return energies.getShape().get(2);
        }
    }

    @Test
    void weightedSumHasTheGradientOfTheWeightedEnergies() {
        for (PenaltyCost cost : new PenaltyCost[] {separable(), coupled()}) {
            try (NDManager manager = NDManager.newBaseManager();
                    Energy energy = new GaussianEnergy(cost, manager)) {
                Engine.getInstance().setRandomSeed(2);
                GaussianDistribution prediction = prediction(manager);
                prediction.mean().setRequiresGradient(true);
                prediction.std().setRequiresGradient(true);
                NDArray candidates = manager.randomNormal(new Shape(ROWS, DRAWS, 2));
                long factors = energy.isSeparable() ? 2 : 1;
                NDArray weights = manager.randomNormal(new Shape(ROWS, DRAWS, factors));
                try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                    collector.backward(energy.evaluate(prediction, candidates).weightedSum(weights));
                }
                float[] byMean = prediction.mean().getGradient().toFloatArray();
                float[] byStd = prediction.std().getGradient().toFloatArray();
                for (int i = 0; i < byMean.length; i++) {
                    assertThat((double) byMean[i])
                            .isCloseTo(difference(cost, prediction, candidates, weights, i, true), within(2e-2));
                    assertThat((double) byStd[i])
                            .isCloseTo(difference(cost, prediction, candidates, weights, i, false), within(2e-2));
                }
            }
        }
    }

    @Test
    void decisionGradientIsTheSlopeOfTheExpectedCost() {
        for (PenaltyCost cost : new PenaltyCost[] {separable(), coupled()}) {
            try (NDManager manager = NDManager.newBaseManager();
                    Energy energy = new GaussianEnergy(cost, manager)) {
                Engine.getInstance().setRandomSeed(3);
                GaussianDistribution prediction = prediction(manager);
                NDArray candidates = manager.randomNormal(new Shape(ROWS, DRAWS, 2));
                double[] gradient = doubles(energy.decisionGradient(prediction, candidates));
                for (int i = 0; i < gradient.length; i++) {
                    double[] mean = doubles(prediction.mean().get(i / (2 * DRAWS)));
                    double[] std = doubles(prediction.std().get(i / (2 * DRAWS)));
                    double[] a = doubles(candidates.get(i / (2 * DRAWS)).get(i / 2 % DRAWS));
                    double there = a[i % 2];
                    a[i % 2] = there + 1e-5;
                    double up = cost.expectedCost(mean, std, a).value();
                    a[i % 2] = there - 1e-5;
                    double down = cost.expectedCost(mean, std, a).value();
                    assertThat(gradient[i]).isCloseTo((up - down) / 2e-5, within(1e-3));
                }
            }
        }
    }

    /** A central difference of Σ weights·energies, in doubles, with factors split by moving one decision at a time. */
    private static double difference(
            PenaltyCost cost,
            GaussianDistribution prediction,
            NDArray candidates,
            NDArray weights,
            int index,
            boolean inMean) {
        int row = index / 2;
        double step = 1e-5;
        double sum = 0;
        for (int sign = -1; sign <= 1; sign += 2) {
            double[] mean = doubles(prediction.mean().get(row));
            double[] std = doubles(prediction.std().get(row));
            (inMean ? mean : std)[index % 2] += sign * step;
            for (int m = 0; m < DRAWS; m++) {
                double[] a = doubles(candidates.get(row).get(m));
                double[] w = doubles(weights.get(row).get(m));
                if (w.length == 1) {
                    sum += sign * w[0] * cost.expectedCost(mean, std, a).value();
                } else {
                    // The expected cost is the sum of both factors only, so each is written out.
                    for (int j = 0; j < 2; j++) {
                        sum += sign * w[j] * part(mean, std, a, j);
                    }
                }
            }
        }
        return sum / (2 * step);
    }

    /** E f_j of {@link #separable}, written out. */
    private static double part(double[] mean, double[] std, double[] a, int j) {
        PenaltyCost single = PenaltyCost.builder(1, 1)
                .hinge(20, parameter(0).minus(decision(0)))
                .square(0.5, decision(0).minus(parameter(0)))
                .build();
        double value = single.expectedCost(new double[] {mean[j]}, new double[] {std[j]}, new double[] {a[j]})
                .value();
        return j == 1 ? value + 0.3 * mean[0] * a[1] : value;
    }

    private static GaussianDistribution prediction(NDManager manager) {
        return new GaussianDistribution(
                manager.randomNormal(new Shape(ROWS, 2)), manager.randomUniform(0.2f, 1.5f, new Shape(ROWS, 2)));
    }

    private static double[] doubles(NDArray array) {
        float[] floats = array.toFloatArray();
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
