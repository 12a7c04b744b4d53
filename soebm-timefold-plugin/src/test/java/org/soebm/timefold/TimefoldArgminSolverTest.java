package org.soebm.timefold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverContract;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.IntegerProblems;
import org.soebm.api.solver.ReferenceValues;
import org.soebm.api.solver.SampleProblems;
import org.soebm.api.solver.SolveStatus;

class TimefoldArgminSolverTest extends ArgminSolverContract {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    @Override
    protected ArgminSolverProvider provider() {
        return new TimefoldArgminSolverProvider();
    }

    @Override
    protected boolean provesOptimality() {
        return false;
    }

    // Point 1: from a flat decision to within 0.1% of max(optimum, 0.1), on every row

    @Test
    void knownReferenceRowsAreSolvedFromAFlatStart() {
        double[][] y = ReferenceValues.table("power-scheduling/parameters.csv");
        assertSmallGaps(y, new double[y.length][24], ReferenceValues.table("power-scheduling/optimal_cost.csv"));
    }

    @Test
    void gaussianReferenceRowsAreSolvedFromAFlatStart() {
        assertSmallGaps(
                ReferenceValues.table("power-scheduling/mean.csv"),
                ReferenceValues.table("power-scheduling/std.csv"),
                ReferenceValues.table("power-scheduling/expected_optimal_cost.csv"));
    }

