package org.soebm.runtime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.linear.SparseVector;

/** Draws against the density itself, integrated or enumerated. */
class DecisionDrawsTest {
    private static final int DRAWS = 4000;
    private static final double LEAST_P = 1e-4;

    private static double[][] draws(
            ConstraintSet set, ToDoubleFunction<double[]> log, double[] start, int apart, long seed) {
        FreePolytope polytope = FreePolytope.of(set);
        HitAndRun chain = new HitAndRun(polytope, log, 0.5, polytope.inner(start), new Random(seed));
        chain.after(300);
        double[][] draws = new double[DRAWS][];
        Arrays.setAll(draws, i -> chain.after(apart));
        return draws;
    }

    private static double[] column(double[][] draws, ToDoubleFunction<double[]> of) {
        return Arrays.stream(draws).mapToDouble(of).toArray();
    }

    /** The p-value of draws against the distribution with a density on [low, high], integrated on a fine grid. */
    private static double pValue(double[] draws, DoubleUnaryOperator density, double low, double high) {
        int cells = 20_000;
        double[] cumulated = new double[cells + 1];
        for (int i = 0; i < cells; i++) {
            double x = low + (high - low) * (i + 0.5) / cells;
            cumulated[i + 1] = cumulated[i] + density.applyAsDouble(x);
        }
        // Draws go through the distribution function, after which they are uniform if it is theirs.
        double[] uniform = Arrays.stream(draws)
                .map(x -> {
                    double place = Math.min(cells - 1e-9, Math.max(0, (x - low) / (high - low) * cells));
                    int cell = (int) place;
                    return (cumulated[cell] + (place - cell) * (cumulated[cell + 1] - cumulated[cell]))
                            / cumulated[cells];
                })
                .toArray();
        return new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new UniformRealDistribution(null, 0, 1), uniform);
    }

    @Test
    void onAnIntervalTheDrawsHaveTheDensity() {
        ToDoubleFunction<double[]> log = a -> -3 * Math.abs(a[0] - 0.3) - 2 * a[0] * a[0];
        double[][] draws = draws(ConstraintSet.builder(1).box(-0.5, 2).build(), log, new double[] {0.3}, 3, 1);
        assertThat(pValue(column(draws, a -> a[0]), x -> Math.exp(log.applyAsDouble(new double[] {x})), -0.5, 2))
                .isGreaterThan(LEAST_P);
    }

    @Test
    void onTheWholeLineTheDrawsHaveTheDensity() {
        ToDoubleFunction<double[]> log = a -> -0.5 * a[0] * a[0] / 9;
        double[][] draws = draws(ConstraintSet.unconstrained(1), log, new double[] {0}, 6, 2);
        assertThat(pValue(column(draws, a -> a[0]), x -> Math.exp(-x * x / 18), -30, 30))
                .isGreaterThan(LEAST_P);
    }

    /** The chain starts in a corner. */
    @Test
    void underABudgetTheDrawsAreFeasibleAndHaveTheMarginalDensity() {
        ConstraintSet set = ConstraintSet.builder(3).nonNegative().budget(1).build();
        ToDoubleFunction<double[]> log = a -> 2 * a[0] - a[1];
        double[][] draws = draws(set, log, new double[] {1, 0, 0}, 12, 3);
        assertThat(Arrays.stream(draws)).allMatch(a -> set.isFeasible(a, 1e-9));
        // Integrated over a1 and a2 in the triangle a1 + a2 <= 1 - a0: exp(2 a0) ((1 - a0) - (1 - exp(-(1 - a0)))).
        assertThat(pValue(column(draws, a -> a[0]), x -> Math.exp(2 * x) * ((1 - x) - (1 - Math.exp(-(1 - x)))), 0, 1))
                .isGreaterThan(LEAST_P);
    }

    @Test
    void onASimplexTheDrawsStayOnItAndHaveTheMarginalDensity() {
        ConstraintSet set = ConstraintSet.builder(3).simplex(2).build();
        double[][] draws = draws(set, a -> 0, new double[] {0, 0, 2}, 12, 4);
        assertThat(Arrays.stream(draws)).allMatch(a -> set.isFeasible(a, 1e-9));
        assertThat(pValue(column(draws, a -> a[1]), x -> 2 - x, 0, 2)).isGreaterThan(LEAST_P);
    }

    @Test
    void integersAreDrawnAsOftenAsTheirWeightsSay() {
        ConstraintSet set = ConstraintSet.builder(2)
                .box(0, 3)
                .allInteger()
                .row("both", SparseVector.of(new int[] {0, 1}, new double[] {1, 1}), Double.NEGATIVE_INFINITY, 4)
                .build();
        ToDoubleFunction<double[]> log = a -> 0.4 * a[0] - 0.3 * a[1] * a[0];
        double[][] draws = draws(set, log, new double[] {0, 0}, 12, 5);
        double total = 0;
        for (int i = 0; i <= 3; i++) {
            for (int j = 0; j <= 3 && i + j <= 4; j++) {
                total += Math.exp(log.applyAsDouble(new double[] {i, j}));
            }
        }
        for (int i = 0; i <= 3; i++) {
            for (int j = 0; j <= 3; j++) {
                double[] point = {i, j};
                double expected = i + j <= 4 ? Math.exp(log.applyAsDouble(point)) / total : 0;
                double share = Arrays.stream(draws)
                                .filter(a -> Arrays.equals(a, point))
                                .count()
                        / (double) DRAWS;
                assertThat(share).isCloseTo(expected, within(5 * Math.sqrt(expected / DRAWS)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aNarrowPolytopeOfManyDecisionsIsLeftByNoDraw(long seed) {
        Random random = new Random(seed);
        int n = 24;
        ConstraintSet set = ConstraintSet.builder(n).box(0, 3).ramp(0.4).build();
        double[] start = new double[n]; // a corner of the box and of every ramp's strip
        double[] centre = random.doubles(n, 0.5, 2).toArray();
        ToDoubleFunction<double[]> log = a -> {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum -= 5 * Math.abs(a[i] - centre[i]);
            }
            return sum;
        };
        double[][] draws = draws(set, log, start, 4, seed);
        assertThat(Arrays.stream(draws)).allMatch(a -> set.isFeasible(a, 1e-9));
        assertThat(Arrays.stream(draws).mapToDouble(log).average().getAsDouble())
                .isGreaterThan(log.applyAsDouble(start));
        assertThat(Arrays.stream(draws).map(Arrays::toString).distinct().count())
                .isGreaterThan(DRAWS / 2);
    }

    @Test
    void setsThatNoLineGoesThroughAndEnergiesThatDoNotGrowAreRefused() {
        ConstraintSet.Builder withAuxiliary = ConstraintSet.builder(1);
        withAuxiliary.auxiliary(0, 1);
        assertThatThrownBy(() -> FreePolytope.of(withAuxiliary.build()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("auxiliary variables");
        assertThatThrownBy(() -> FreePolytope.of(
                        ConstraintSet.builder(2).simplex(3).allInteger().build()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("integers under an equality row");
        assertThatThrownBy(() -> draws(ConstraintSet.unconstrained(1), a -> 0, new double[1], 1, 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("Bound the decisions");
    }
}
