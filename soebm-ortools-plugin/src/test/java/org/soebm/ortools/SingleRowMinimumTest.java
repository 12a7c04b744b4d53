package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.IntegerProblems;
import org.soebm.api.solver.SampleAverages;
import org.soebm.api.solver.SampleProblems;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.library.NativeLibrary;

class SingleRowMinimumTest {
    @BeforeAll
    static void load() {
        NativeLibrary.load();
    }

    @Test
    void sampleAveragesMeetTheIndependentOptimum() {
        Random random = new Random(1);
        try (ArgminSolver solver = new OrToolsArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            for (int trial = 0; trial < 10; trial++) {
                IntegerProblems.Solved solved = SampleAverages.beds(trial % 2 == 0 ? 0.8 : 1, random);
                Decision decision = solver.solve(solved.problem());
                assertThat(decision.status()).isEqualTo(SolveStatus.OPTIMAL);
                assertThat(decision.cost()).isCloseTo(solved.optimum(), within(1e-8 * solved.optimum()));
            }
        }
    }

    /** Known and Gaussian, straight and curved, with coefficients of both signs and rows that bind on either side. */
    @Test
    void pricedRowMeetsTheSequentialAndTheQuadraticProgram() {
        Random random = new Random(2);
        int compared = 0;
        for (int trial = 0; trial < 60; trial++) {
            int n = 5;
            double std = trial % 3 == 0 ? 0 : 0.5;
            double[] mean = random.doubles(n, -2, 4).toArray();
            double[] spread = random.doubles(n, 0.5 * std, std + 1e-300).toArray();
            PenaltyObjective objective = SampleProblems.tracking(
                    mean, spread, SampleProblems.shortageAndSurplus(5, 1, trial % 2 == 0 ? 0 : 0.5));
            double side = 2 * random.nextGaussian();
            ConstraintSet set = ConstraintSet.builder(n)
                    .box(-3, 5)
                    .row("row", SparseVector.of(new int[] {0, 1, 2, 3}, new double[] {1, 2, -1, 0.5}), side - 0.5, side)
                    .build();
            RidgeSum sum = RidgeSum.of(objective);
            double[] free = SeparableMinimum.of(sum, set);
            assertThat(free).isNotNull();
            if (AnswerCheck.holds(set, free)) {
                continue;
            }
            double[] point = SingleRowMinimum.of(sum, set, free, SolverOptions.DEFAULT);
            SolveBudget budget = new SolveBudget(SolverOptions.DEFAULT.timeLimit(), Cancellation.NEVER);
            Outcome program = sum.isKnown()
                    ? ConvexProgram.solve(EpigraphModel.of(set, sum).build(), sum, set, SolverOptions.DEFAULT, budget)
                    : new GaussianSequentialQuadratic(sum, set, SolverOptions.DEFAULT, budget).solve(null);
            assertThat(program.status()).isEqualTo(SolveStatus.OPTIMAL);
            assertThat(point).as("trial %s", trial).isNotNull();
            assertThat(set.isFeasible(point, 1e-9)).isTrue();
            double value = sum.value(program.variables());
            assertThat(sum.value(point)).isCloseTo(value, within(2e-6 * Math.max(1, value)));
            compared++;
        }
        assertThat(compared).isGreaterThan(30);
    }
}
