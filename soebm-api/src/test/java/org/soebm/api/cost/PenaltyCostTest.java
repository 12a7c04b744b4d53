package org.soebm.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.constant;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PenaltyCostTest {
    private static final double ROUNDING = 1e-13;

    @Test
    void costIsTheSumThatWasWritten() {
        PenaltyCost cost = PenaltyCost.builder(2, 2)
                .identity(-3, parameter(0).plus(decision(1)))
                .hinge(2, parameter(0).minus(decision(0)))
                .hinge(5, decision(0).minus(parameter(0)))
                .square(0.5, parameter(1).times(2).minus(decision(1)).plus(1))
                .squaredHinge(4, decision(1).plus(-1))
                .bilinear(1, 0, 7)
                .build();
        double[] y = {1, 2};
        assertThat(cost.cost(y, new double[] {0.25, 3}))
                .isEqualTo(-3 * 4 + 2 * 0.75 + 0 + 0.5 * 4 + 4 * 4 + 7 * 2 * 0.25);
        assertThat(cost.cost(y, new double[] {3, 0})).isEqualTo(-3 * 1 + 0 + 5 * 2 + 0.5 * 25 + 0 + 7 * 2 * 3);
    }

    @Test
    void penaltiesOnAResidualAndOnItsNegativeAreMerged() {
        AffineResidual r = parameter(0).times(2).minus(decision(0)).plus(1);
        PenaltyCost cost = PenaltyCost.builder(1, 1)
                .hinge(3, r)
                .hinge(0.5, r.negate())
                .square(2, r.times(-1))
                .square(1, r)
                .squaredHinge(4, r.negate())
                .squaredHinge(1, r)
                .identity(-2, r.negate())
                .build();
        assertThat(cost.residualCount()).isEqualTo(1);
        for (double y : new double[] {-2, -0.5, 0, 0.25, 3}) {
            double value = 2 * y - 0.5 + 1;
            double positive = Math.max(value, 0);
            double negative = Math.max(-value, 0);
            assertThat(cost.cost(new double[] {y}, new double[] {0.5}))
                    .isCloseTo(
                            3 * positive
                                    + 0.5 * negative
                                    + 3 * value * value
                                    + 4 * negative * negative
                                    + positive * positive
                                    + 2 * value,
                            within(ROUNDING * 100));
        }
    }

    @Test
    void everyWayToWriteTheNegativeOfAResidualMerges() {
        AffineResidual r = parameter(0).minus(decision(0));
        assertThat(PenaltyCost.builder(1, 1)
                        .hinge(1, r.times(-1))
                        .hinge(1, r)
                        .hinge(1, r.negate())
                        .hinge(1, decision(0).minus(parameter(0)))
                        .hinge(1, r.times(-1).times(-1))
                        .build()
                        .residualCount())
                .isEqualTo(1);
    }

    @Test
    void differentResidualsAreKeptApart() {
        AffineResidual r = parameter(0).minus(decision(0));
        assertThat(PenaltyCost.builder(1, 1)
                        .hinge(1, r)
                        .hinge(1, r.plus(1))
                        .hinge(1, r.times(2))
                        .build()
                        .residualCount())
                .isEqualTo(3);
    }

    @Test
    void penaltiesWithoutWeightLeaveNothingBehind() {
        assertThat(CostStructure.ALWAYS_ZERO.cost().residualCount()).isZero();
        assertThat(CostStructure.ALWAYS_ZERO.cost().cost(new double[] {1, 2}, new double[] {3, 4, 5}))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANY_AND_SPARSE")
    void mergedPenaltiesAreConvexAndTheirSquaredHingesPointUp(CostStructure structure) {
        for (PenalisedResidual r : structure.cost().residuals()) {
            assertThat(r.penalty().isConvex()).isTrue();
            assertThat(r.penalty().squaredHinge()).isNotNegative();
        }
    }

    @Test
    void randomMergesStayConvexDespiteRounding() {
        Random random = new Random(5);
        Penalty[] penalties = Penalty.values();
        AffineResidual r = parameter(0).minus(decision(0));
        for (int round = 0; round < 2000; round++) {
            PenaltyCost.Builder cost = PenaltyCost.builder(1, 1);
            for (int k = 0; k < 6; k++) {
                double weight = Math.pow(10, 20 * random.nextDouble() - 18);
                cost.add(penalties[random.nextInt(4)], weight, random.nextBoolean() ? r : r.negate());
            }
            // Terms refuse a penalty that is not convex.
            PenaltyObjective objective = cost.build().objective(new double[] {0.3});
            for (PenaltyTerm term : objective.terms()) {
                assertThat(term.penalty().squaredHinge()).isNotNegative();
                assertThat(term.penalty().square()).isNotNegative();
            }
        }
    }

    @Test
    void aHingeOnOneSideKeepsItsDigitsFarFromTheKink() {
        // Written as [−r]₊ = [r]₊ − r, the sum of 1e-3 and 1e12 would be lost.
        PenaltyCost cost = PenaltyCost.builder(1, 1)
                .identity(0, parameter(0).minus(decision(0)))
                .hinge(1, decision(0).minus(parameter(0)))
                .build();
        assertThat(cost.expectedCost(new double[] {1e9}, new double[] {1}, new double[] {0})
                        .value())
                .isZero();
        assertThat(cost.cost(new double[] {0}, new double[] {1e-3})).isEqualTo(1e-3);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANY_AND_SPARSE")
    void expectedCostIsTheMeanCostOfIndependentGaussians(CostStructure structure) {
        // Each residual is Gaussian: integrate its penalty against the mean and std that its coefficients give.
        PenaltyCost cost = structure.cost();
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            double[] mean = CostStructure.randomNumbers(random, cost.parameterCount());
            double[] std = CostStructure.randomStds(random, cost.parameterCount());
            double[] a = CostStructure.randomNumbers(random, cost.decisionCount());
            double expected = 0;
            for (PenalisedResidual r : cost.residuals()) {
                double m = r.residual().value(mean, a);
                double variance = 0;
                for (int k = 0; k < r.residual().parameterCoefficients().size(); k++) {
                    double share = r.residual().parameterCoefficients().value(k)
                            * std[r.residual().parameterCoefficients().index(k)];
                    variance += share * share;
                }
                double s = Math.sqrt(variance);
                expected += Expectation.of(e -> r.penalty().value(m + s * e), s == 0 ? 0 : -m / s);
            }
            for (int i = 0; i < mean.length; i++) {
                expected += mean[i] * cost.bilinear().get(i).dot(a);
            }
            double tolerance = ROUNDING * CostStructure.valueScale(cost, mean, std, a);
            assertThat(cost.expectedCost(mean, std, a).value()).isCloseTo(expected, within(tolerance));
            assertThat(cost.expectedObjective(mean, std).value(a)).isCloseTo(expected, within(tolerance));
        }
    }

    @Test
    void expectedCostMatchesSimulationOfTheParameters() {
        // Quadrature above trusts the residuals' std; here only f itself is used.
        PenaltyCost cost = CostStructure.SEVERAL_PARAMETERS_A_RESIDUAL.cost();
        double[] mean = {0.5, -1, 2};
        double[] std = {1, 0.5, 2};
        double[] a = {0.25, -1};
        Random random = new Random(3);
        int draws = 400_000;
        double sum = 0;
        double sumOfSquares = 0;
        for (int n = 0; n < draws; n++) {
            double[] y = new double[3];
            for (int i = 0; i < 3; i++) {
                y[i] = mean[i] + std[i] * random.nextGaussian();
            }
            double value = cost.cost(y, a);
            sum += value;
            sumOfSquares += value * value;
        }
        double average = sum / draws;
        double standardError = Math.sqrt((sumOfSquares / draws - average * average) / draws);
        assertThat(cost.expectedCost(mean, std, a).value()).isCloseTo(average, within(4 * standardError));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANY_AND_SPARSE")
    void derivativesOfTheExpectedCostMatchCentralDifferences(CostStructure structure) {
        PenaltyCost cost = structure.cost();
        Random random = new Random(2);
        for (int round = 0; round < 50; round++) {
            double[] mean = CostStructure.randomNumbers(random, cost.parameterCount());
            double[] std = CostStructure.randomStds(random, cost.parameterCount());
            double[] a = CostStructure.randomNumbers(random, cost.decisionCount());
            if (structure == CostStructure.PARTLY_KNOWN) {
                a[0] = 1 + Math.abs(a[0]); // its residual has no spread, so its kink is one of the expectation
            }
            double tolerance = 1e-8 * (1 + CostStructure.slopeScale(cost, mean, std, a)) / 0.1;
            ExpectedCostDerivatives at = cost.expectedCost(mean, std, a);
            assertThat(at.mean())
                    .containsExactly(
                            centralDifferences(
                                    mean, p -> cost.expectedCost(p, std, a).value()),
                            within(tolerance));
            assertThat(at.std())
                    .containsExactly(
                            centralDifferences(
                                    std, p -> cost.expectedCost(mean, p, a).value()),
                            within(tolerance));
            assertThat(at.decisions())
                    .containsExactly(
                            centralDifferences(
                                    a, p -> cost.expectedCost(mean, std, p).value()),
                            within(tolerance));
        }
    }

    private static double[] centralDifferences(double[] at, ToDoubleFunction<double[]> function) {
        double h = 1e-6;
        double[] differences = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            double[] up = at.clone();
            double[] down = at.clone();
            up[i] += h;
            down[i] -= h;
            differences[i] = (function.applyAsDouble(up) - function.applyAsDouble(down)) / (up[i] - down[i]);
        }
        return differences;
    }

    @Test
    void withoutSpreadTheStdDerivativeIsThatFromAbove() {
        PenaltyCost cost = PenaltyCost.builder(2, 1)
                .hinge(3, parameter(0).times(-2).plus(parameter(1)).minus(decision(0)))
                .build();
        double[] mean = {1, 3};
        double[] none = {0, 0};
        double[] a = {1}; // at the kink
        double h = 1e-9;
        double[] derivative = cost.expectedCost(mean, none, a).std();
        for (int i = 0; i < 2; i++) {
            double[] some = {0, 0};
            some[i] = h;
            assertThat(derivative[i]).isCloseTo(cost.expectedCost(mean, some, a).value() / h, within(1e-6));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANY_AND_SPARSE")
    void expectationsStayFiniteAndExactFarFromTheKink(CostStructure structure) {
        PenaltyCost cost = structure.cost();
        Random random = new Random(4);
        for (double spread : new double[] {1e-6, 1e-3, 1, 1e3}) {
            for (double ratio : new double[] {-1e9, -1e3, -30, 30, 1e3, 1e9}) {
                double[] mean = new double[cost.parameterCount()];
                double[] std = new double[cost.parameterCount()];
                for (int i = 0; i < mean.length; i++) {
                    std[i] = spread * (1 + random.nextDouble());
                    mean[i] = ratio * std[i] * (1 + i);
                }
                double[] a = new double[cost.decisionCount()];
                ExpectedCostDerivatives at = cost.expectedCost(mean, std, a);
                assertThat(at.value()).isFinite();
                assertThat(Arrays.stream(at.mean())).allMatch(Double::isFinite);
                assertThat(Arrays.stream(at.std())).allMatch(Double::isFinite);
                assertThat(Arrays.stream(at.decisions())).allMatch(Double::isFinite);
                if (Arrays.stream(mean).allMatch(m -> Math.abs(m) > 1e4)) { // offsets have no say
                    double value = cost.cost(mean, a);
                    double spreadAlone = 0; // E r² − (E r)² on the branch
                    for (PenalisedResidual r : cost.residuals()) {
                        double s = 0;
                        for (int k = 0; k < r.residual().parameterCoefficients().size(); k++) {
                            s = Math.hypot(
                                    s,
                                    r.residual().parameterCoefficients().value(k)
                                            * std[
                                                    r.residual()
                                                            .parameterCoefficients()
                                                            .index(k)]);
                        }
                        double curvature = r.penalty().square()
                                + (r.residual().value(mean, a) > 0 ? r.penalty().squaredHinge() : 0);
                        spreadAlone += curvature * s * s;
                    }
                    assertThat(at.value())
                            .isCloseTo(
                                    value + spreadAlone,
                                    within(ROUNDING * CostStructure.valueScale(cost, mean, std, a)));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANY_AND_SPARSE")
    void objectiveOfKnownParametersIsTheCost(CostStructure structure) {
        PenaltyCost cost = structure.cost();
        Random random = new Random(6);
        for (int round = 0; round < 20; round++) {
            double[] y = CostStructure.randomNumbers(random, cost.parameterCount());
            double[] a = CostStructure.randomNumbers(random, cost.decisionCount());
            PenaltyObjective objective = cost.objective(y);
            assertThat(objective.isKnown()).isTrue();
            assertThat(objective.dimension()).isEqualTo(cost.decisionCount());
            double tolerance = ROUNDING * CostStructure.valueScale(cost, y, new double[y.length], a);
            assertThat(objective.value(a)).isCloseTo(cost.cost(y, a), within(tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANY_AND_SPARSE")
    void sampleAverageIsTheWeightedSumOfTheCosts(CostStructure structure) {
        PenaltyCost cost = structure.cost();
        Random random = new Random(7);
        double[] none = new double[cost.parameterCount()];
        for (int round = 0; round < 20; round++) {
            double[][] samples = new double[5][];
            double[] weights = new double[5];
            double[] a = CostStructure.randomNumbers(random, cost.decisionCount());
            double expected = 0;
            double plainMean = 0;
            double scale = 0;
            for (int s = 0; s < samples.length; s++) {
                samples[s] = CostStructure.randomNumbers(random, cost.parameterCount());
                weights[s] = s == 1 ? 0 : 3 * random.nextDouble();
                expected += weights[s] * cost.cost(samples[s], a);
                plainMean += cost.cost(samples[s], a) / samples.length;
                scale += (1 + weights[s]) * CostStructure.valueScale(cost, samples[s], none, a);
            }
            PenaltyObjective average = cost.sampleAverage(samples, weights);
            assertThat(average.isKnown()).isTrue();
            assertThat(average.value(a)).isCloseTo(expected, within(4 * ROUNDING * scale));
            assertThat(cost.sampleAverage(samples).value(a)).isCloseTo(plainMean, within(4 * ROUNDING * scale));
        }
    }

    @Test
    void sampleAverageKeepsTheDigitsOfASmallSpreadAroundALargeMean() {
        PenaltyCost cost = PenaltyCost.builder(1, 1)
                .square(1, parameter(0).minus(decision(0)))
                .build();
        PenaltyObjective average = cost.sampleAverage(new double[][] {{1e8 - 1}, {1e8 + 1}});
        assertThat(average.value(new double[] {1e8})).isEqualTo(1);
    }

    @Test
    void onlyHingesOfUncertainResidualsStayOneAScenario() {
        double[][] samples = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
        PenaltyCost squares = CostStructure.ONLY_SQUARE.cost();
        assertThat(squares.sampleAverage(new double[][] {{1, 2}, {3, 4}, {5, 6}})
                        .terms())
                .hasSize(squares.residualCount());
        PenaltyCost diagonal = CostStructure.DIAGONAL.cost();
        assertThat(diagonal.sampleAverage(samples).terms()).hasSize(3 * (1 + 3));
        PenaltyCost known = PenaltyCost.builder(3, 1)
                .hinge(2, decision(0).plus(-1))
                .squaredHinge(1, decision(0).negate())
                .build();
        assertThat(known.sampleAverage(samples).terms()).hasSize(2);
    }

    @Test
    void separableMeansNoResidualHoldsTwoDecisions() {
        assertThat(CostStructure.DIAGONAL.cost().isSeparable()).isTrue();
        assertThat(CostStructure.SEVERAL_PARAMETERS_A_RESIDUAL.cost().isSeparable())
                .isTrue();
        assertThat(CostStructure.BILINEAR.cost().isSeparable()).isTrue();
        assertThat(CostStructure.SEVERAL_DECISIONS_A_RESIDUAL.cost().isSeparable())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MANY_AND_SPARSE")
    void aSeparableCostAddsUpOverSingleDecisions(CostStructure structure) {
        PenaltyCost cost = structure.cost();
        Random random = new Random(8);
        double[] y = CostStructure.randomNumbers(random, cost.parameterCount());
        double[] origin = CostStructure.randomNumbers(random, cost.decisionCount());
        double[] a = CostStructure.randomNumbers(random, cost.decisionCount());
        double sum = cost.cost(y, origin);
        for (int i = 0; i < a.length; i++) {
            double[] one = origin.clone();
            one[i] = a[i];
            sum += cost.cost(y, one) - cost.cost(y, origin);
        }
        if (cost.isSeparable()) {
            assertThat(sum).isCloseTo(cost.cost(y, a), within(1e-11));
        } else {
            assertThat(sum).isNotCloseTo(cost.cost(y, a), within(1e-3));
        }
    }

    @Test
    void weightsThatWouldBendACostDownwardsAreRefused() {
        PenaltyCost.Builder cost = PenaltyCost.builder(1, 1);
        assertThatThrownBy(() -> cost.hinge(-1, parameter(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The weight of a HINGE penalty is -1.0")
                .hasMessageContaining("not negative");
        assertThatThrownBy(() -> cost.square(-1, parameter(0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cost.squaredHinge(-1, parameter(0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cost.identity(Double.NaN, parameter(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
        cost.identity(-1, parameter(0));
    }

    @Test
    void residualsBeyondTheCostsSizesAreRefused() {
        PenaltyCost.Builder cost = PenaltyCost.builder(2, 3);
        assertThatThrownBy(() -> cost.hinge(1, parameter(2).minus(decision(0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("touches parameter 2, but the cost has 2");
        assertThatThrownBy(() -> cost.hinge(1, parameter(0).minus(decision(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("touches decision 3, but the cost has 3");
        assertThatThrownBy(() -> cost.bilinear(0, 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("touches decision 3");
        assertThatThrownBy(() -> cost.bilinear(-1, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("touches parameter -1");
        assertThatThrownBy(() -> PenaltyCost.builder(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one decision");
    }

    @Test
    void argumentsOfAnotherLengthAreNamed() {
        PenaltyCost cost = CostStructure.DIAGONAL.cost();
        assertThatThrownBy(() -> cost.cost(new double[2], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2")
                .hasMessageContaining("3")
                .hasMessageContaining("parameters");
        assertThatThrownBy(() -> cost.cost(new double[3], new double[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("decisions");
        assertThatThrownBy(() -> cost.expectedObjective(new double[3], new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("std");
        assertThatThrownBy(() -> cost.sampleAverage(new double[][] {new double[3], new double[2]}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sample 1")
                .hasMessageContaining("2");
        assertThatThrownBy(() -> cost.sampleAverage(new double[2][3], new double[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weights");
    }

    @Test
    void parametersThatAreNotNumbersAreNamed() {
        PenaltyCost cost = CostStructure.DIAGONAL.cost();
        assertThatThrownBy(() -> cost.objective(new double[] {0, Double.NaN, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Parameter 1")
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> cost.expectedObjective(new double[3], new double[] {1, 1, Double.POSITIVE_INFINITY}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Parameter 2")
                .hasMessageContaining("std");
        assertThatThrownBy(() -> cost.expectedObjective(new double[3], new double[] {1, -1, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1.0")
                .hasMessageContaining("std");
    }

    @Test
    void sampleWeightsThatCannotBeAreRefused() {
        PenaltyCost cost = CostStructure.DIAGONAL.cost();
        double[][] samples = new double[2][3];
        assertThatThrownBy(() -> cost.sampleAverage(samples, new double[] {1, -1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The weight of sample 1 is -1.0");
        assertThatThrownBy(() -> cost.sampleAverage(samples, new double[] {0, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive sum");
        assertThatThrownBy(() -> cost.sampleAverage(new double[0][]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 samples");
    }

    @Test
    void residualsAreReadAsTheyAreSaid() {
        AffineResidual r = parameter(1).times(3).minus(decision(0).plus(2)).plus(constant(0.5));
        assertThat(r.value(new double[] {9, 2}, new double[] {4})).isEqualTo(6 - 4 - 2 + 0.5);
        assertThat(r.negate().negate()).isEqualTo(r);
        assertThat(r.times(-1)).isEqualTo(r.negate());
        assertThat(parameter(0).times(-1)).isEqualTo(parameter(0).negate());
        assertThat(parameter(0).minus(parameter(0))).isEqualTo(constant(0));
        assertThatThrownBy(() -> constant(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }
}
