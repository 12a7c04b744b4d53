package org.soebm.api.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.cost.Objective;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.linear.SparseVector;

/**
 * What every solver plug-in must do. A plug-in extends this class and says how exact it is; problems that its provider
 * refuses are skipped, visibly and with the provider's reason.
 *
 * <pre>{@code
 * class MySolverTest extends ArgminSolverContract {
 *     @Override
 *     protected ArgminSolverProvider provider() {
 *         return new MySolverProvider();
 *     }
 * }
 * }</pre>
 */
public abstract class ArgminSolverContract {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** The provider under test. */
    protected abstract ArgminSolverProvider provider();

    /** Options for all tests but those of the time limit. */
    protected SolverOptions options() {
        return SolverOptions.DEFAULT.withThreads(2);
    }

    /** Whether convex problems end as OPTIMAL, INFEASIBLE or UNBOUNDED; a local search proves none of them. */
    protected boolean provesOptimality() {
        return true;
    }

    /** How far costs may be above the optimum, relative to max(|optimum|, 1). */
    protected double costTolerance() {
        return 1e-5;
    }

    /** How far decisions may be from a unique optimum. */
    protected double decisionTolerance() {
        return 1e-3;
    }

    // Known optima

    @Test
    void knownParametersAreMetExactlyWhereNothingHinders() {
        double[] y = {0.3, -1.2, 4, 0};
        Decision decision = solve(problem(SampleProblems.tracking(y, new double[4], tracking()), box(4, -5, 5)));
        assertOptimum(decision, 0, y);
    }

    @Test
    void boundsHoldTheDecisionBackFromTheParameters() {
        double[] y = {3, -2};
        Decision decision = solve(problem(SampleProblems.tracking(y, new double[2], tracking()), box(2, 0, 1)));
        assertOptimum(decision, 50 * 2 + 0.5 * 4 + 0.5 * 2 + 0.5 * 4, 1, 0);
    }

    @Test
    void linearProgramEndsInItsVertex() {
        ConstraintSet set =
                ConstraintSet.builder(2).nonNegative().budget(4).bounds(1, 0, 3).build();
        Decision decision = solve(problem(new PenaltyObjective(2, List.of(), new double[] {-1, -2}, 10), set));
        assertOptimum(decision, 3, 1, 3);
    }

    @Test
    void constantObjectiveTakesAnyFeasibleDecision() {
        ConstraintSet set = ConstraintSet.builder(3).simplex(2).build();
        Decision decision = solve(problem(new PenaltyObjective(3, List.of(), new double[3], 7), set));
        assertThat(decision.cost()).isEqualTo(7);
    }

    @Test
    void squaresProjectOntoTheSimplex() {
        double[] y = {0.9, 0.6, -3}; // the projection is max(y - 0.25, 0)
        Decision decision = solve(problem(
                SampleProblems.tracking(y, new double[3], new ResidualPenalty(0, 0, 1, 0)),
                ConstraintSet.builder(3).simplex(1).build()));
        assertOptimum(decision, 2 * 0.25 * 0.25 + 9, 0.65, 0.35, 0);
    }

    @Test
    void sampleAverageOfAbsoluteErrorsIsTheMedian() {
        double[] scenarios = {5, 1, 9, 2, 30};
        ResidualPenalty absolute = SampleProblems.shortageAndSurplus(1, 1, 0);
        Decision decision = solve(problem(sampleAverage(scenarios, absolute), box(1, -100, 100)));
        assertOptimum(decision, (4 + 3 + 0 + 4 + 25) / 5.0, 5);
    }

    @Test
    void sampleAverageOfSquaresIsTheMeanAndABudgetCutsIt() {
        double[] scenarios = {5, 1, 9, 2, 30}; // mean 9.4
        ResidualPenalty square = new ResidualPenalty(0, 0, 1, 0);
        assertOptimum(solve(problem(sampleAverage(scenarios, square), box(1, -100, 100))), 113.84, 9.4);
        ConstraintSet budget = ConstraintSet.builder(1).budget(5).build();
        assertOptimum(solve(problem(sampleAverage(scenarios, square), budget)), 113.84 + 4.4 * 4.4, 5);
    }

    @Test
    void hingesAndSquaredHingesOnBothSidesBalance() {
        // 4[y - a]₊² + [a - y]₊² at y = 0 and y = 5: 2·4(5 - a) = 2a, so a = 4
        ResidualPenalty penalty = new ResidualPenalty(0, 0, 1, 3);
        Decision decision = solve(problem(sampleAverage(new double[] {0, 5}, penalty), ramplessRow(1)));
        assertOptimum(decision, (16 + 4) / 2.0, 4);
    }

    @Test
    void residualsOfSeveralDecisionsMeet() {
        List<PenaltyTerm> terms = List.of(
                new PenaltyTerm(vector(1, 1), -3, 0, new ResidualPenalty(0, 0, 1, 0)),
                new PenaltyTerm(vector(1, -1), -1, 0, new ResidualPenalty(0, 0, 2, 0)));
        Decision decision = solve(problem(new PenaltyObjective(2, terms, new double[2], 0), box(2, -9, 9)));
        assertOptimum(decision, 0, 2, 1);
    }

