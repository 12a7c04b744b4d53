package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.library.NativeLibrary;

/** The closed forms against the programs that PDLP and GLOP solve. */
class BudgetPolytopeTest {
    private static final double INFINITY = Double.POSITIVE_INFINITY;
    private static final SolveBudget BUDGET = new SolveBudget(SolverOptions.DEFAULT.timeLimit(), Cancellation.NEVER);

    @BeforeAll
    static void load() {
        NativeLibrary.load();
    }

    /** Bounds that are now open, now closed, now equal, and a row with coefficients of both signs. */
    private static ConstraintSet randomSet(int n, Random random) {
        ConstraintSet.Builder set = ConstraintSet.builder(n);
        int[] indices = new int[n];
        double[] coefficients = new double[n];
        double middle = 0;
        for (int i = 0; i < n; i++) {
            double inside = random.nextGaussian();
            double low = random.nextInt(5) == 0 ? -INFINITY : inside - random.nextInt(3);
            set.bounds(i, low, random.nextInt(5) == 0 ? INFINITY : inside + random.nextInt(3));
            indices[i] = i;
            coefficients[i] = random.nextInt(4) - 1;
            middle += coefficients[i] * inside;
        }
        double low = random.nextInt(3) == 0 ? -INFINITY : middle - random.nextInt(2);
        double high = random.nextInt(3) == 0 ? INFINITY : middle + random.nextInt(2);
        return set.row("row", SparseVector.of(indices, coefficients), low, high).build();
    }

    @Test
    void projectionsAreThoseOfTheQuadraticProgram() {
        Random random = new Random(3);
        for (int trial = 0; trial < 200; trial++) {
            int n = 1 + random.nextInt(8);
            ConstraintSet set = randomSet(n, random);
            double[] target = random.doubles(n, -6, 6).toArray();
            double[] exact = new BudgetPolytope(set, SolverOptions.DEFAULT, BUDGET)
                    .project(target)
                    .variables();
            double[] program = new ProgramPolytope(set, SolverOptions.DEFAULT, BUDGET)
                    .project(target)
                    .variables();
            assertThat(set.isFeasible(exact, 1e-12)).as("trial %s", trial).isTrue();
            assertThat(exact).as("trial %s", trial).containsExactly(program, within(1e-6));
        }
    }

    @Test
    void verticesAreAsLowAsThoseOfTheLinearProgram() {
        Random random = new Random(4);
        for (int trial = 0; trial < 200; trial++) {
            int n = 1 + random.nextInt(8);
            ConstraintSet set = randomSet(n, random);
            BudgetPolytope closedForm = new BudgetPolytope(set, SolverOptions.DEFAULT, BUDGET);
            double[] centre =
                    closedForm.project(random.doubles(n, -6, 6).toArray()).variables();
            double[] slope = random.doubles(n, -1, 1).map(Math::rint).toArray(); // zeros among them
            double radius = 3 * random.nextDouble();
            double[] exact = closedForm.vertex(slope, centre, radius).variables();
            double[] program = new ProgramPolytope(set, SolverOptions.DEFAULT, BUDGET)
                    .vertex(slope, centre, radius)
                    .variables();
            assertThat(set.isFeasible(exact, 1e-12)).as("trial %s", trial).isTrue();
            double exactCost = 0;
            double programCost = 0;
            for (int i = 0; i < n; i++) {
                assertThat(Math.abs(exact[i] - centre[i])).isLessThanOrEqualTo(radius + 1e-12);
                exactCost += slope[i] * exact[i];
                programCost += slope[i] * program[i];
            }
            assertThat(exactCost).as("trial %s", trial).isCloseTo(programCost, within(1e-6));
        }
    }

    @Test
    void rowThatNoPointOfTheBoxReachesIsInfeasible() {
        ConstraintSet set = ConstraintSet.builder(3).box(0, 1).simplex(4).build();
        Outcome outcome = new BudgetPolytope(set, SolverOptions.DEFAULT, BUDGET).project(new double[3]);
        assertThat(outcome.status()).isEqualTo(SolveStatus.INFEASIBLE);
        assertThat(outcome.message()).contains("simplex");
    }

    @Test
    void setsWithMoreThanARowTakePrograms() {
        ConstraintSet budget = ConstraintSet.builder(3).box(0, 1).budget(2).build();
        ConstraintSet ramp = ConstraintSet.builder(3).ramp(1).build();
        assertThat(Polytope.of(budget, SolverOptions.DEFAULT, BUDGET).isClosedForm())
                .isTrue();
        assertThat(Polytope.of(ramp, SolverOptions.DEFAULT, BUDGET).isClosedForm())
                .isFalse();
    }
}
