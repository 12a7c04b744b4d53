package org.soebm.api.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.soebm.api.linear.SparseVector;

class PenaltyObjectiveTest {
    private static final ResidualPenalty HINGE = ResidualPenalty.of(Penalty.HINGE, 2);

    @ParameterizedTest
    @EnumSource
    void gradientMatchesCentralDifferencesAndValueMatchesBothWays(CostStructure structure) {
        PenaltyCost cost = structure.cost();
        Random random = new Random(1);
        for (int round = 0; round < 30; round++) {
            double[] mean = CostStructure.randomNumbers(random, cost.parameterCount());
            double[] std = CostStructure.randomStds(random, cost.parameterCount());
            PenaltyObjective objective =
                    round % 2 == 0 ? cost.expectedObjective(mean, std) : cost.sampleAverage(new double[][] {mean, std});
            double[] a = CostStructure.randomNumbers(random, cost.decisionCount());
            double[] gradient = new double[a.length];
            assertThat(objective.valueAndGradient(a, gradient)).isEqualTo(objective.value(a));
            double h = 1e-6;
            for (int i = 0; i < a.length; i++) {
                double[] up = a.clone();
                double[] down = a.clone();
                up[i] += h;
                down[i] -= h;
                double difference = (objective.value(up) - objective.value(down)) / (up[i] - down[i]);
                assertThat(gradient[i])
                        .isCloseTo(difference, within(1e-7 * (1 + CostStructure.slopeScale(cost, mean, std, a))));
            }
        }
    }

    @Test
    void valueAddsTermsLinearPartAndConstant() {
        PenaltyObjective objective = new PenaltyObjective(
                2,
                List.of(
                        new PenaltyTerm(SparseVector.unit(1, -1), 3, 0, HINGE),
                        new PenaltyTerm(SparseVector.unit(0, 2), 0, 0, ResidualPenalty.of(Penalty.SQUARE, 0.5))),
                new double[] {10, 0},
                100);
        assertThat(objective.value(new double[] {1, 2})).isEqualTo(2 * 1 + 0.5 * 4 + 10 + 100);
        assertThat(objective.linear(0)).isEqualTo(10);
        assertThat(objective.constant()).isEqualTo(100);
    }

    @Test
    void termsThatTouchNoDecisionBelongToTheConstant() {
        PenaltyObjective objective = new PenaltyObjective(
                1,
                List.of(
                        new PenaltyTerm(SparseVector.zero(), 3, 0, HINGE),
                        new PenaltyTerm(SparseVector.zero(), 1, 2, ResidualPenalty.of(Penalty.SQUARE, 1)),
                        new PenaltyTerm(SparseVector.unit(0, 1), 0, 0, HINGE)),
                new double[1],
                100);
        assertThat(objective.terms()).hasSize(1);
        assertThat(objective.constant()).isEqualTo(100 + 6 + 5);
        assertThat(objective.value(new double[] {1})).isEqualTo(100 + 6 + 5 + 2);
    }

    @Test
    void longerArraysAreReadAndWrittenOnlyAtTheFront() {
        PenaltyObjective objective = new PenaltyObjective(
                1, List.of(new PenaltyTerm(SparseVector.unit(0, 1), 0, 0, HINGE)), new double[] {1}, 0);
        double[] gradient = {Double.NaN, 77};
        assertThat(objective.valueAndGradient(new double[] {2, Double.NaN}, gradient))
                .isEqualTo(6);
        assertThat(gradient).containsExactly(3, 77);
    }

    @Test
    void termsByDecisionFindsEveryTermThatChangesWithIt() {
        PenaltyObjective objective =
                CostStructure.SEVERAL_DECISIONS_A_RESIDUAL.cost().objective(new double[] {1, 2});
        List<List<Integer>> index = objective.termsByDecision();
        assertThat(index).hasSize(3);
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < objective.terms().size(); k++) {
                double[] moved = new double[3];
                moved[i] = 1;
                PenaltyTerm term = objective.terms().get(k);
                boolean changes = term.residual(moved) != term.residual(new double[3]);
                assertThat(index.get(i).contains(k)).isEqualTo(changes);
            }
        }
    }

    @Test
    void anObjectiveIsSeparableWhenNoTermHoldsTwoDecisions() {
        assertThat(CostStructure.DIAGONAL.cost().objective(new double[3]).isSeparable())
                .isTrue();
        assertThat(CostStructure.SEVERAL_DECISIONS_A_RESIDUAL
                        .cost()
                        .objective(new double[2])
                        .isSeparable())
                .isFalse();
    }

    @Test
    void anObjectiveIsKnownWhenNoTermHasSpread() {
        PenaltyCost cost = CostStructure.DIAGONAL.cost();
        assertThat(cost.expectedObjective(new double[3], new double[] {0, 0, 1}).isKnown())
                .isFalse();
        assertThat(cost.expectedObjective(new double[3], new double[3]).isKnown())
                .isTrue();
    }

    @Test
    void aTermTurnsItsSquaredHingeUpwards() {
        ResidualPenalty down = new ResidualPenalty(1, 2, 3, -2); // [−r]₊² among others
        PenaltyTerm term = new PenaltyTerm(SparseVector.unit(0, 2), -1, 0.5, down);
        assertThat(term.penalty().squaredHinge()).isEqualTo(2);
        for (double a : new double[] {-1, 0.5, 2}) {
            assertThat(term.value(new double[] {a})).isCloseTo(down.expectation(2 * a - 1, 0.5), within(1e-13));
        }
    }

    @Test
    void termsThatCannotBeAreRefused() {
        SparseVector d = SparseVector.unit(0, 1);
        assertThatThrownBy(() -> new PenaltyTerm(d, Double.NaN, 0, HINGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("offset")
                .hasMessageContaining("NaN")
                .hasMessageContaining("Maybe");
        assertThatThrownBy(() -> new PenaltyTerm(d, 0, -1, HINGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new PenaltyTerm(d, 0, Double.POSITIVE_INFINITY, HINGE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PenaltyTerm(d, 0, 0, new ResidualPenalty(0, -1, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not convex");
    }

    @Test
    void partsThatDoNotFitTogetherAreNamed() {
        PenaltyTerm third = new PenaltyTerm(SparseVector.unit(2, 1), 0, 0, HINGE);
        assertThatThrownBy(() -> new PenaltyObjective(2, List.of(third), new double[2], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("touches decision 2")
                .hasMessageContaining("only 2 decisions");
        assertThatThrownBy(() -> new PenaltyObjective(2, List.of(), new double[3], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 decisions, but 3 linear");
        assertThatThrownBy(() -> new PenaltyObjective(2, List.of(), new double[] {0, Double.NaN}, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("decision 1 is NaN");
        assertThatThrownBy(() -> new PenaltyObjective(1, List.of(), new double[1], Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("constant is NaN");
    }
}