    @Test
    void hingesOfSeveralDecisionsActLikePrices() {
        // 3·[a₀ + a₁ - 1]₊ - 2a₀ - a₁ on [0, 2]²: one unit of a₀ is free, every more costs 3 and brings 2
        List<PenaltyTerm> terms = List.of(new PenaltyTerm(vector(1, 1), -1, 0, new ResidualPenalty(0, 3, 0, 0)));
        Decision decision = solve(problem(new PenaltyObjective(2, terms, new double[] {-2, -1}, 0), box(2, 0, 2)));
        assertOptimum(decision, -2, 1, 0);
    }

    @Test
    void expectedShortageAndSurplusIsBalancedAtTheQuantile() {
        double z = 1.2815515655446004; // Φ(z) = 0.9
        double[] mean = {10, -4};
        double[] std = {2, 0.01};
        Decision decision = solve(problem(
                SampleProblems.tracking(mean, std, SampleProblems.shortageAndSurplus(9, 1, 0)), box(2, -50, 50)));
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        assertOptimum(decision, 10 * density * (2 + 0.01), 10 + 2 * z, -4 + 0.01 * z);
    }

    @Test
    void expectedSquaresAreTheSquaresPlusTheVariance() {
        double[] mean = {0.9, 0.6, -3};
        Decision decision = solve(problem(
                SampleProblems.tracking(mean, new double[] {1, 2, 3}, new ResidualPenalty(0, 0, 1, 0)),
                ConstraintSet.builder(3).simplex(1).build()));
        assertOptimum(decision, 2 * 0.25 * 0.25 + 9 + 14, 0.65, 0.35, 0);
    }

    @Test
    void auxiliaryVariablesCertifyFeasibility() {
        // Σ|aᵢ| ≤ 1 through uᵢ ≥ |aᵢ|: the closest point to (3, 1) is (1, 0)
        ConstraintSet.Builder set = ConstraintSet.builder(2);
        int u0 = set.auxiliary(0, INFINITY);
        int u1 = set.auxiliary(0, INFINITY);
        for (int i = 0; i < 2; i++) {
            int u = i == 0 ? u0 : u1;
            set.row("above", SparseVector.of(new int[] {i, u}, new double[] {-1, 1}), 0, INFINITY);
            set.row("below", SparseVector.of(new int[] {i, u}, new double[] {1, 1}), 0, INFINITY);
        }
        set.row("norm", SparseVector.of(new int[] {u0, u1}, new double[] {1, 1}), -INFINITY, 1);
        ResidualPenalty square = new ResidualPenalty(0, 0, 1, 0);
        Decision decision =
                solve(problem(SampleProblems.tracking(new double[] {3, 1}, new double[2], square), set.build()));
        assertThat(decision.auxiliaries()).hasSize(2);
        assertOptimum(decision, 5, 1, 0);
    }

    @Test
    void startDoesNotChangeTheOptimum() {
        ArgminProblem problem = SampleProblems.power(new double[] {1, 2, 1, 3}, new double[] {0.5, 0.1, 0.2, 0.3});
        Decision without = solve(problem);
        for (double start : new double[] {-40, 0, 7}) {
            double[] from = new double[4];
            Arrays.fill(from, start);
            from[0] += 5; // infeasible
            Decision decision = solve(new ArgminProblem(problem.objective(), problem.constraints(), from));
            assertOptimum(decision, without.cost(), without.values());
        }
    }

    @Test
    void smoothOracleEndsWhereItsGradientVanishes() {
        Decision decision = solve(problem(logSumExp(new double[] {0.5, -1, 2}), box(3, -3, 3)));
        assertSmoothOptimum(decision, Math.log(3) - (0.5 - 1 + 2) / 3, 0.5, -1, 2);
    }

    @Test
    void smoothOracleStopsAtTheRows() {
        // The simplex lets Σaᵢ = 1 only: all coordinates of a - c are equal at the optimum
        Decision decision = solve(problem(
                logSumExp(new double[] {0.2, 0.1, 0.4}),
                ConstraintSet.builder(3).simplex(1).build()));
        assertSmoothOptimum(decision, Math.log(3) - 0.7 / 3, 0.3, 0.2, 0.5);
    }

    // Reference values

    @Test
    void referenceOptimaOfKnownParameters() {
        double[][] y = ReferenceValues.table("power-scheduling/parameters.csv");
        double[][] decisions = ReferenceValues.table("power-scheduling/optimal_decisions.csv");
        double[][] costs = ReferenceValues.table("power-scheduling/optimal_cost.csv");
        for (int row = 0; row < y.length; row++) {
            assertOptimum(solve(SampleProblems.power(y[row], new double[24])), costs[row][0], decisions[row]);
        }
    }

