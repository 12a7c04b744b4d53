package org.soebm.runtime.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.linear.SparseVector;

class ProjectionsTest {
    private static final double FEASIBLE = 1e-5;
    private static final int POINTS = 6;

    private static int[] all(int n) {
        return IntStream.range(0, n).toArray();
    }

    private static double[][] gaussians(Random random, int n, int d, double std) {
        double[][] points = new double[n][d];
        for (double[] point : points) {
            Arrays.setAll(point, j -> std * random.nextGaussian());
        }
        return points;
    }

    private static NDArray tensor(NDManager manager, double[][] points, Shape shape) {
        float[] floats = new float[points.length * points[0].length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) points[i / points[0].length][i % points[0].length];
        }
        return manager.create(floats, shape).duplicate();
    }

    private static double[][] rows(NDArray array) {
        float[] floats = array.toFloatArray();
        int d = (int) array.getShape().get(array.getShape().dimension() - 1);
        double[][] rows = new double[floats.length / d][d];
        for (int i = 0; i < floats.length; i++) {
            rows[i / d][i % d] = floats[i];
        }
        return rows;
    }

    private static double[][] projected(ConstraintSet set, double[][] points) {
        int d = points[0].length;
        try (NDManager manager = NDManager.newBaseManager()) {
            Projection projection = Projections.onto(set, all(d), manager);
            return rows(projection.of(tensor(manager, points, new Shape(points.length, d))));
        }
    }

    /** Feasible, the point that the reference finds, no obtuse angle missing, and at rest when projected again. */
    private static void check(ConstraintSet set, double[][] points) {
        double[][] nearest = projected(set, points);
        double[][] again = projected(set, nearest);
        double[][] feasible = new double[points.length][];
        for (int i = 0; i < points.length; i++) {
            feasible[i] = DykstraReference.nearest(set, points[i]);
        }
        for (int i = 0; i < points.length; i++) {
            double size = 1 + Arrays.stream(points[i]).map(Math::abs).max().orElseThrow();
            assertThat(distance(set, nearest[i])).isLessThan(FEASIBLE * size);
            assertThat(nearest[i]).containsExactly(feasible[i], within(1e-4 * size));
            assertThat(again[i]).containsExactly(nearest[i], within(FEASIBLE * size));
            for (double[] other : feasible) {
                double product = 0; // (p − x)ᵀ(z − p) ≥ 0 for all z of the set, only at the nearest point
                for (int j = 0; j < other.length; j++) {
                    product += (nearest[i][j] - points[i][j]) * (other[j] - nearest[i][j]);
                }
                assertThat(product).isGreaterThan(-1e-4 * size * size);
            }
        }
    }

    /** The largest distance from a bound or from the half-space of a row. */
    private static double distance(ConstraintSet set, double[] point) {
        double worst = 0;
        for (int j = 0; j < point.length; j++) {
            worst = Math.max(worst, Math.max(set.lower(j) - point[j], point[j] - set.upper(j)));
        }
        for (LinearRow row : set.rows()) {
            double square = 0;
            for (int k = 0; k < row.coefficients().size(); k++) {
                square += row.coefficients().value(k) * row.coefficients().value(k);
            }
            worst = Math.max(worst, row.violation(point) / Math.sqrt(square));
        }
        return worst;
    }

    private static Class<?> kind(ConstraintSet set) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return Projections.onto(set, all(set.decisionCount()), manager).getClass();
        }
    }

    private static SparseVector dense(double... values) {
        return SparseVector.of(all(values.length), values);
    }

    @Test
    void aBoxWithAndWithoutEnds() {
        ConstraintSet set = ConstraintSet.builder(4)
                .bounds(0, -1, 1)
                .bounds(1, 0, Double.POSITIVE_INFINITY)
                .bounds(2, Double.NEGATIVE_INFINITY, -3)
                .build();
        assertThat(kind(set)).isEqualTo(BoxProjection.class);
        check(set, gaussians(new Random(1), POINTS, 4, 3));
    }

    @Test
    void simplicesOfManySizes() {
        Random random = new Random(2);
        for (int d : new int[] {1, 2, 5, 20}) {
            for (double total : new double[] {0, 1, 250}) {
                ConstraintSet set = ConstraintSet.builder(d).simplex(total).build();
                assertThat(kind(set)).isEqualTo(SimplexProjection.class);
                check(set, gaussians(random, POINTS, d, 2));
                check(set, gaussians(random, POINTS, d, 300));
            }
        }
    }

    @Test
    void aSimplexWithLowerBoundsAndAScaledRow() {
        ConstraintSet set = ConstraintSet.builder(3)
                .bounds(0, -1, Double.POSITIVE_INFINITY)
                .bounds(1, 0.5, 100)
                .bounds(2, 2, Double.POSITIVE_INFINITY)
                .row("sum", dense(-2, -2, -2), -8, -8)
                .build();
        assertThat(kind(set)).isEqualTo(SimplexProjection.class);
        check(set, gaussians(new Random(3), POINTS, 3, 3));
    }

    @Test
    void budgetsOfEveryForm() {
        Random random = new Random(4);
        for (int form = 0; form < 24; form++) {
            int d = 1 + random.nextInt(8);
            ConstraintSet.Builder builder = ConstraintSet.builder(d);
            double[] weights = new double[d];
            double inside = 0;
            for (int j = 0; j < d; j++) {
                double low = random.nextInt(3) == 0 ? Double.NEGATIVE_INFINITY : -random.nextDouble();
                double high = random.nextInt(3) == 0 ? Double.POSITIVE_INFINITY : 2 * random.nextDouble();
                builder.bounds(j, low, high);
                weights[j] =
                        j > 0 && random.nextInt(5) == 0 ? 0 : Math.pow(10, random.nextInt(3)) * random.nextGaussian();
                inside += weights[j] * Math.max(low, Math.min(high, 0.3 * random.nextGaussian()));
            }
            double low = form % 3 == 0 ? Double.NEGATIVE_INFINITY : inside - (form % 3 == 1 ? 0 : 0.2);
            double high = form % 3 == 2 && form % 2 == 0 ? Double.POSITIVE_INFINITY : inside;
            ConstraintSet set = builder.row("budget", dense(weights), low, high).build();
            assertThat(kind(set)).isIn(BudgetProjection.class, SimplexProjection.class);
            check(set, gaussians(random, POINTS, d, form % 2 == 0 ? 1 : 20));
        }
    }

    @Test
    void polytopesOfManyRows() {
        Random random = new Random(5);
        for (int form = 0; form < 12; form++) {
            check(polytope(random, 2 + random.nextInt(6), 2 + random.nextInt(5)), gaussians(random, POINTS, 8, 2));
        }
    }

    /** With 0 in it; some rows are equalities. Over eight decisions, of which only the first have bounds. */
    private static ConstraintSet polytope(Random random, int bounded, int rows) {
        ConstraintSet.Builder builder = ConstraintSet.builder(8);
        for (int j = 0; j < bounded; j++) {
            builder.bounds(j, -random.nextDouble(), random.nextDouble());
        }
        for (int i = 0; i < rows; i++) {
            double[] weights = gaussians(random, 1, 8, 1)[0];
            boolean equality = i % 3 == 0;
            builder.row(
                    "row " + i,
                    dense(weights),
                    equality ? 0 : -5 * random.nextDouble(),
                    equality ? 0 : random.nextDouble());
        }
        return builder.build();
    }

    @Test
    void rampsWithABudgetAndLargeNumbers() {
        ConstraintSet set =
                ConstraintSet.builder(8).box(0, 400).ramp(20).budget(900).build();
        assertThat(kind(set)).isEqualTo(SplittingProjection.class);
        check(set, gaussians(new Random(6), POINTS, 8, 300));
    }

    @Test
    void closedFormsAgreeWithTheSplitting() {
        Random random = new Random(7);
        ConstraintSet simplex = ConstraintSet.builder(50).simplex(1).build();
        ConstraintSet budget = ConstraintSet.builder(50)
                .box(0, 0.5)
                .row(
                        "budget",
                        dense(Arrays.stream(gaussians(random, 1, 50, 1)[0])
                                .map(Math::abs)
                                .toArray()),
                        0,
                        2)
                .build();
        double[][] points = gaussians(random, POINTS, 50, 0.5);
        for (ConstraintSet set : new ConstraintSet[] {simplex, budget}) {
            try (NDManager manager = NDManager.newBaseManager()) {
                NDArray z = tensor(manager, points, new Shape(POINTS, 50));
                double[][] closed = rows(Projections.onto(set, all(50), manager).of(z));
                double[][] split = rows(SplittingProjection.onto(Polytope.of(set, all(50)), manager)
                        .of(z));
                for (int i = 0; i < POINTS; i++) {
                    assertThat(split[i]).containsExactly(closed[i], within(2e-5));
                }
            }
        }
    }

    @Test
    void auxiliaryVariablesMayTakeWhateverValueHelps() { // the ball Σ|a| ≤ 1, with |a_j| ≤ u_j
        int d = 6;
        ConstraintSet.Builder builder = ConstraintSet.builder(d);
        SparseVector sum = SparseVector.zero();
        for (int j = 0; j < d; j++) {
            int u = builder.auxiliary(0, Double.POSITIVE_INFINITY);
            builder.row(
                    "plus " + j, SparseVector.of(new int[] {j, u}, new double[] {1, -1}), Double.NEGATIVE_INFINITY, 0);
            builder.row(
                    "minus " + j,
                    SparseVector.of(new int[] {j, u}, new double[] {-1, -1}),
                    Double.NEGATIVE_INFINITY,
                    0);
            sum = sum.plus(SparseVector.unit(u, 1));
        }
        ConstraintSet set =
                builder.row("ball", sum, Double.NEGATIVE_INFINITY, 1).build();
        double[][] points = gaussians(new Random(8), 30, d, 1);
        double[][] nearest = projected(set, points);
        for (int i = 0; i < points.length; i++) {
            assertThat(nearest[i]).containsExactly(ontoBall(points[i]), within(5e-5));
        }
    }

    /** Soft thresholding, at the threshold that bisection finds. */
    private static double[] ontoBall(double[] point) {
        double low = 0;
        double high = 100;
        for (int i = 0; i < 100; i++) {
            double threshold = (low + high) / 2;
            double norm = Arrays.stream(point)
                    .map(x -> Math.max(0, Math.abs(x) - threshold))
                    .sum();
            low = norm > 1 ? threshold : low;
            high = norm > 1 ? high : threshold;
        }
        double threshold = high;
        boolean inside = Arrays.stream(point).map(Math::abs).sum() <= 1;
        return inside
                ? point
                : Arrays.stream(point)
                        .map(x -> Math.signum(x) * Math.max(0, Math.abs(x) - threshold))
                        .toArray();
    }

    @Test
    void rowsAboutOtherDecisionsAreLeftOut() {
        ConstraintSet set = ConstraintSet.builder(4)
                .box(0, 1)
                .row("others", SparseVector.of(new int[] {1, 2}, new double[] {1, 1}), 0, 1)
                .row("own", SparseVector.of(new int[] {3, 0}, new double[] {1, 1}), 1, 1)
                .build();
        try (NDManager manager = NDManager.newBaseManager()) {
            Projection projection = Projections.onto(set, new int[] {3, 0}, manager);
            NDArray nearest = projection.of(tensor(manager, new double[][] {{2, 1.5}}, new Shape(1, 2)));
            assertThat(projection).isInstanceOf(SimplexProjection.class); // an upper bound of 1 is never reached
            assertThat(nearest.toFloatArray()).containsExactly(new float[] {0.75f, 0.25f}, within(1e-6f));
        }
    }

    @Test
    void everyShapeAndManagerIsKeptAndNothingIsLeftBehind() {
        ConstraintSet[] sets = {
            ConstraintSet.builder(3).box(0, 1).build(),
            ConstraintSet.builder(3).simplex(1).build(),
            ConstraintSet.builder(3).box(0, 1).budget(1).build(),
            ConstraintSet.builder(3).box(0, 1).budget(1).ramp(0.2).build()
        };
        double[][] points = gaussians(new Random(9), 10, 3, 1);
        for (ConstraintSet set : sets) {
            try (NDManager manager = NDManager.newBaseManager();
                    NDManager own = manager.newSubManager()) {
                Projection projection = Projections.onto(set, all(3), manager);
                NDArray batch = tensor(own, points, new Shape(2, 5, 3));
                int before = own.getManagedArrays().size();
                NDArray nearest = projection.of(batch);
                assertThat(nearest.getShape()).isEqualTo(new Shape(2, 5, 3));
                assertThat(nearest.getManager()).isSameAs(own);
                assertThat(own.getManagedArrays()).hasSize(before + 1);
                assertThat(rows(nearest)).isDeepEqualTo(rows(projection.of(batch.reshape(10, 3))));
                assertThat(rows(batch)).isDeepEqualTo(rows(tensor(own, points, new Shape(2, 5, 3))));
            }
        }
    }

    @Test
    void integersAreRefusedWithWhatToTakeInstead() {
        assertThat(Projections.support(
                                ConstraintSet.builder(2).box(0, 1).integer(1).build(), all(2))
                        .reason())
                .contains("decision 1 takes integer values only")
                .contains("pool or local-moves");
        ConstraintSet.Builder connected = ConstraintSet.builder(2).box(0, 1);
        int on = connected.auxiliary(0, 1);
        connected.integer(on).row("switch", SparseVector.of(new int[] {0, on}, new double[] {1, -1}), -1, 0);
        assertThat(Projections.support(connected.build(), all(2)).reason()).contains("need not be convex");
        assertThat(Projections.support(connected.build(), new int[] {1}).supported())
                .isTrue();
    }

    @Test
    void solversOwnModelsAreRefused() {
        NativeModel model = new NativeModel() {
            @Override
            public String solver() {
                return "some";
            }

            @Override
            public String description() {
                return "a model of circuits";
            }

            @Override
            public String fingerprint() {
                return "";
            }
        };
        ConstraintSet set =
                ConstraintSet.builder(2).box(0, 1).nativeModel(model).build();
        assertThatThrownBy(() -> kind(set))
                .isInstanceOf(ProjectionException.class)
                .hasMessageContaining("a model of circuits");
    }

    @Test
    void emptySetsAreReported() {
        ConstraintSet byBounds = ConstraintSet.builder(2)
                .box(0, 1)
                .row("much", dense(1, 1), 3, 4)
                .build();
        assertThatThrownBy(() -> kind(byBounds))
                .isInstanceOf(ProjectionException.class)
                .hasMessageContaining("row much");
        ConstraintSet byRows = ConstraintSet.builder(2)
                .box(0, 1)
                .row("more", dense(1, 1), 1.5, 4)
                .row("less", dense(1, 1.01), 0, 1)
                .build();
        assertThatThrownBy(() -> projected(byRows, new double[][] {{0, 0}}))
                .isInstanceOf(ProjectionException.class)
                .hasMessageContaining("Maybe the set is empty");
    }

    @Test
    void freeAuxiliaryVariablesAreRefused() {
        ConstraintSet.Builder builder = ConstraintSet.builder(1).box(0, 1);
        int first = builder.auxiliary(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        int second = builder.auxiliary(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        builder.row("three", dense(1, 1, 1), 0, 0);
        assertThat(first + second).isEqualTo(3);
        assertThatThrownBy(() -> kind(builder.build()))
                .isInstanceOf(ProjectionException.class)
                .hasMessageContaining("do not determine the 2 variables");
    }
}
