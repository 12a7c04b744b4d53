package org.soebm.runtime.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.SmoothObjective;

class LandscapeTest {
    private static final int POINTS = 11;

    /** A cost that is defined everywhere, or within the bounds only. */
    private record AnyCost(int decisionCount, boolean isDefinedBeyondBounds) implements CostFunction {
        @Override
        public int parameterCount() {
            return 1;
        }

        @Override
        public NDArray cost(NDArray parameters, NDArray decisions) {
            throw new UnsupportedOperationException("the landscape takes objectives");
        }
    }

    /** |a − centre|², which must not be asked for outside a box. */
    private record Bowl(double[] centre, double low, double high) implements SmoothObjective {
        @Override
        public int dimension() {
            return centre.length;
        }

        @Override
        public double value(double[] decisions) {
            double sum = 0;
            for (int i = 0; i < centre.length; i++) {
                assertThat(decisions[i]).isBetween(low, high);
                sum += (decisions[i] - centre[i]) * (decisions[i] - centre[i]);
            }
            return sum;
        }

        @Override
        public double valueAndGradient(double[] decisions, double[] gradient) {
            throw new UnsupportedOperationException("values are enough");
        }
    }

    private static Bowl everywhere(double... centre) {
        return new Bowl(centre, -1e9, 1e9);
    }

    @Test
    void inAPlaneThroughBothMinimaDistancesAreThoseOfTheDecisions() {
        double[] optimum = {1, 2, 3};
        double[] decision = {2, 2, 5};
        double[] other = {0, 3, 3};
        Landscape landscape = Landscape.of(
                new AnyCost(3, true),
                ConstraintSet.builder(3).box(-10, 10).build(),
                everywhere(optimum),
                everywhere(decision),
                optimum,
                decision,
                other,
                POINTS,
                0);
        assertThat(landscape.decision()[0]).isCloseTo(Math.sqrt(5), within(1e-12));
        assertThat(landscape.decision()[1]).isCloseTo(0, within(1e-12));
        for (int line = 0; line < POINTS; line++) {
            for (int column = 0; column < POINTS; column++) {
                double x = landscape.across()[column];
                double y = landscape.up()[line];
                assertThat(landscape.truth()[line][column]).isCloseTo(x * x + y * y, within(1e-9));
                assertThat(landscape.learned()[line][column])
                        .isCloseTo(Math.pow(x - Math.sqrt(5), 2) + y * y, within(1e-9));
            }
        }
        assertThat(landscape.across()[0]).isLessThan(-0.5);
        assertThat(landscape.across()[POINTS - 1]).isGreaterThan(Math.sqrt(5) + 0.5);
    }

    @Test
    void whatIsNotFeasibleIsMarkedAndWhatIsNotDefinedIsNotAskedFor() {
        double[] optimum = {0, 1, 0};
        double[] decision = {1, 0, 0};
        double[] other = {0, 0, 1};
        Landscape landscape = Landscape.of(
                new AnyCost(3, false),
                ConstraintSet.builder(3).box(0, 1).budget(1).build(),
                new Bowl(optimum, -1e-5, 1 + 1e-5),
                new Bowl(decision, -1e-5, 1 + 1e-5),
                optimum,
                decision,
                other,
                301,
                0);
        boolean[][] feasible = landscape.feasible();
        assertThat(feasible).isNotNull();
        int inside = 0;
        double cell = (landscape.across()[1] - landscape.across()[0])
                * (landscape.up()[1] - landscape.up()[0]);
        for (int line = 0; line < 301; line++) {
            for (int column = 0; column < 301; column++) {
                inside += feasible[line][column] ? 1 : 0;
                // The plane is that of the simplex: where it leaves the box nothing is defined, elsewhere all is
                // feasible.
                assertThat(Double.isNaN(landscape.truth()[line][column])).isEqualTo(!feasible[line][column]);
                assertThat(Double.isNaN(landscape.learned()[line][column])).isEqualTo(!feasible[line][column]);
            }
        }
        assertThat(inside * cell).isCloseTo(Math.sqrt(3) / 2, within(0.03)); // the area of the triangle
    }

    @Test
    void equalDecisionsAndASingleOneStillGiveAPicture() {
        double[] same = {1, 2};
        Landscape landscape = Landscape.of(
                new AnyCost(2, true),
                ConstraintSet.unconstrained(2),
                everywhere(same),
                everywhere(same),
                same,
                same,
                same,
                POINTS,
                3);
        assertThat(landscape.decision()).containsExactly(0, 0);
        assertThat(landscape.across()[POINTS - 1] - landscape.across()[0]).isPositive();

        double[] single = {4};
        Landscape line = Landscape.of(
                new AnyCost(1, true),
                ConstraintSet.unconstrained(1),
                everywhere(single),
                everywhere(5),
                single,
                new double[] {5},
                new double[] {7},
                POINTS,
                3);
        assertThat(line.decision()[0]).isCloseTo(1, within(1e-12));
        assertThat(Arrays.stream(line.truth()).map(row -> row[0]).distinct()).hasSize(1); // nothing changes upwards
    }

    @Test
    void aSetWithAuxiliaryVariablesIsNotMarked() {
        ConstraintSet.Builder set = ConstraintSet.builder(2);
        set.auxiliary(0, 1);
        double[] a = {0, 0};
        Landscape landscape =
                Landscape.of(new AnyCost(2, true), set.build(), everywhere(a), everywhere(a), a, a, a, POINTS, 1);
        assertThat(landscape.feasible()).isNull();
    }
}
