package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.library.NativeLibrary;

/** Integers meet large numbers, or a short time. */
class MixedIntegerTest {
    private static final SparseVector X = SparseVector.unit(0, 1);

    /** SCIP's presolve fixes x at 3999, and calls what that costs the least possible. */
    private static final PenaltyObjective STOCK = new PenaltyObjective(
            2,
            List.of(
                    new PenaltyTerm(X, 0, 1000, new ResidualPenalty(0, 0.002, 0, 0)),
                    new PenaltyTerm(
                            SparseVector.of(new int[] {0, 1}, new double[] {-0.75, -0.75}),
                            19_500,
                            0,
                            new ResidualPenalty(0, 0, 0, 1e-6))),
            new double[] {0, 0.001},
            0);

    @BeforeAll
    static void load() {
        NativeLibrary.load();
    }

    private static ConstraintSet stock(boolean bothInteger) {
        ConstraintSet.Builder set =
                ConstraintSet.builder(2).bounds(0, -1000, 4000).bounds(1, 9000, 17_000);
        return bothInteger ? set.allInteger().build() : set.integer(0).build();
    }

    private static Decision solve(PenaltyObjective objective, ConstraintSet set, long limitMillis) {
        SolverOptions options = SolverOptions.DEFAULT.withTimeLimit(Duration.ofMillis(limitMillis));
        try (ArgminSolver solver = new OrToolsArgminSolverProvider().create(options)) {
            return solver.solve(new ArgminProblem(objective, set));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void boundThatPresolveGotWrongIsNotBelieved(boolean bothInteger) {
        double least = Double.POSITIVE_INFINITY; // the cost falls in z, so z is 17000 or where the squared hinge ends
        for (int x = -1000; x <= 4000; x++) {
            least = Math.min(least, STOCK.value(new double[] {x, 17_000}));
        }
        Decision decision = solve(STOCK, stock(bothInteger), 30_000);
        assertThat(decision.status()).isEqualTo(SolveStatus.OPTIMAL);
        assertThat(decision.cost()).isCloseTo(least, within(1e-4));
    }

    @Test
    void noBoundIsAboveADecisionThatIsKnown() {
        SolveBudget budget = new SolveBudget(Duration.ofSeconds(30), Cancellation.NEVER);
        OuterApproximation method = new OuterApproximation(
                RidgeSum.of(STOCK),
                stock(true),
                (set, start) -> Outcome.none(SolveStatus.FAILED, "not needed"),
                SolverOptions.DEFAULT,
                budget,
                Incumbents.ANSWER_ONLY);
        double[] known = {4000, 17_000};
        method.offerRounded(known);
        Outcome outcome = method.solve(new double[] {0, 9000});
        assertThat(outcome.lowerBound()).isLessThanOrEqualTo(STOCK.value(known) + 1e-4);
        assertThat(STOCK.value(outcome.variables())).isLessThanOrEqualTo(STOCK.value(known));
    }

    @Test
    void integersOfManyDigitsHaveADecisionWhenTimeIsUp() {
        PenaltyObjective objective = new PenaltyObjective(
                2,
                List.of(
                        new PenaltyTerm(
                                SparseVector.of(new int[] {0, 1}, new double[] {1, 1}),
                                -1_234_567,
                                0,
                                new ResidualPenalty(0, 0, 0, 1)),
                        new PenaltyTerm(
                                SparseVector.of(new int[] {0, 1}, new double[] {1, -2}),
                                3,
                                0,
                                new ResidualPenalty(0, 0, 2, 0))),
                new double[] {0.5, 0},
                0);
        Decision decision = solve(
                objective, ConstraintSet.builder(2).box(0, 1e9).allInteger().build(), 500);
        assertThat(decision.status().hasDecision()).as(decision.message()).isTrue();
    }

    /** 0 is feasible, but neither the solvers' presolve nor their first linear program is over by then. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyShortTimeIsEnoughForADecisionThatIsThere(boolean curved) {
        Random random = new Random(5);
        int n = 400;
        List<PenaltyTerm> terms = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            terms.add(new PenaltyTerm(
                    SparseVector.unit(i, 1),
                    5 * random.nextGaussian(),
                    curved ? 1 : 0,
                    new ResidualPenalty(0, 9, curved ? 0.5 : 0, 0)));
        }
        ConstraintSet.Builder set = ConstraintSet.builder(n).box(-10, 10).allInteger();
        for (int j = 0; j < n / 2; j++) {
            int[] some = random.ints(0, n).distinct().limit(6).toArray();
            set.row("row " + j, SparseVector.of(some, random.doubles(6, -2, 2).toArray()), -8, 6);
        }
        PenaltyObjective objective = new PenaltyObjective(n, terms, new double[n], 0);
        Decision decision = solve(objective, set.build(), 5);
        assertThat(decision.status()).as(decision.message()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(decision.cost()).isLessThanOrEqualTo(objective.value(new double[n]));
    }
}