    @Test
    void referenceOptimaOfGaussianParameters() {
        double[][] mean = ReferenceValues.table("power-scheduling/mean.csv");
        double[][] std = ReferenceValues.table("power-scheduling/std.csv");
        double[][] decisions = ReferenceValues.table("power-scheduling/expected_optimal_decisions.csv");
        double[][] costs = ReferenceValues.table("power-scheduling/expected_optimal_cost.csv");
        for (int row = 0; row < mean.length; row++) {
            assertOptimum(solve(SampleProblems.power(mean[row], std[row])), costs[row][0], decisions[row]);
        }
    }

    // Integers against brute force

    /** A penalty on residuals of integer decisions, and the std of its parameter. */
    public static Stream<Arguments> penaltiesAndStds() {
        return Stream.of(
                Arguments.of(SampleProblems.shortageAndSurplus(5, 1, 0), 0),
                Arguments.of(SampleProblems.shortageAndSurplus(2, 0.5, 0.7), 0),
                Arguments.of(new ResidualPenalty(-0.3, 1, 0.2, 2), 0),
                Arguments.of(SampleProblems.shortageAndSurplus(5, 1, 0.3), 0.8));
    }

    @ParameterizedTest
    @MethodSource("org.soebm.api.solver.ArgminSolverContract#penaltiesAndStds")
    void integerOptimumIsTheBestOfAllAssignments(ResidualPenalty penalty, double std) {
        Random random = new Random(5);
        for (int trial = 0; trial < 8; trial++) {
            int n = 3;
            List<PenaltyTerm> terms = new ArrayList<>();
            for (int k = 0; k < 5; k++) {
                SparseVector d = k < n ? SparseVector.unit(k, -1) : randomVector(n, random);
                terms.add(new PenaltyTerm(d, 4 * random.nextGaussian(), std, penalty));
            }
            PenaltyObjective objective = new PenaltyObjective(n, terms, new double[] {0.1, -0.2, 0}, 1);
            ConstraintSet.Builder set = ConstraintSet.builder(n).box(-4, 4).allInteger();
            for (int k = 0; k < 2; k++) {
                set.row("row " + k, randomVector(n, random), -4.5, 3 * random.nextDouble());
            }
            assertBestOfGrid(problem(objective, set.build()), -4, 4);
        }
    }

    @Test
    void integersMixWithContinuousDecisions() {
        // a₀ ∈ Z is the number of machines, a₁ ≤ 1.5·a₀ what they make of the demand of 4
        ConstraintSet set = ConstraintSet.builder(2)
                .nonNegative()
                .integer(0)
                .row("capacity", vector(-1.5, 1), -INFINITY, 0)
                .build();
        for (double square : new double[] {0, 1}) {
            List<PenaltyTerm> terms = List.of(
                    new PenaltyTerm(SparseVector.unit(1, -1), 4, 0, SampleProblems.shortageAndSurplus(3, 1, square)));
            Decision decision = solve(problem(new PenaltyObjective(2, terms, new double[] {2, 0}, 0), set));
            assertOptimum(decision, 6, 3, 4); // 2 machines would cost 4 and leave a shortage of 1, worth 3 or 4
        }
    }

    @Test
    void knapsackIsTheBestOfAllSelections() {
        for (int items : new int[] {3, 8, 12}) {
            for (int seed = 0; seed < 4; seed++) {
                assertSolved(IntegerProblems.knapsack(items, new Random(seed)));
            }
        }
    }

    @Test
    void assignmentIsTheBestOfAllPermutations() {
        for (int workers : new int[] {2, 3, 5}) {
            for (int seed = 0; seed < 4; seed++) {
                assertSolved(IntegerProblems.assignment(workers, new Random(seed)));
            }
        }
    }

    @Test
    void unitCommitmentIsTheBestOfAllPlans() {
        for (int seed = 0; seed < 4; seed++) {
            assertSolved(IntegerProblems.unitCommitment(1, 3, new Random(seed)));
            assertSolved(IntegerProblems.unitCommitment(2, 6, new Random(seed)));
            assertSolved(IntegerProblems.unitCommitment(3, 4, new Random(seed)));
        }
    }

    @Test
    void everyReturnedIntegerIsAnInteger() {
        Decision decision = solve(SampleProblems.marketSplit(12, 2, new Random(1)));
        for (double value : decision.values()) {
            assertThat(value).isEqualTo(Math.rint(value));
        }
    }

    // Problems without an optimum

    @Test
    void contradictingRowsAreInfeasible() {
        for (Objective objective : objectives(2)) {
            ConstraintSet.Builder set = ConstraintSet.builder(2).box(0, 1).row("more", vector(1, 1), 3, INFINITY);
            assertNoOptimum(problem(objective, set.build()), SolveStatus.INFEASIBLE);
            if (objective instanceof PenaltyObjective) {
                assertNoOptimum(problem(objective, set.integer(0).build()), SolveStatus.INFEASIBLE);
            }
        }
    }

