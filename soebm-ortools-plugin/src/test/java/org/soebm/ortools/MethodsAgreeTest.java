package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.ortools.linearsolver.MPModelRequest;
import com.google.ortools.linearsolver.MPModelRequest.SolverType;
import com.google.ortools.linearsolver.MPSolutionResponse;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverResponseStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SampleProblems;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.library.NativeLibrary;

/** Each method against another one that shares little with it. */
class MethodsAgreeTest {
    private static final SolverOptions OPTIONS = SolverOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(20));

    @BeforeAll
    static void load() {
        NativeLibrary.load();
    }

    private static SolveBudget budget() {
        return new SolveBudget(OPTIONS.timeLimit(), Cancellation.NEVER);
    }

    private static Decision solve(ArgminProblem problem) {
        try (ArgminSolver solver = new OrToolsArgminSolverProvider().create(OPTIONS)) {
            return solver.solve(problem);
        }
    }

    private static SparseVector randomVector(int n, Random random) {
        return SparseVector.of(
                new int[] {random.nextInt(n), random.nextInt(n)},
                new double[] {random.nextGaussian(), random.nextGaussian()});
    }

    /** A known objective over a random set, now infeasible, now unbounded, now with integers. */
    private static ArgminProblem randomKnownProblem(Random random) {
        int n = 2 + random.nextInt(4);
        List<PenaltyTerm> terms = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            SparseVector d = k % 2 == 0 ? SparseVector.unit(random.nextInt(n), -1) : randomVector(n, random);
            terms.add(new PenaltyTerm(
                    d,
                    3 * random.nextGaussian(),
                    0,
                    new ResidualPenalty(
                            0.2 * random.nextGaussian(),
                            2 * random.nextDouble(),
                            random.nextInt(2) * random.nextDouble(),
                            random.nextInt(2) * random.nextDouble())));
        }
        ConstraintSet.Builder set = ConstraintSet.builder(n);
        boolean integers = random.nextInt(3) == 0;
        for (int i = 0; i < n; i++) {
            double center = random.nextGaussian();
            if (random.nextInt(3) > 0) {
                set.bounds(i, center - 1, random.nextBoolean() ? center + 2 : Double.POSITIVE_INFINITY);
            }
            if (integers && random.nextBoolean()) {
                set.integer(i);
            }
        }
        for (int k = random.nextInt(4); k > 0; k--) {
            double center = 2 * random.nextGaussian();
            set.row("row " + k, randomVector(n, random), center - random.nextInt(2), center);
        }
        return new ArgminProblem(new PenaltyObjective(n, terms, new double[n], 0), set.build());
    }

    @Test
    void knownProblemsEndAsScipSaysOfTheMixedIntegerQuadraticProgram() {
        Random random = new Random(17);
        int optimal = 0;
        int infeasible = 0;
        for (int trial = 0; trial < 200; trial++) {
            ArgminProblem problem = randomKnownProblem(random);
            Decision decision = solve(problem);
            MPSolutionResponse scip = MPSolver.solveWithProto(MPModelRequest.newBuilder()
                    .setModel(
                            EpigraphModel.of(problem.constraints(), RidgeSum.of((PenaltyObjective) problem.objective()))
                                    .build())
                    .setSolverType(SolverType.SCIP_MIXED_INTEGER_PROGRAMMING)
                    .setSolverTimeLimitSeconds(120) // seconds on a machine without other work
                    .build());
            if (scip.getStatus() == MPSolverResponseStatus.MPSOLVER_OPTIMAL) {
                optimal++;
                assertThat(decision.status())
                        .as("trial %s: %s", trial, decision.message())
                        .isEqualTo(SolveStatus.OPTIMAL);
                double value = scip.getObjectiveValue();
                assertThat(decision.cost())
                        .as("trial %s", trial)
                        .isCloseTo(value, within(2e-5 * Math.max(1, Math.abs(value)))); // SCIP's own tolerance is 1e-6
            } else if (decision.status() == SolveStatus.INFEASIBLE) {
                infeasible++;
                assertThat(scip.getStatus()).isEqualTo(MPSolverResponseStatus.MPSOLVER_INFEASIBLE);
            } else {
                assertThat(decision.status())
                        .as("trial %s, of which SCIP says %s", trial, scip.getStatus())
                        .isEqualTo(SolveStatus.UNBOUNDED);
            }
        }
        assertThat(optimal).isGreaterThan(50);
        assertThat(infeasible).isGreaterThan(10);
    }

    @Test
    void segmentsAreTheSameProgramAsRows() {
        Random random = new Random(9);
        ResidualPenalty penalty = SampleProblems.shortageAndSurplus(5, 1, 0);
        ConstraintSet set = ConstraintSet.builder(2).ramp(0.1).build();
        List<PenaltyTerm> terms = new ArrayList<>();
        for (int k = 0; k < 40; k++) { // many hinges a decision, rising and falling ones, some at the same kink
            double y = Math.rint(10 * random.nextGaussian()) / 5;
            terms.add(new PenaltyTerm(SparseVector.unit(k % 2, k % 3 == 0 ? 1 : -2), y, 0, penalty));
        }
        PenaltyObjective objective = new PenaltyObjective(2, terms, new double[2], 0);
        Decision decision = solve(new ArgminProblem(objective, set));
        double best = Double.POSITIVE_INFINITY;
        for (double a = -5; a <= 5; a += 0.005) {
            for (double ramp : new double[] {-0.1, -0.05, 0, 0.05, 0.1}) {
                best = Math.min(best, objective.value(new double[] {a, a + ramp}));
            }
        }
        assertThat(decision.status()).isEqualTo(SolveStatus.OPTIMAL);
        assertThat(decision.cost()).isLessThanOrEqualTo(best + 1e-9).isGreaterThan(best - 1);
        double modelled = BackEnd.GLOP
                .solve(EpigraphModel.of(set, RidgeSum.of(objective)).build(), OPTIONS, budget())
                .bound();
        assertThat(modelled).isCloseTo(decision.cost(), within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-5, 1e-3, 0.03, 1, 30})
    void sequentialQuadraticProgramsMeetCuttingPlanes(double std) {
        Random random = new Random(21);
        for (int trial = 0; trial < 6; trial++) {
            int n = 5;
            List<PenaltyTerm> terms = new ArrayList<>();
            for (int k = 0; k < 8; k++) {
                SparseVector d = k < n ? SparseVector.unit(k, -1) : randomVector(n, random);
                terms.add(new PenaltyTerm(
                        d,
                        2 * random.nextGaussian(),
                        std * (0.5 + random.nextDouble()),
                        SampleProblems.shortageAndSurplus(10, 1, trial % 2 == 0 ? 0 : 0.5)));
            }
            PenaltyObjective objective = new PenaltyObjective(n, terms, new double[n], 0);
            ConstraintSet set =
                    ConstraintSet.builder(n).box(-100, 100).ramp(0.7).build();
            RidgeSum sum = RidgeSum.of(objective);
            Outcome newton = new GaussianSequentialQuadratic(sum, set, OPTIONS, budget()).solve(null);
            Outcome cuts = new OuterApproximation(
                            sum,
                            set,
                            (s, start) -> Outcome.none(SolveStatus.FAILED, ""),
                            OPTIONS,
                            budget(),
                            Incumbents.ANSWER_ONLY)
                    .solve(new double[n]);
            assertThat(newton.status()).as(newton.message()).isEqualTo(SolveStatus.OPTIMAL);
            assertThat(cuts.status()).as(cuts.message()).isEqualTo(SolveStatus.OPTIMAL);
            double value = sum.value(newton.variables());
            assertThat(value).isCloseTo(sum.value(cuts.variables()), within(2e-6 * Math.max(1, value)));
            assertThat(value).isGreaterThanOrEqualTo(cuts.lowerBound() - 1e-9 * Math.max(1, value));
        }
    }

    @Test
    void gapBoundsTheDistanceToTheOptimum() {
        Random random = new Random(5);
        ArgminProblem problem = SampleProblems.power(SampleProblems.loads(12, random), new double[12]);
        RidgeSum sum = RidgeSum.of((PenaltyObjective) problem.objective());
        Decision optimum = solve(problem);
        assertThat(OptimalityGap.of(sum, problem.constraints(), optimum.values(), OPTIONS, budget()))
                .isLessThan(1e-5);
        double[] worse = optimum.values().clone();
        for (int i = 0; i < worse.length; i++) {
            worse[i] += 0.3;
        }
        assertThat(OptimalityGap.of(sum, problem.constraints(), worse, OPTIONS, budget()))
                .isGreaterThanOrEqualTo(sum.value(worse) - optimum.cost() - 1e-6);
    }

    @Test
    void tangentsNeverOverestimate() {
        Random random = new Random(6);
        RidgeSum sum = RidgeSum.of(RidgeFunctionTest.randomObjective(3, 9, 0.5, random));
        TangentModel tangents = new TangentModel(sum);
        for (int k = 0; k < 4; k++) {
            double[] touched = random.doubles(3, -2, 2).toArray();
            tangents.touchClosely(touched, 1e-6);
            assertThat(tangents.value(touched)).isCloseTo(sum.value(touched), within(1e-9));
        }
        for (int trial = 0; trial < 200; trial++) {
            double[] a = random.doubles(3, -5, 5).toArray();
            assertThat(tangents.value(a)).isLessThanOrEqualTo(sum.value(a) + 1e-9);
        }
    }
}