    private void assertSmallGaps(double[][] mean, double[][] std, double[][] optima) {
        try (ArgminSolver solver = provider().create(options())) {
            for (int row = 0; row < mean.length; row++) {
                ArgminProblem problem = SampleProblems.power(mean[row], std[row]);
                double[] flat = new double[24];
                Arrays.fill(flat, Arrays.stream(mean[row]).average().orElseThrow());
                Decision decision = solver.solve(new ArgminProblem(problem.objective(), problem.constraints(), flat));
                assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE); // searched, not computed
                assertThat(decision.message()).isEmpty();
                double gap = decision.cost() - optima[row][0];
                assertThat(gap).as("row %s", row).isLessThanOrEqualTo(1e-3 * Math.max(optima[row][0], 0.1));
            }
        }
    }

    // Further solutions

    @Test
    void integerSearchesGiveFeasibleDecisionsThatTheyMet() {
        try (ArgminSolver solver = provider().create(options())) {
            for (int items : new int[] {8, 14}) {
                ArgminProblem problem =
                        IntegerProblems.knapsack(items, new Random(3)).problem();
                assertThat(solver.solutions(problem, 20, Cancellation.NEVER)).hasSizeGreaterThan(1);
            }
            ArgminProblem mixed =
                    IntegerProblems.unitCommitment(2, 3, new Random(3)).problem();
            assertThat(solver.solutions(mixed, 20, Cancellation.NEVER)).hasSizeGreaterThan(1);
        }
    }

    // What a status means

    @Test
    void separableMinimumThatIsFeasibleIsProvenOptimal() {
        double[] y = {1, 1.2, 1.1};
        assertThat(solve(SampleProblems.power(y, new double[3])).status()).isEqualTo(SolveStatus.OPTIMAL);
        ArgminProblem ramp = SampleProblems.power(new double[] {1, 3}, new double[2]);
        assertThat(solve(ramp).status()).isEqualTo(SolveStatus.FEASIBLE);
    }

    @Test
    void exhaustedAssignmentsProveAnOptimum() {
        assertThat(solve(IntegerProblems.knapsack(10, new Random(1)).problem()).status())
                .isEqualTo(SolveStatus.OPTIMAL);
    }

    @Test
    void contradictionOfBoundsAndRowsIsProvenAndNamed() {
        ConstraintSet set = ConstraintSet.builder(2)
                .box(0, 1)
                .row("need three", SparseVector.of(new int[] {0, 1}, new double[] {1, 1}), 3, INFINITY)
                .build();
        Decision decision = answer(linear(set, 1, 1));
        assertThat(decision.status()).isEqualTo(SolveStatus.INFEASIBLE);
        assertThat(decision.message()).contains("need three");
    }

    @Test
    void exhaustedAssignmentsProveInfeasibility() {
        // Propagation alone sees nothing: 6x − 4y + 10z = 3 has real solutions but an even left side
        ConstraintSet set = ConstraintSet.builder(3)
                .box(0, 9)
                .allInteger()
                .row("parity", SparseVector.of(new int[] {0, 1, 2}, new double[] {6, -4, 10}), 3, 3)
                .build();
        Decision decision = answer(linear(set, 1, 1, 1));
        assertThat(decision.status()).isEqualTo(SolveStatus.INFEASIBLE);
        assertThat(decision.message()).isNotBlank();
    }

    @Test
    void searchThatFindsNothingFeasibleNamesTheWorstRow() {
        // x = y and x + y = 1 leave x = y = ½, where x + 2y is 1.5 and not 2; single intervals may not show it
        SparseVector difference = SparseVector.of(new int[] {0, 1}, new double[] {1, -1});
        SparseVector sum = SparseVector.of(new int[] {0, 1}, new double[] {1, 1});
        SparseVector twisted = SparseVector.of(new int[] {0, 1}, new double[] {1, 2});
        ConstraintSet set = ConstraintSet.builder(2)
                .box(-9, 9)
                .row("equal", difference, 0, 0)
                .row("sum", sum, 1, 1)
                .row("twisted", twisted, 2, 2)
                .build();
        Decision decision = answer(linear(set, 1, 0));
        assertThat(decision.status()).isIn(SolveStatus.FAILED, SolveStatus.INFEASIBLE);
        assertThat(decision.message()).containsAnyOf("row equal", "row sum", "row twisted");
    }

    @Test
    void decisionThatRunsAwayIsNamed() {
        ConstraintSet set =
                ConstraintSet.builder(3).bounds(0, 0, 1).bounds(1, 0, 1).build();
        Decision decision = answer(linear(set, 1, 1, -1));
        assertThat(decision.status()).isEqualTo(SolveStatus.UNBOUNDED);
        assertThat(decision.message()).contains("decision 2");
        ConstraintSet integers =
                ConstraintSet.builder(2).bounds(0, 0, 1).allInteger().build();
        assertThat(answer(linear(integers, 1, 1)).status()).isEqualTo(SolveStatus.UNBOUNDED);
    }

    @Test
    void oracleThatFallsForEverIsUnbounded() {
        Decision decision = answer(new ArgminProblem(oracle(1, a -> -a[0]), ConstraintSet.unconstrained(1)));
        assertThat(decision.status()).isEqualTo(SolveStatus.UNBOUNDED);
        assertThat(decision.message()).contains("decision 0");
    }

    @Test
    void farOptimumIsFoundThoughNothingBoundsIt() {
        Decision decision = solve(new ArgminProblem(
                oracle(2, a -> Math.pow(a[0] - 2e5, 2) * 1e-8 + Math.abs(a[1] + 3)), ConstraintSet.unconstrained(2)));
        assertThat(decision.values()[0]).isCloseTo(2e5, within(100.0));
        assertThat(decision.values()[1]).isCloseTo(-3, within(1e-3));
    }

    @Test
    void integersStayWholeHoweverNearAWholeNumberTheirBoundsAre() {
        ConstraintSet above =
                ConstraintSet.builder(1).bounds(0, 5e-7, 3).integer(0).build();
        assertThat(solve(linear(above, 1)).values()).containsExactly(1);
        assertThat(solve(linear(above, -1)).values()).containsExactly(3);
        ConstraintSet between = ConstraintSet.builder(1)
                .bounds(0, 1.0000005, 1.9999995)
                .integer(0)
                .build();
        assertThat(answer(linear(between, 1)).status()).isEqualTo(SolveStatus.INFEASIBLE);
    }

    @Test
    void searchOfIntegersThatDidNotTryAllSaysSo() {
        ConstraintSet set = ConstraintSet.builder(2)
                .box(0, 1e5)
                .allInteger()
                .row("capacity", SparseVector.of(new int[] {0, 1}, new double[] {7, 5}), -INFINITY, 7e5 + 3)
                .build();
        Decision decision = solve(linear(set, -3, -2));
        assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(decision.message()).contains("number of moves");
        assertThat(decision.isConverged()).isFalse();
    }

    /** Branch and bound would list all values: it ran out of memory, and of the numbers that Timefold has for ranges. */
    @Test
    void rangesTooWideToListAreSearchedAllTheSame() {
        for (double width : new double[] {1e5, 1e8, 1e12}) {
            for (boolean mixed : new boolean[] {false, true}) {
                ConstraintSet.Builder set = ConstraintSet.builder(2)
                        .box(0, width)
                        .integer(0)
                        .row(
                                "capacity",
                                SparseVector.of(new int[] {0, 1}, new double[] {7, 5}),
                                -INFINITY,
                                7 * width + 3);
                ConstraintSet built = (mixed ? set : set.integer(1)).build();
                Decision decision = answer(linear(built, -3, -2));
                assertThat(built.violation(decision.values())).isLessThanOrEqualTo(1e-9 * Math.max(1e3, 7 * width));
                assertThat(decision.cost()).isCloseTo(-3 * width - 1, within(1e-6 * width + 1)); // 3/7 > 2/5
            }
        }
    }

    /** A step of one alone breaks the row; only all three together, in the ratio 27:5:8, stay on both. */
    @Test
    void integersThatOnlyRunAwayTogetherAreUnbounded() {
        ConstraintSet set = ConstraintSet.builder(3)
                .allInteger()
                .row("pace", SparseVector.of(new int[] {0, 1, 2}, new double[] {3, -5, -7}), 0, 0)
                .row("other pace", SparseVector.of(new int[] {0, 1, 2}, new double[] {1, 1, -4}), 0, 0)
                .build();
        assertThat(answer(linear(set, -1, -1, 0)).status()).isEqualTo(SolveStatus.UNBOUNDED);
    }

    /** 0.02·a ≤ 0 may be missed by 1e-6, which is all of the range of a. */
    @Test
    void rowThatMovesABoundByLessThanItMayBeMissedProvesNoOptimum() {
        ConstraintSet set = ConstraintSet.builder(1)
                .bounds(0, -1e-6, 2e-6)
                .row("nothing", SparseVector.of(new int[] {0}, new double[] {0.02}), -INFINITY, 0)
                .build();
        Decision decision = answer(linear(set, -1e6));
        assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(decision.values()[0]).isCloseTo(0, within(1e-9));
    }

    /** (a₀ − a₁)₊² + 1e-14·(a₀ + a₁)₊² − a₀ − a₁ has its minimum at a₀ = a₁ = 2.5e13. */
    @Test
    void farOptimumOfPenaltiesIsNoRunaway() {
        ResidualPenalty square = new ResidualPenalty(0, 0, 0, 1);
        SparseVector sum = SparseVector.of(new int[] {0, 1}, new double[] {1, 1});
        SparseVector difference = SparseVector.of(new int[] {0, 1}, new double[] {1, -1});
        List<PenaltyTerm> terms =
                List.of(new PenaltyTerm(difference, 0, 0, square), new PenaltyTerm(sum, 0, 0, square.times(1e-14)));
        Decision decision = answer(new ArgminProblem(
                new PenaltyObjective(2, terms, new double[] {-1, -1}, 0), ConstraintSet.unconstrained(2)));
        assertThat(decision.status()).as(decision.message()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(decision.cost()).isCloseTo(-2.5e13, within(2.5e11));
    }

    @Test
    void startFarFromEverythingDoesNoHarm() {
        SparseVector sum = SparseVector.of(new int[] {0, 1}, new double[] {1, 1});
        PenaltyObjective objective = new PenaltyObjective(
                2, List.of(new PenaltyTerm(sum, -1, 0, new ResidualPenalty(0, 0, 1, 0))), new double[] {0, 1}, 0);
        ConstraintSet.Builder set = ConstraintSet.builder(2)
                .nonNegative()
                .row("near", SparseVector.of(new int[] {0, 1}, new double[] {1, -1}), -1, 1);
        for (double far : new double[] {1e6, 1e12, 1e26, 1e300}) {
            Decision decision = solve(new ArgminProblem(objective, set.build(), new double[] {far, -far}));
            assertThat(decision.cost()).as("start %s", far).isCloseTo(0, within(1e-6));
        }
    }

    // Integers with an oracle: refused by solvers that need a gradient

    @Test
    void integersOfAnOracleAreTheBestOfAllAssignments() {
        SmoothObjective wave = oracle(2, a -> Math.sin(3 * a[0]) + Math.cos(2 * a[1]) + 0.05 * a[0] * a[1]);
        double best = INFINITY;
        for (int i = -6; i <= 6; i++) {
            for (int j = -6; j <= 6; j++) {
                best = i + j <= 4 ? Math.min(best, wave.value(new double[] {i, j})) : best;
            }
        }
        ConstraintSet set =
                ConstraintSet.builder(2).box(-6, 6).allInteger().budget(4).build();
        assertThat(solve(new ArgminProblem(wave, set)).cost()).isCloseTo(best, within(1e-9));
    }

    @Test
    void oracleWithIntegersAndContinuousDecisions() {
        // a₀ machines at 2 each, a₁ ≤ 1.5·a₀, (4 − a₁)² for what is short
        ConstraintSet set = ConstraintSet.builder(2)
                .box(0, 8)
                .integer(0)
                .row("capacity", SparseVector.of(new int[] {0, 1}, new double[] {-1.5, 1}), -INFINITY, 0)
                .build();
        Decision decision = solve(new ArgminProblem(oracle(2, a -> 2 * a[0] + Math.pow(4 - a[1], 2)), set));
        assertThat(decision.cost()).isCloseTo(4 + 1, within(1e-6)); // two machines, one unit short
    }

    // Numbers of all sizes

    @Test
    void scaleOfTheProblemDoesNotMatter() {
        double[] y = {1, 2.5, 0.4, 1.9};
        for (double scale : new double[] {1e-4, 1, 1e4, 1e7}) {
            double[] scaled = Arrays.stream(y).map(v -> v * scale).toArray();
            ResidualPenalty squares = new ResidualPenalty(0, 0, 1 / (scale * scale), 0);
            ConstraintSet set = ConstraintSet.builder(4).ramp(0.4 * scale).build();
            Decision decision = answer(new ArgminProblem(SampleProblems.tracking(scaled, new double[4], squares), set));
            assertThat(decision.status().hasDecision()).as(decision.message()).isTrue();
            Decision unit = solve(new ArgminProblem(
                    SampleProblems.tracking(y, new double[4], new ResidualPenalty(0, 0, 1, 0)),
                    ConstraintSet.builder(4).ramp(0.4).build()));
            assertThat(decision.cost()).isCloseTo(unit.cost(), within(1e-5));
        }
    }

    // Seeds, threads, cancellation

    @Test
    void searchesThatEndByThemselvesRepeatThemselves() {
        List<Supplier<ArgminProblem>> problems = List.of(
                () -> SampleProblems.power(SampleProblems.loads(24, new Random(2)), new double[24]),
                () -> SampleProblems.marketSplit(14, 2, new Random(4)),
                () -> IntegerProblems.unitCommitment(2, 4, new Random(1)).problem(),
                () -> SampleProblems.marketSplit(30, 2, new Random(4)));
        for (Supplier<ArgminProblem> problem : problems) {
            double[][] answers = new double[2][];
            for (int i = 0; i < answers.length; i++) {
                try (ArgminSolver solver = provider().create(options().withSeed(11))) {
                    answers[i] = solver.solve(problem.get()).values();
                }
            }
            assertThat(answers[1]).isEqualTo(answers[0]);
        }
    }

    /** Ranges of integers are shrunk variable by variable, where looks at the clock are easily forgotten. */
    @Test
    void thousandsOfIntegersKeepTheTimeLimit() {
        int n = 5000;
        Random random = new Random(5);
        List<PenaltyTerm> terms = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            terms.add(new PenaltyTerm(
                    SparseVector.unit(i, 1), -5 * random.nextGaussian(), 1, new ResidualPenalty(0, 9, 0.5, 0)));
            if (i > 0) {
                SparseVector step = SparseVector.of(new int[] {i - 1, i}, new double[] {1, -1});
                terms.add(new PenaltyTerm(step, 0, 0, new ResidualPenalty(0, 2, 0, 1)));
            }
        }
        ArgminProblem problem = new ArgminProblem(
                new PenaltyObjective(n, terms, new double[n], 0),
                ConstraintSet.builder(n).box(-10, 10).allInteger().build());
        try (ArgminSolver solver = provider().create(options().withTimeLimit(Duration.ofMillis(500)))) {
            Decision decision = solver.solve(problem);
            assertThat(decision.solveTime()).isLessThan(Duration.ofSeconds(5)); // it took 16
            assertThat(decision.message()).contains("time limit");
        }
    }

    @Test
    void interruptedThreadStopsSolving() {
        ArgminProblem problem = SampleProblems.power(new double[] {1, 3}, new double[2]);
        try (ArgminSolver solver = provider().create(options())) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> solver.solve(problem)).isInstanceOf(CancellationException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue(); // the flag stays for the caller
        }
    }

    private Decision answer(ArgminProblem problem) {
        try (ArgminSolver solver = provider().create(options())) {
            return solver.solve(problem);
        }
    }

    private static ArgminProblem linear(ConstraintSet set, double... cost) {
        return new ArgminProblem(new PenaltyObjective(cost.length, List.of(), cost, 0), set);
    }

    /** A value; its gradient is of no use to this solver. */
    private static SmoothObjective oracle(int dimension, ToDoubleFunction<double[]> value) {
        return new SmoothObjective() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public double value(double[] decisions) {
                return value.applyAsDouble(decisions);
            }

            @Override
            public double valueAndGradient(double[] decisions, double[] gradient) {
                throw new AssertionError("scored by value only");
            }
        };
    }
}