    @Test
    void noIntegerInAnIntervalIsInfeasible() {
        ConstraintSet.Builder set = ConstraintSet.builder(2).box(0, 5).row("between", vector(2, 2), 3, 3.5);
        for (Objective objective : objectives(2)) {
            if (objective instanceof PenaltyObjective) {
                assertNoOptimum(problem(objective, set.allInteger().build()), SolveStatus.INFEASIBLE);
            }
        }
    }

    @Test
    void objectiveThatFallsForEverIsUnbounded() {
        ConstraintSet.Builder set = ConstraintSet.builder(2).row("side", vector(1, 1), -INFINITY, 3);
        for (double square : new double[] {0, 1}) {
            for (double std : new double[] {0, 0.5}) {
                List<PenaltyTerm> terms = List.of(
                        new PenaltyTerm(SparseVector.unit(1, 1), -1, std, new ResidualPenalty(0, 2, square, 0)));
                PenaltyObjective objective = new PenaltyObjective(2, terms, new double[] {1, 0}, 0);
                assertNoOptimum(problem(objective, set.build()), SolveStatus.UNBOUNDED);
                assertNoOptimum(
                        problem(objective, ConstraintSet.builder(2).integer(0).build()), SolveStatus.UNBOUNDED);
            }
        }
    }

    /** On the line a₀ = a₁ = a₂ the slopes 0.3, −0.1 and −0.2 cancel, in doubles only nearly. */
    @Test
    void slopesThatCancelUpToRoundingAreNoFall() {
        for (int sign = -1; sign <= 1; sign += 2) {
            ConstraintSet set = ConstraintSet.builder(3)
                    .row("first", SparseVector.of(new int[] {0, 1}, new double[] {1, -1}), 0, 0)
                    .row("second", SparseVector.of(new int[] {0, 2}, new double[] {1, -1}), 0, 0)
                    .build();
            double[] linear = {sign * 0.3, sign * -0.1, sign * -0.2};
            Decision decision = solve(problem(new PenaltyObjective(3, List.of(), linear, 0), set));
            assertThat(decision.cost()).isCloseTo(0, within(tolerance(0)));
        }
    }

    @Test
    void penaltyThatOutweighsTheFallIsBounded() {
        // min a + 3[-a]₊: the linear part falls for ever, the whole has its optimum at 0
        List<PenaltyTerm> terms =
                List.of(new PenaltyTerm(SparseVector.unit(0, -1), 0, 0, new ResidualPenalty(0, 3, 0, 0)));
        Decision decision =
                solve(problem(new PenaltyObjective(1, terms, new double[] {1}, 0), ConstraintSet.unconstrained(1)));
        assertOptimum(decision, 0, 0);
    }

    // Limits, cancellation, threads

    @Test
    void timeLimitIsKept() {
        ArgminProblem problem = SampleProblems.marketSplit(50, 6, new Random(3));
        assumeSupported(problem);
        try (ArgminSolver solver = provider().create(options().withTimeLimit(Duration.ofMillis(500)))) {
            long start = System.nanoTime();
            Decision decision = solver.solve(problem);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(decision.status()).isIn(SolveStatus.FEASIBLE, SolveStatus.TIME_LIMIT);
            if (decision.status().hasDecision()) {
                assertSound(problem, decision);
            }
        }
    }

    @Test
    void cancelledBeforehandThrows() {
        try (ArgminSolver solver = provider().create(options())) {
            ArgminProblem problem = SampleProblems.power(new double[] {1, 2}, new double[2]);
            assumeSupported(problem);
            assertThatThrownBy(() -> solver.solve(problem, () -> true)).isInstanceOf(CancellationException.class);
        }
    }

