package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.SampleProblems;

class RidgeFunctionTest {
    static PenaltyObjective randomObjective(int n, int terms, double std, Random random) {
        List<PenaltyTerm> list = new ArrayList<>();
        for (int k = 0; k < terms; k++) {
            double scale = random.nextGaussian();
            SparseVector d = k % 2 == 0
                    ? SparseVector.unit(k % n, scale)
                    : SparseVector.of(new int[] {0, n - 1}, new double[] {scale, 2 * scale});
            ResidualPenalty penalty = new ResidualPenalty(
                    random.nextGaussian(), random.nextDouble(), random.nextDouble(), random.nextDouble());
            list.add(new PenaltyTerm(d, random.nextGaussian(), k % 3 == 0 ? 0 : std, penalty));
        }
        return new PenaltyObjective(n, list, new double[n], 3);
    }

    @Test
    void sumOfRidgesIsTheObjective() {
        Random random = new Random(1);
        for (double std : new double[] {0, 0.7}) {
            PenaltyObjective objective = randomObjective(3, 12, std, random);
            RidgeSum sum = RidgeSum.of(objective);
            for (int trial = 0; trial < 20; trial++) {
                double[] a = random.doubles(3, -3, 3).toArray();
                assertThat(sum.value(a)).isCloseTo(objective.value(a), within(1e-11));
            }
        }
    }

    @Test
    void termsAlongOneDirectionShareARidgeFunction() {
        RidgeSum sum = RidgeSum.of(randomObjective(3, 40, 1, new Random(2)));
        assertThat(sum.ridges()).hasSize(4); // three single decisions and (1, 0, 2)
        assertThat(sum.isSeparable()).isFalse();
    }

    @Test
    void termsWithoutDecisionsAreConstant() {
        PenaltyTerm term = new PenaltyTerm(SparseVector.zero(), 2, 0, new ResidualPenalty(0, 0, 1, 0));
        RidgeSum sum = RidgeSum.of(new PenaltyObjective(2, List.of(term), new double[2], 1));
        assertThat(sum.ridges()).isEmpty();
        assertThat(sum.constant()).isEqualTo(5);
    }

    @Test
    void slopeAndCurvatureMatchDifferences() {
        Random random = new Random(3);
        RidgeSum sum = RidgeSum.of(randomObjective(3, 12, 0.4, random));
        double h = 1e-5;
        for (RidgeFunction ridge : sum.ridges()) {
            for (int trial = 0; trial < 20; trial++) {
                double t = 3 * random.nextGaussian();
                double slope = (ridge.value(t + h) - ridge.value(t - h)) / (2 * h);
                assertThat(ridge.slope(t, true)).isCloseTo(slope, within(1e-4));
                double curvature = (ridge.slope(t + h, true) - ridge.slope(t - h, true)) / (2 * h);
                assertThat(ridge.curvature(t)).isCloseTo(curvature, within(1e-4 * (1 + curvature)));
                assertThat(ridge.gaussianCurvature(t)).isLessThanOrEqualTo(ridge.gaussianCurvatureBound(t) + 1e-12);
            }
        }
    }

    @Test
    void kinkHasTwoSlopes() {
        RidgeSum sum = RidgeSum.of(SampleProblems.tracking(
                new double[] {0.3}, new double[1], SampleProblems.shortageAndSurplus(50, 0.5, 0)));
        RidgeFunction ridge = sum.ridges().get(0);
        assertThat(ridge.slope(0.3, false)).isEqualTo(-50);
        assertThat(ridge.slope(0.3, true)).isEqualTo(0.5);
    }

    @Test
    void separableMinimumIsBelowEveryOtherPoint() {
        Random random = new Random(4);
        for (int trial = 0; trial < 200; trial++) {
            List<PenaltyTerm> terms = new ArrayList<>();
            int count = 1 + random.nextInt(6);
            for (int k = 0; k < count; k++) {
                ResidualPenalty penalty = new ResidualPenalty(
                        0.1 * random.nextGaussian(),
                        random.nextInt(2),
                        random.nextInt(3) == 0 ? 1 : 0,
                        random.nextInt(3) == 0 ? 1 : 0);
                double scale = random.nextBoolean() ? -1 : 1 + random.nextDouble();
                double std = random.nextBoolean() ? 0 : Math.pow(10, -random.nextInt(6));
                terms.add(new PenaltyTerm(SparseVector.unit(0, scale), random.nextGaussian(), std, penalty));
            }
            ConstraintSet set = ConstraintSet.builder(1).box(-4, 4).build();
            RidgeSum sum = RidgeSum.of(new PenaltyObjective(1, terms, new double[1], 0));
            double[] minimum = SeparableMinimum.of(sum, set);
            assertThat(minimum).isNotNull();
            double best = sum.value(minimum);
            for (double a = -4; a <= 4; a += 1e-3) {
                assertThat(best).isLessThanOrEqualTo(sum.value(new double[] {a}) + 1e-12);
            }
        }
    }

    @Test
    void separableMinimumOnAKinkIsExact() {
        double[] y = {0.1, -0.7, 3.3};
        RidgeSum sum =
                RidgeSum.of(SampleProblems.tracking(y, new double[3], SampleProblems.shortageAndSurplus(50, 0.5, 0.5)));
        assertThat(SeparableMinimum.of(sum, ConstraintSet.unconstrained(3))).containsExactly(y);
    }

    @Test
    void separableMinimumThatRunsOffIsNone() {
        RidgeSum falling = RidgeSum.of(new PenaltyObjective(1, List.of(), new double[] {1}, 0));
        assertThat(SeparableMinimum.of(falling, ConstraintSet.unconstrained(1))).isNull();
        assertThat(SeparableMinimum.of(
                        falling, ConstraintSet.builder(1).box(-2, 2).build()))
                .containsExactly(-2);
    }
}
