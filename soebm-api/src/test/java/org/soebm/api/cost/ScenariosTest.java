package org.soebm.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScenariosTest {
    @Test
    void eachParameterTakesItsQuantilesOnceAndInAnOrderOfItsOwn() {
        Scenarios scenarios = Scenarios.ofGaussian(new double[] {10, -1}, new double[] {2, 0.5}, 40);
        for (int i = 0; i < 2; i++) {
            int parameter = i;
            double mean = i == 0 ? 10 : -1;
            double std = i == 0 ? 2 : 0.5;
            double[] sorted = IntStream.range(0, 40)
                    .mapToDouble(s -> scenarios.parameters()[s][parameter])
                    .sorted()
                    .toArray();
            for (int s = 0; s < 40; s++) {
                assertThat(StandardNormal.distribution((sorted[s] - mean) / std))
                        .isCloseTo((s + 0.5) / 40, within(1e-12));
            }
        }
        double correlation = IntStream.range(0, 40)
                .mapToDouble(s ->
                        (scenarios.parameters()[s][0] - 10) / 2 * (scenarios.parameters()[s][1] + 1) / 0.5)
                .average()
                .orElseThrow();
        assertThat(Math.abs(correlation)).isLessThan(0.4);
    }

    @Test
    void sampleAverageOverGaussianScenariosIsNearTheClosedForm() {
        AffineResidual shortage = parameter(0).plus(parameter(1)).minus(decision(0));
        PenaltyCost cost = PenaltyCost.builder(2, 1)
                .hinge(50, shortage)
                .hinge(1, shortage.negate())
                .square(0.5, shortage)
                .build();
        double[] mean = {3, 1};
        double[] std = {1, 0.5};
        PenaltyObjective exact = cost.expectedObjective(mean, std);
        PenaltyObjective sampled = cost.sampleAverage(Scenarios.ofGaussian(mean, std, 2000));
        for (double a = 2; a <= 7; a += 0.5) {
            double[] decision = {a};
            assertThat(sampled.value(decision)).isCloseTo(exact.value(decision), within(0.03 * exact.value(decision)));
        }
    }

    @Test
    void knownParametersAreTheSameProblemAsOneScenario() {
        PenaltyCost cost = PenaltyCost.builder(1, 1)
                .hinge(2, parameter(0).minus(decision(0)))
                .bilinear(0, 0, 3)
                .build();
        double[] y = {1.5};
        double[] a = {0.25};
        assertThat(cost.sampleAverage(Scenarios.known(y)).value(a)).isCloseTo(cost.cost(y, a), within(1e-15));
    }

    @Test
    void sameArgumentsGiveTheSameScenarios() {
        double[] mean = {1, 2};
        double[] std = {1, 0};
        assertThat(Scenarios.ofGaussian(mean, std, 5).parameters())
                .isDeepEqualTo(Scenarios.ofGaussian(mean, std, 5).parameters());
    }

    @Test
    void weightsMustBeProbabilitiesAndScenariosOfOneLength() {
        assertThatThrownBy(() -> new Scenarios(new double[][] {{1}, {2}}, new double[] {0.5, 0.6}))
                .hasMessageContaining("sum to 1.1");
        assertThatThrownBy(() -> new Scenarios(new double[][] {{1}, {2, 3}}, new double[] {0.5, 0.5}))
                .hasMessageContaining("Scenario 1 has 2 parameters");
        assertThatThrownBy(() -> new Scenarios(new double[][] {{1}, {2}}, new double[] {1.5, -0.5}))
                .hasMessageContaining("scenario 1 is -0.5");
        assertThatThrownBy(() -> new Scenarios(new double[0][], new double[0])).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Scenarios.known(new double[] {Double.NaN})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Scenarios.ofGaussian(new double[1], new double[] {-1}, 3))
                .hasMessageContaining("negative");
    }
}