    @Test
    void cancellationStopsALongSolve() {
        ArgminProblem problem = SampleProblems.marketSplit(50, 6, new Random(3));
        assumeSupported(problem);
        try (ArgminSolver solver = provider().create(options().withTimeLimit(Duration.ofSeconds(60)))) {
            long start = System.nanoTime();
            Cancellation soon = () -> System.nanoTime() - start > 300_000_000;
            assertThatThrownBy(() -> solver.solve(problem, soon)).isInstanceOf(CancellationException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void cancellationThatFailsEndsALongSolveWithItsFailure() {
        ArgminProblem problem = SampleProblems.marketSplit(50, 6, new Random(3));
        assumeSupported(problem);
        try (ArgminSolver solver = provider().create(options().withTimeLimit(Duration.ofSeconds(60)))) {
            long start = System.nanoTime();
            Cancellation broken = () -> {
                if (System.nanoTime() - start > 300_000_000) {
                    throw new IllegalStateException("broken");
                }
                return false;
            };
            assertThatThrownBy(() -> solver.solve(problem, broken))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void cancellationStopsABulk() {
        ArgminProblem problem = SampleProblems.power(new double[] {1, 2, 1}, new double[] {1, 1, 1});
        assumeSupported(problem);
        AtomicInteger solved = new AtomicInteger();
        try (ArgminSolver solver = provider().create(options())) {
            assertThatThrownBy(() -> solver.solveAll(
                            100_000, i -> problem, (i, d) -> solved.incrementAndGet(), () -> solved.get() >= 3))
                    .isInstanceOf(CancellationException.class);
        }
        assertThat(solved.get()).isBetween(3, 50);
    }

    @Test
    void bulkAnswersComeInOrderWhateverTheThreads() {
        assumeSupported(SampleProblems.power(new double[2], new double[2]));
        try (ArgminSolver solver = provider().create(options().withThreads(8))) {
            int count = 64;
            List<ArgminProblem> problems = new ArrayList<>();
            Random random = new Random(7);
            for (int i = 0; i < count; i++) {
                double[] std = new double[6];
                Arrays.fill(std, i % 2 == 0 ? 0 : 0.3);
                problems.add(SampleProblems.power(SampleProblems.loads(6, random), std));
            }
            AtomicInteger heard = new AtomicInteger();
            List<Decision> together =
                    solver.solveAll(count, problems::get, (i, d) -> heard.incrementAndGet(), Cancellation.NEVER);
            assertThat(heard).hasValue(count);
            for (int i = 0; i < count; i++) {
                assertSound(problems.get(i), together.get(i));
                Decision alone = solver.solve(problems.get(i));
                if (provesOptimality()) {
                    assertThat(together.get(i).values()).isEqualTo(alone.values());
                } else {
                    assertThat(together.get(i).cost()).isCloseTo(alone.cost(), within(tolerance(alone.cost())));
                }
            }
        }
    }

    @Test
    void threadsDoNotDisturbEachOtherOnIntegers() {
        List<IntegerProblems.Solved> problems = IntStream.range(0, 32)
                .mapToObj(i -> i % 2 == 0
                        ? IntegerProblems.unitCommitment(2, 3, new Random(i))
                        : IntegerProblems.knapsack(8, new Random(i)))
                .toList();
        assumeSupported(problems.get(0).problem());
        try (ArgminSolver solver = provider().create(options().withThreads(8))) {
            List<Decision> decisions =
                    solver.solveAll(problems.size(), i -> problems.get(i).problem(), (i, d) -> {}, Cancellation.NEVER);
            for (int i = 0; i < problems.size(); i++) {
                double optimum = problems.get(i).optimum();
                assertThat(decisions.get(i).cost()).isCloseTo(optimum, within(tolerance(optimum)));
            }
        }
    }

    @Test
    void sameSeedSameAnswer() {
        if (!provesOptimality()) {
            return; // a search that the clock ends cannot promise it
        }
        ArgminProblem[] problems = {
            SampleProblems.power(SampleProblems.loads(24, new Random(2)), new double[24]),
            SampleProblems.marketSplit(14, 2, new Random(4))
        };
        for (ArgminProblem problem : problems) {
            if (provider().supports(problem).supported()) {
                double[][] answers = new double[3][];
                for (int i = 0; i < answers.length; i++) {
                    try (ArgminSolver solver = provider().create(options().withSeed(11))) {
                        answers[i] = solver.solve(problem).values();
                    }
                }
                assertThat(answers[1]).isEqualTo(answers[0]);
                assertThat(answers[2]).isEqualTo(answers[0]);
            }
        }
    }

    // Costs that are linear in a

    /** Costs with signs and fractions over small sets: of vertices, of integers and of both. */
    @Test
    void linearCostsEndInTheBestVertexOrInteger() {
        Random random = new Random(8);
        for (int trial = 0; trial < 6; trial++) {
            int n = 4;
            double[] cost = random.doubles(n, -1, 1).toArray();
            double[] weight = random.doubles(n, 0.3, 1.7).toArray();
            SparseVector weights = SparseVector.of(new int[] {0, 1, 2, 3}, weight);
            PenaltyObjective objective = new PenaltyObjective(n, List.of(), cost, -0.37);
            ConstraintSet.Builder set = ConstraintSet.builder(n).box(0, 3).row("capacity", weights, -INFINITY, 3.1);
            Decision continuous = solve(problem(objective, set.build()));
            double greedy = -0.37; // all of the capacity for the best ratio, and so on
            double left = 3.1;
            Integer[] order = {0, 1, 2, 3};
            Arrays.sort(order, Comparator.comparingDouble(i -> cost[i] / weight[i]));
            for (int i : order) {
                double amount = cost[i] < 0 ? Math.min(3, left / weight[i]) : 0;
                left -= amount * weight[i];
                greedy += amount * cost[i];
            }
            assertThat(continuous.cost()).isCloseTo(greedy, within(tolerance(greedy)));
            assertBestOfGrid(problem(objective, set.allInteger().build()), 0, 3);
        }
    }

    @Test
    void linearCostsThatFallForEverNameWhatRunsAway() {
        for (boolean integer : new boolean[] {false, true}) {
            ConstraintSet.Builder set = ConstraintSet.builder(2).nonNegative().row("side", vector(1, -1), -INFINITY, 2);
            if (integer) {
                set.allInteger();
            }
            ArgminProblem problem =
                    problem(new PenaltyObjective(2, List.of(), new double[] {2.25, -1.5}, 0), set.build());
            assumeSupported(problem);
            assertNoOptimum(problem, SolveStatus.UNBOUNDED);
            try (ArgminSolver solver = provider().create(options().withTimeLimit(Duration.ofSeconds(5)))) {
                Decision decision = solver.solve(problem);
                if (decision.status() == SolveStatus.UNBOUNDED) {
                    assertThat(decision.message()).contains("decision 1", "bound");
                }
            }
        }
    }

    // Further solutions

    /** Problems of every kind, most of which have many feasible decisions. */
    public static Stream<ArgminProblem> problemsWithSolutions() {
        return Stream.of(
                IntegerProblems.knapsack(8, new Random(1)).problem(),
                IntegerProblems.assignment(4, new Random(2)).problem(),
                IntegerProblems.unitCommitment(2, 3, new Random(3)).problem(),
                SampleProblems.power(SampleProblems.loads(6, new Random(4)), new double[6]),
                problem(logSumExp(new double[] {0.5, -1, 2}), box(3, -3, 3)));
    }

    @ParameterizedTest
    @MethodSource("org.soebm.api.solver.ArgminSolverContract#problemsWithSolutions")
    void furtherSolutionsAreFeasibleDistinctAndSorted(ArgminProblem problem) {
        Decision answer = solve(problem);
        try (ArgminSolver solver = provider().create(options())) {
            for (int atMost : new int[] {1, 2, 50}) {
                List<Decision> solutions = solver.solutions(problem, atMost, Cancellation.NEVER);
                assertThat(solutions).hasSizeBetween(1, atMost);
                assertThat(solutions.get(0).cost()).isCloseTo(answer.cost(), within(tolerance(answer.cost())));
                assertThat(solutions.get(0).status()).isEqualTo(answer.status());
                assertThat(solutions).isSortedAccordingTo(Comparator.comparingDouble(Decision::cost));
                assertThat(solutions).extracting(Decision::values).doesNotHaveDuplicates();
                for (Decision solution : solutions) {
                    assertSound(problem, solution);
                }
                for (Decision further : solutions.subList(1, solutions.size())) {
                    assertThat(further.isConverged()).as(further.message()).isFalse();
                }
            }
        }
    }

    @Test
    void furtherSolutionsOfABulkAreThoseOfItsProblems() {
        List<ArgminProblem> problems = IntStream.range(0, 12)
                .mapToObj(seed ->
                        IntegerProblems.knapsack(6 + seed % 3, new Random(seed)).problem())
                .toList();
        problems.forEach(this::assumeSupported);
        try (ArgminSolver solver = provider().create(options().withThreads(4))) {
            List<Decision> heard = new ArrayList<>();
            List<List<Decision>> all = solver.solutionsAll(
                    problems.size(), problems::get, 5, (i, decision) -> heard.add(decision), Cancellation.NEVER);
            assertThat(all).hasSameSizeAs(problems);
            assertThat(heard)
                    .containsExactlyInAnyOrderElementsOf(
                            all.stream().map(l -> l.get(0)).toList());
            for (int i = 0; i < problems.size(); i++) {
                List<Decision> alone = solver.solutions(problems.get(i), 5, Cancellation.NEVER);
                assertThat(all.get(i).stream().map(Decision::values).toArray(double[][]::new))
                        .isDeepEqualTo(alone.stream().map(Decision::values).toArray(double[][]::new));
            }
        }
    }

    @Test
    void furtherSolutionsOfAProblemWithoutADecisionAreItsAnswer() {
        ConstraintSet set = ConstraintSet.builder(2)
                .box(0, 1)
                .allInteger()
                .row("more", vector(1, 1), 3, INFINITY)
                .build();
        ArgminProblem problem = problem(new PenaltyObjective(2, List.of(), new double[] {1, 2}, 0), set);
        assumeSupported(problem);
        try (ArgminSolver solver = provider().create(options().withTimeLimit(Duration.ofSeconds(5)))) {
            List<Decision> solutions = solver.solutions(problem, 5, Cancellation.NEVER);
            assertThat(solutions).hasSize(1);
            assertThat(solutions.get(0).status())
                    .isEqualTo(solver.solve(problem).status());
            assertThat(solutions.get(0).status().hasDecision()).isFalse();
            assertThatThrownBy(() -> solver.solutions(problem, 0, Cancellation.NEVER))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at least 1");
        }
    }

    @Test
    void cancellationStopsALongSearchForFurtherSolutions() {
        ArgminProblem problem = SampleProblems.marketSplit(50, 6, new Random(3));
        assumeSupported(problem);
        try (ArgminSolver solver = provider().create(options().withTimeLimit(Duration.ofSeconds(60)))) {
            long start = System.nanoTime();
            Cancellation soon = () -> System.nanoTime() - start > 300_000_000;
            assertThatThrownBy(() -> solver.solutions(problem, 10, soon)).isInstanceOf(CancellationException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    // Wrong input

    /** Of a smooth oracle only: the parts of a {@link PenaltyObjective} refuse a NaN when they are made. */
    @Test
    void objectiveThatIsNotANumberIsNamed() {
        SmoothObjective broken = smooth(2, (a, g) -> Double.NaN);
        ArgminProblem problem = problem(broken, box(2, 0, 1));
        assumeSupported(problem);
        try (ArgminSolver solver = provider().create(options())) {
            assertThatThrownBy(() -> solver.solve(problem))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("NaN");
        }
    }

    @Test
    void refusedProblemIsNotSolvedAnyway() {
        ArgminProblem[] problems = {
            problem(
                    logSumExp(new double[2]),
                    ConstraintSet.builder(2).box(0, 1).integer(0).build()),
            problem(logSumExp(new double[2]), box(2, 0, 1)),
            SampleProblems.power(new double[2], new double[] {1, 1}),
            problem(new PenaltyObjective(2, List.of(), new double[2], 0), ramplessRow(2))
        };
        try (ArgminSolver solver = provider().create(options())) {
            for (ArgminProblem problem : problems) {
                Support support = provider().supports(problem);
                if (!support.supported()) {
                    assertThat(support.reason()).isNotBlank();
                    assertThatThrownBy(() -> solver.solve(problem))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(support.reason());
                }
            }
        }
    }

    /** A part of the feasible set that the solver cannot see must not be left out. */
    @Test
    void modelOfAnotherSolverIsRefused() {
        NativeModel foreign = new NativeModel() {
            @Override
            public String solver() {
                return "another-solver";
            }

            @Override
            public String description() {
                return "a model with 1 circuit constraint";
            }

            @Override
            public String fingerprint() {
                return "1";
            }
        };
        ArgminProblem problem = problem(
                new PenaltyObjective(2, List.of(), new double[2], 0),
                ConstraintSet.builder(2).box(0, 1).nativeModel(foreign).build());
        assertThat(provider().supports(problem).reason()).contains(foreign.description(), foreign.solver());
        try (ArgminSolver solver = provider().create(options())) {
            assertThatThrownBy(() -> solver.solve(problem))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(foreign.description());
        }
    }

    @Test
    void serviceLoaderFindsTheProvider() {
        assertThat(ServiceLoader.load(ArgminSolverProvider.class))
                .anySatisfy(found -> assertThat(found).hasSameClassAs(provider()));
        assertThat(provider().name()).matches("[a-z][a-z0-9-]*");
        assertThat(provider().description()).isNotBlank().doesNotContain("\n", "\t");
    }

    // Shared by the tests

    /** Solves a supported problem, checks what holds for every answer, and skips the test for a refused problem. */
    protected final Decision solve(ArgminProblem problem) {
        assumeSupported(problem);
        try (ArgminSolver solver = provider().create(options())) {
            Decision decision = solver.solve(problem);
            assertThat(decision.status().hasDecision())
                    .as("%s: %s", decision.status(), decision.message())
                    .isTrue();
            if (provesOptimality() && problem.objective() instanceof PenaltyObjective) {
                assertThat(decision.status()).as(decision.message()).isEqualTo(SolveStatus.OPTIMAL);
            }
            assertSound(problem, decision);
            return decision;
        }
    }

    /** Skips the test when the provider refuses the problem. */
    protected final void assumeSupported(ArgminProblem problem) {
        Support support = provider().supports(problem);
        assumeTrue(support.supported(), () -> provider().name() + " refuses: " + support.reason());
    }

    private static void assertSound(ArgminProblem problem, Decision decision) {
        assertThat(decision.values()).hasSize(problem.objective().dimension());
        assertThat(decision.auxiliaries()).hasSize(problem.constraints().auxiliaryCount());
        assertThat(problem.constraints().violation(decision.variables())).isLessThanOrEqualTo(1e-6);
        assertThat(decision.cost()).isEqualTo(problem.objective().value(decision.values()));
        assertThat(decision.solveTime()).isPositive();
    }

    private void assertOptimum(Decision decision, double cost, double... values) {
        assertThat(decision.cost()).isCloseTo(cost, within(tolerance(cost)));
        assertThat(decision.values()).containsExactly(values, within(decisionTolerance()));
    }

    /** The cost is flat along (1, …, 1), so decisions are compared after their mean is taken off. */
    private void assertSmoothOptimum(Decision decision, double cost, double... values) {
        assertThat(decision.cost()).isCloseTo(cost, within(tolerance(cost)));
        double shift = Arrays.stream(decision.values()).average().orElseThrow()
                - Arrays.stream(values).average().orElseThrow();
        double[] shifted = Arrays.stream(values).map(value -> value + shift).toArray();
        assertThat(decision.values()).containsExactly(shifted, within(10 * decisionTolerance()));
    }

    private double tolerance(double cost) {
        return costTolerance() * Math.max(1, Math.abs(cost));
    }

    private void assertNoOptimum(ArgminProblem problem, SolveStatus status) {
        if (!provider().supports(problem).supported()) {
            return;
        }
        try (ArgminSolver solver = provider().create(options().withTimeLimit(Duration.ofSeconds(5)))) {
            Decision decision = solver.solve(problem);
            if (provesOptimality()) {
                assertThat(decision.status())
                        .as("%s: %s", problem, decision.message())
                        .isEqualTo(status);
                assertThat(decision.message()).isNotBlank();
            }
            if (status == SolveStatus.INFEASIBLE) {
                assertThat(decision.status().hasDecision()).isFalse();
            }
            if (!decision.status().hasDecision()) {
                assertThat(decision.values()).isEmpty();
                assertThat(decision.cost()).isNaN();
            }
        }
    }

    private void assertSolved(IntegerProblems.Solved expected) {
        assertThat(solve(expected.problem()).cost())
                .as(expected.problem().toString())
                .isCloseTo(expected.optimum(), within(tolerance(expected.optimum())));
    }

    private void assertBestOfGrid(ArgminProblem problem, int low, int high) {
        int n = problem.objective().dimension();
        double[] point = new double[n];
        Arrays.fill(point, low);
        double best = INFINITY;
        while (true) {
            if (problem.constraints().isFeasible(point, 1e-9)) {
                best = Math.min(best, problem.objective().value(point));
            }
            int i = 0;
            while (i < n && point[i] == high) {
                point[i++] = low;
            }
            if (i == n) {
                break;
            }
            point[i]++;
        }
        if (best == INFINITY) {
            assertNoOptimum(problem, SolveStatus.INFEASIBLE);
        } else {
            assertThat(solve(problem).cost()).isCloseTo(best, within(tolerance(best)));
        }
    }

    private static List<Objective> objectives(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        ResidualPenalty hinges = SampleProblems.shortageAndSurplus(5, 1, 0);
        ResidualPenalty squares = SampleProblems.shortageAndSurplus(5, 1, 1);
        return List.of(
                SampleProblems.tracking(ones, new double[n], hinges),
                SampleProblems.tracking(ones, new double[n], squares),
                SampleProblems.tracking(ones, ones, squares),
                logSumExp(ones));
    }

    private static ResidualPenalty tracking() {
        return SampleProblems.shortageAndSurplus(50, 0.5, 0.5);
    }

    private static PenaltyObjective sampleAverage(double[] scenarios, ResidualPenalty penalty) {
        List<PenaltyTerm> terms = new ArrayList<>();
        for (double y : scenarios) {
            terms.add(new PenaltyTerm(SparseVector.unit(0, -1), y, 0, penalty.times(1.0 / scenarios.length)));
        }
        return new PenaltyObjective(1, terms, new double[1], 0);
    }

    /** log Σ exp(aᵢ − cᵢ) − mean a: convex and smallest where all aᵢ − cᵢ are equal, with log n − mean c there. */
    private static SmoothObjective logSumExp(double[] centre) {
        return smooth(centre.length, (a, gradient) -> {
            double sum = 0;
            for (int i = 0; i < centre.length; i++) {
                sum += Math.exp(a[i] - centre[i]);
            }
            double value = Math.log(sum);
            for (int i = 0; i < centre.length; i++) {
                gradient[i] = Math.exp(a[i] - centre[i]) / sum - 1.0 / centre.length;
                value -= a[i] / centre.length;
            }
            return value;
        });
    }

    /** A value and gradient in one. */
    @FunctionalInterface
    private interface Oracle {
        double valueAndGradient(double[] decisions, double[] gradient);
    }

    private static SmoothObjective smooth(int dimension, Oracle oracle) {
        return new SmoothObjective() {
            @Override
            public int dimension() {
                return dimension;
            }

            @Override
            public double value(double[] decisions) {
                return oracle.valueAndGradient(decisions, new double[dimension]);
            }

            @Override
            public double valueAndGradient(double[] decisions, double[] gradient) {
                return oracle.valueAndGradient(decisions, gradient);
            }
        };
    }

    private static ArgminProblem problem(Objective objective, ConstraintSet set) {
        return new ArgminProblem(objective, set);
    }

    private static ConstraintSet box(int n, double low, double high) {
        return ConstraintSet.builder(n).box(low, high).build();
    }

    /** A set with a row that never matters, so that solvers cannot take it for a box. */
    private static ConstraintSet ramplessRow(int n) {
        return ConstraintSet.builder(n).budget(1e3).build();
    }

    private static SparseVector vector(double first, double second) {
        return SparseVector.of(new int[] {0, 1}, new double[] {first, second});
    }

    private static SparseVector randomVector(int n, Random random) {
        int[] indices = new int[n];
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            indices[i] = i;
            values[i] = Math.rint(10 * random.nextGaussian()) / 10;
        }
        return SparseVector.of(indices, values);
    }
}
