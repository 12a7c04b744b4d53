package org.soebm.runtime.softconstraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.task.DataException;

class ConstraintPenaltyTest {
    private static final int[] BOTH = {0, 1};
    private static final double MU = 0.3;
    private static final double DELTA = 0.1;
    private static final double RHO = 2.5;

    /** a_0 ≥ 0, a_1 in [−1, 2], 1 ≤ 3 a_0 + 4 a_1 ≤ 8. */
    private static ConstraintSet.Builder inequalities() {
        return ConstraintSet.builder(2)
                .bounds(0, 0, Double.POSITIVE_INFINITY)
                .bounds(1, -1, 2)
                .row("row", SparseVector.of(BOTH, new double[] {3, 4}), 1, 8);
    }

    private static ConstraintSet withEquality() {
        return inequalities()
                .row("equality", SparseVector.of(BOTH, new double[] {5, -12}), 2, 2)
                .build();
    }

    /** How far a is beyond each limit of {@link #inequalities}, written out. */
    private static double[] beyond(double[] a) {
        double row = (3 * a[0] + 4 * a[1]) / 5;
        return new double[] {-a[0], a[1] - 2, -1 - a[1], row - 1.6, 0.2 - row};
    }

    private static double barrier(double[] a) {
        double sum = 0;
        for (double g : beyond(a)) {
            double s = -g;
            double z = (s - 2 * DELTA) / DELTA;
            sum += s > DELTA ? -Math.log(s) : 0.5 * (z * z - 1) - Math.log(DELTA);
        }
        return MU * sum;
    }

    /** With the multipliers of the equality, −0.7, and of a_1 ≤ 2, 1.5; the others' are 0. */
    private static double lagrangian(double[] a) {
        double sum = 0;
        double[] g = beyond(a);
        for (int i = 0; i < g.length; i++) {
            double lambda = i == 1 ? 1.5 : 0;
            double active = Math.max(0, lambda + RHO * g[i]);
            sum += (active * active - lambda * lambda) / (2 * RHO);
        }
        double e = (5 * a[0] - 12 * a[1] - 2) / 13;
        return sum - 0.7 * e + RHO / 2 * e * e;
    }

    /** Finds the two limits by their normals, whatever their order. */
    private static double[] someMultipliers(LimitRows rows) {
        double[] multipliers = new double[rows.count()];
        for (int i = 0; i < multipliers.length; i++) {
            multipliers[i] = rows.equalities()[i] ? -0.7 : rows.normals()[i][1] == 1 ? 1.5 : 0;
        }
        assertThat(multipliers).contains(-0.7, 1.5).hasSize(6);
        return multipliers;
    }

