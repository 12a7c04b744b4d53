package org.soebm.api.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.linear.SparseVector;

class ConstraintSetTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Test
    void unconstrainedHoldsEveryPoint() {
        ConstraintSet set = ConstraintSet.unconstrained(2);
        assertThat(set.violation(new double[] {-1e300, 1e300})).isZero();
        assertThat(set.lower(0)).isEqualTo(-INFINITY);
        assertThat(set.upper(1)).isEqualTo(INFINITY);
        assertThat(set.rows()).isEmpty();
        assertThat(set.hasIntegers()).isFalse();
    }

    @Test
    void boxBoundsEveryDecisionButNoAuxiliary() {
        ConstraintSet.Builder builder = ConstraintSet.builder(2);
        builder.auxiliary(-9, 9);
        ConstraintSet set = builder.box(-1, 2).build();
        assertThat(set.violation(new double[] {-1, 2, 9})).isZero();
        assertThat(set.violation(new double[] {-1.5, 2.25, 9})).isEqualTo(0.5);
        assertThat(set.variableCount()).isEqualTo(3);
        assertThat(set.auxiliaryCount()).isEqualTo(1);
    }

    @Test
    void nonNegativeForbidsNegativeDecisions() {
        ConstraintSet set = ConstraintSet.builder(2).nonNegative().build();
        assertThat(set.violation(new double[] {0, 7})).isZero();
        assertThat(set.violation(new double[] {0, -7})).isEqualTo(7);
    }

    @Test
    void rampLimitsTheChangeBetweenNeighboursInBothDirections() {
        ConstraintSet set = ConstraintSet.builder(3).ramp(0.5).build();
        assertThat(set.rows()).hasSize(2);
        assertThat(set.violation(new double[] {1, 1.5, 1})).isZero();
        assertThat(set.violation(new double[] {1, 2, 2})).isEqualTo(0.5);
        assertThat(set.violation(new double[] {1, 1, 0})).isEqualTo(0.5);
        assertThat(ConstraintSet.builder(1).ramp(0.5).build().rows()).isEmpty();
    }

    @Test
    void budgetLimitsTheSum() {
        ConstraintSet set = ConstraintSet.builder(3).budget(2).build();
        assertThat(set.violation(new double[] {1, 1, 0})).isZero();
        assertThat(set.violation(new double[] {1, 1, 1})).isEqualTo(1);
        assertThat(set.violation(new double[] {-9, 0, 0})).isZero();
    }

    @Test
    void simplexFixesTheSumOfDecisionsThatAreNotNegative() {
        ConstraintSet set = ConstraintSet.builder(3).simplex(1).build();
        assertThat(set.violation(new double[] {0.25, 0.25, 0.5})).isZero();
        assertThat(set.violation(new double[] {0.25, 0.25, 0.25})).isEqualTo(0.25);
        assertThat(set.violation(new double[] {1.5, -0.5, 0})).isEqualTo(0.5);
    }

    @Test
    void integersAreMeasuredByTheDistanceToTheNearest() {
        ConstraintSet one = ConstraintSet.builder(2).integer(1).build();
        assertThat(one.isInteger(0)).isFalse();
        assertThat(one.isInteger(1)).isTrue();
        assertThat(one.hasIntegers()).isTrue();
        assertThat(one.violation(new double[] {0.5, -3})).isZero();
        assertThat(one.violation(new double[] {0.5, 2.75})).isEqualTo(0.25);
        ConstraintSet all = ConstraintSet.builder(2).allInteger().build();
        assertThat(all.violation(new double[] {0.5, 1})).isEqualTo(0.5);
    }

    @Test
    void auxiliaryVariablesTakePartInRows() {
        ConstraintSet.Builder builder = ConstraintSet.builder(1);
        int u = builder.auxiliary(0, 10);
        ConstraintSet set = builder.row("link", SparseVector.of(new int[] {0, u}, new double[] {1, -2}), 0, 0)
                .build();
        assertThat(u).isEqualTo(1);
        assertThat(set.violation(new double[] {6, 3})).isZero();
        assertThat(set.violation(new double[] {6, 2})).isEqualTo(2);
    }

    @Test
    void boundsSetTwiceIntersect() {
        ConstraintSet set = ConstraintSet.builder(1)
                .box(0, 5)
                .box(-2, 3)
                .bounds(0, 1, INFINITY)
                .build();
        assertThat(set.lower(0)).isEqualTo(1);
        assertThat(set.upper(0)).isEqualTo(3);
    }

    @Test
    void violationMatchesBruteForce() {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            int n = 1 + random.nextInt(4);
            ConstraintSet.Builder builder = ConstraintSet.builder(n);
            double[] point = random.doubles(n, -3, 3).toArray();
            double worst = 0;
            for (int i = 0; i < n; i++) {
                double low = random.nextBoolean() ? -INFINITY : 2 * random.nextGaussian();
                double high = random.nextBoolean() ? INFINITY : Math.max(low, -5) + 3 * random.nextDouble();
                builder.bounds(i, low, high);
                worst = Math.max(worst, Math.max(low - point[i], point[i] - high));
                if (random.nextInt(4) == 0) {
                    builder.integer(i);
                    double down = point[i] - Math.floor(point[i]);
                    worst = Math.max(worst, Math.min(down, 1 - down));
                }
            }
            int rows = random.nextInt(4);
            for (int k = 0; k < rows; k++) {
                int[] indices = new int[n];
                double[] coefficients = new double[n];
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    indices[i] = i;
                    coefficients[i] = random.nextBoolean() ? 0 : random.nextGaussian();
                    sum += coefficients[i] * point[i];
                }
                double low = random.nextBoolean() ? -INFINITY : random.nextGaussian();
                double high = random.nextBoolean() ? INFINITY : Math.max(low, -3) + random.nextDouble();
                builder.row("row " + k, SparseVector.of(indices, coefficients), low, high);
                worst = Math.max(worst, Math.max(low - sum, sum - high));
            }
            ConstraintSet set = builder.build();
            assertThat(set.violation(point)).isCloseTo(worst, within(1e-12));
            assertThat(set.isFeasible(point, worst + 1e-9)).isTrue();
            assertThat(set.isFeasible(point, worst - 1e-9)).isFalse();
        }
    }

    @Test
    void pointsThatAreNotFiniteViolateEverySetWithoutLimit() {
        ConstraintSet free = ConstraintSet.unconstrained(2);
        ConstraintSet integers = ConstraintSet.builder(2).allInteger().budget(1).build();
        for (double bad : new double[] {Double.NaN, INFINITY, -INFINITY}) {
            assertThat(free.violation(new double[] {0, bad})).isEqualTo(INFINITY);
            assertThat(integers.violation(new double[] {bad, 0})).isEqualTo(INFINITY);
            assertThat(integers.isFeasible(new double[] {bad, 0}, 1e9)).isFalse();
        }
    }

    @Test
    void pointsOfAnotherLengthAreNamed() {
        ConstraintSet.Builder builder = ConstraintSet.builder(2);
        builder.auxiliary(0, 1);
        ConstraintSet set = builder.build();
        assertThatThrownBy(() -> set.violation(new double[2]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A point of 2 values was given, but the set has 2 decisions and 1 auxiliary variables.");
    }

    @Test
    void swappedBoundsAreNamedWithTheWayOut() {
        ConstraintSet.Builder builder = ConstraintSet.builder(2);
        assertThatThrownBy(() -> builder.bounds(1, 3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Variable 1 has the interval [3.0, 2.0]")
                .hasMessageContaining("Maybe lower and upper are swapped?");
        assertThatThrownBy(() -> builder.row("supply", SparseVector.unit(0, 1), 3, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Row supply")
                .hasMessageContaining("swapped");
        assertThatThrownBy(() -> builder.auxiliary(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Auxiliary variable 2");
        assertThatThrownBy(() -> builder.ramp(-0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Row ramp 1");
        double[][] empty = {{Double.NaN, 1}, {0, Double.NaN}, {INFINITY, INFINITY}, {-INFINITY, -INFINITY}};
        for (double[] bounds : empty) {
            assertThatThrownBy(() -> builder.bounds(0, bounds[0], bounds[1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void boundsThatDoNotMeetThoseSetBeforeAreNamedWithBoth() {
        ConstraintSet.Builder builder = ConstraintSet.builder(1).box(0, 1);
        assertThatThrownBy(() -> builder.bounds(0, 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Variable 0 is bounded to [0.0, 1.0] already, which does not meet [2.0, 3.0].");
        assertThat(builder.build().upper(0)).isEqualTo(1);
    }

    @Test
    void variablesThatDoNotExistAreNamed() {
        ConstraintSet.Builder builder = ConstraintSet.builder(2);
        assertThatThrownBy(() -> builder.bounds(2, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no variable 2; the set has 2.");
        assertThatThrownBy(() -> builder.integer(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.row("r", SparseVector.unit(2, 1), 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Row r touches variable 2, but there are 2")
                .hasMessageContaining("Maybe an auxiliary variable has to be added first?");
        assertThatThrownBy(() -> ConstraintSet.builder(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one decision");
    }

    @Test
    void aBuiltSetDoesNotChangeWithItsBuilder() {
        ConstraintSet.Builder builder = ConstraintSet.builder(1).box(0, 1);
        ConstraintSet set = builder.build();
        builder.bounds(0, 0.5, 0.5).integer(0).budget(0);
        assertThat(set.lower(0)).isZero();
        assertThat(set.rows()).isEmpty();
        assertThat(set.hasIntegers()).isFalse();
    }
}