    private static void valuesAndSlopesAgree(ConstraintPenalty penalty, ToDoubleFunction<double[]> expected) {
        Random random = new Random(1);
        int n = 40;
        float[] points = new float[2 * n];
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) ((i < 20 ? 0.5 : 4) * random.nextGaussian() + 0.7);
        }
        try (NDManager scope = NDManager.newBaseManager()) {
            NDArray a = scope.create(points, new Shape(4, n / 4, 2));
            a.setRequiresGradient(true);
            float[] values;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray all = penalty.of(a);
                assertThat(all.getShape()).isEqualTo(new Shape(4, n / 4));
                values = all.toFloatArray();
                collector.backward(all.sum());
            }
            float[] slopes = a.getGradient().toFloatArray();
            for (int i = 0; i < n; i++) {
                double[] point = {points[2 * i], points[2 * i + 1]};
                double value = expected.applyAsDouble(point);
                assertThat((double) values[i]).isCloseTo(value, within(1e-4 * (1 + Math.abs(value))));
                for (int j = 0; j < 2; j++) {
                    double[] before = point.clone();
                    double[] after = point.clone();
                    before[j] -= 1e-6;
                    after[j] += 1e-6;
                    double slope = (expected.applyAsDouble(after) - expected.applyAsDouble(before)) / 2e-6;
                    assertThat((double) slopes[2 * i + j]).isCloseTo(slope, within(1e-3 * (1 + Math.abs(slope))));
                }
            }
        }
    }

    @Test
    void theBarrierAndItsSlopes() {
        try (NDManager manager = NDManager.newBaseManager()) {
            LimitRows rows = LimitRows.of(inequalities().build(), BOTH);
            valuesAndSlopesAgree(new RelaxedLogBarrier(rows, MU, DELTA, manager), ConstraintPenaltyTest::barrier);
        }
    }

    @Test
    void theLagrangianAndItsSlopes() {
        try (NDManager manager = NDManager.newBaseManager()) {
            LimitRows rows = LimitRows.of(withEquality(), BOTH);
            AugmentedLagrangian penalty = new AugmentedLagrangian(rows, RHO, manager);
            penalty.restore(someMultipliers(rows));
            valuesAndSlopesAgree(penalty, ConstraintPenaltyTest::lagrangian);
        }
    }

    @Test
    void penaltiesAreFiniteFarOutside() {
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray far = manager.create(new float[] {-1e4f, 1e4f, 1e4f, 1e4f, 0, 0.25f}, new Shape(3, 2));
            LimitRows rows = LimitRows.of(inequalities().build(), BOTH);
            for (ConstraintPenalty penalty : new ConstraintPenalty[] {
                new RelaxedLogBarrier(rows, MU, DELTA, manager), new AugmentedLagrangian(rows, RHO, manager)
            }) {
                for (float value : penalty.of(far).toFloatArray()) {
                    assertThat(value).isFinite();
                }
            }
        }
    }

    @Test
    void limitsOfSomeDecisionsInTheirOrder() {
        ConstraintSet set = ConstraintSet.builder(3)
                .row("own", SparseVector.of(new int[] {0, 2}, new double[] {3, 4}), Double.NEGATIVE_INFINITY, 10)
                .row("other", SparseVector.unit(1, 1), 0, 1)
                .build();
        LimitRows rows = LimitRows.of(set, new int[] {2, 0});
        assertThat(rows.count()).isEqualTo(1);
        assertThat(rows.normals()[0]).containsExactly(new double[] {0.8, 0.6}, within(1e-12));
        assertThat(rows.at(new double[] {1, 2})).containsExactly(new double[] {0}, within(1e-12));
        assertThatThrownBy(() -> LimitRows.of(set, new int[] {0}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("row own connects the decisions to variable 2");
    }

    @Test
    void aBarrierForEqualitiesIsRefused() {
        try (NDManager manager = NDManager.newBaseManager()) {
            LimitRows rows = LimitRows.of(withEquality(), BOTH);
            assertThatThrownBy(() -> new RelaxedLogBarrier(rows, MU, DELTA, manager))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("Take the augmented Lagrangian");
        }
    }

    /** For E = ½‖a − c‖² at c = (2, 3) under (a_0 + a_1)/√2 = 1: λ = cᵀn − 1, and the mean is the nearest point. */
    @Test
    void multipliersOfAnEqualityComeToTheirKnownValue() {
        double root = Math.sqrt(2);
        ConstraintSet set = ConstraintSet.builder(2)
                .row("sum", SparseVector.of(BOTH, new double[] {1, 1}), root, root)
                .build();
        try (NDManager manager = NDManager.newBaseManager()) {
            AugmentedLagrangian penalty = new AugmentedLagrangian(LimitRows.of(set, BOTH), 3, manager);
            double along = 0;
            for (int i = 0; i < 30; i++) {
                double lambda = penalty.multipliers()[0];
                along = (5 / root - lambda + 3) / 4; // nᵀa of the mean of q, a Gaussian
                double shift = (along - 5 / root) / root;
                penalty.update(new double[] {2 + shift, 3 + shift});
            }
            assertThat(along).isCloseTo(1, within(1e-9));
            assertThat(penalty.multipliers()).containsExactly(new double[] {5 / root - 1}, within(1e-9));
        }
    }

    /** For E = ½(a − 2)² under 0 ≤ a ≤ 1 at a low temperature: the multiplier of the upper limit is near 1, the other's 0. */
    @Test
    void multipliersOfInequalitiesFollowTheMeanUnderQ() {
        int n = 4001;
        double temperature = 0.01;
        float[] grid = new float[n];
        for (int i = 0; i < n; i++) {
            grid[i] = (float) (-1 + 4.0 * i / (n - 1));
        }
        try (NDManager manager = NDManager.newBaseManager()) {
            ConstraintSet set = ConstraintSet.builder(1).box(0, 1).build();
            AugmentedLagrangian penalty = new AugmentedLagrangian(LimitRows.of(set, new int[] {0}), 2, manager);
            NDArray a = manager.create(grid, new Shape(n, 1));
            double mean = 0;
            for (int step = 0; step < 60; step++) {
                float[] psi = penalty.of(a).toFloatArray();
                double sum = 0;
                double first = 0;
                for (int i = 0; i < n; i++) {
                    double weight = Math.exp(-(0.5 * (grid[i] - 2) * (grid[i] - 2) + psi[i] - 0.4) / temperature);
                    sum += weight;
                    first += weight * grid[i];
                }
                mean = first / sum;
                if (step == 0) {
                    assertThat(mean).isGreaterThan(1.2);
                }
                penalty.update(new double[] {mean});
            }
            assertThat(mean).isCloseTo(1, within(1e-4));
            double[] multipliers = penalty.multipliers();
            Arrays.sort(multipliers);
            assertThat(multipliers[0]).isZero();
            assertThat(multipliers[1]).isCloseTo(1, within(0.05));
        }
    }

    @Test
    void multipliersAreSavedAndRestored() {
        try (NDManager manager = NDManager.newBaseManager()) {
            LimitRows rows = LimitRows.of(withEquality(), BOTH);
            AugmentedLagrangian first = new AugmentedLagrangian(rows, RHO, manager);
            first.update(new double[] {-1, 3});
            first.update(new double[] {4, 0});
            AugmentedLagrangian second = new AugmentedLagrangian(rows, RHO, manager);
            NDArray a = manager.create(new float[] {1, 2, -3, 0.5f}, new Shape(2, 2));
            assertThat(second.of(a).toFloatArray()).isNotEqualTo(first.of(a).toFloatArray());
            second.restore(first.multipliers());
            assertThat(second.of(a).toFloatArray()).isEqualTo(first.of(a).toFloatArray());
            assertThatThrownBy(() -> second.restore(new double[2]))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("6 limits");
        }
    }
}
