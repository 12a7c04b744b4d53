package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.Penalty;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SampleProblems;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.library.NativeLibrary;

class InteriorPointTest {
    private static final SolverOptions OPTIONS = SolverOptions.DEFAULT;

    @BeforeAll
    static void load() {
        NativeLibrary.load();
    }

    private static SolveBudget budget() {
        return new SolveBudget(OPTIONS.timeLimit(), Cancellation.NEVER);
    }

    private static double @Nullable [] solve(RidgeSum sum, ConstraintSet set) {
        KktPattern pattern = KktPattern.of(set.variableCount(), InteriorPoint.directions(sum, set));
        assertThat(pattern).isNotNull();
        return InteriorPoint.of(sum, set, pattern, null, OPTIONS, budget());
    }

    private static SparseVector pair(int n, Random random) {
        return SparseVector.of(
                new int[] {random.nextInt(n), random.nextInt(n)},
                new double[] {random.nextGaussian(), random.nextGaussian()});
    }

    /** Residuals of one and of several decisions, rows that are equations, and a variable that is auxiliary. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-5, 0.03, 0.5, 30})
    void itMeetsOtherMethodsWhereverItAnswers(double std) {
        Random random = new Random(5);
        int answers = 0;
        for (int trial = 0; trial < 30; trial++) {
            int n = 5;
            List<PenaltyTerm> terms = new ArrayList<>();
            for (int k = 0; k < 8; k++) {
                terms.add(new PenaltyTerm(
                        k < n ? SparseVector.unit(k, -1) : pair(n, random),
                        2 * random.nextGaussian(),
                        std * (0.5 + random.nextDouble()),
                        SampleProblems.shortageAndSurplus(10, 1, trial % 3 == 0 ? 0 : 0.5)));
            }
            RidgeSum sum = RidgeSum.of(new PenaltyObjective(n, terms, new double[n], 3));
            ConstraintSet.Builder builder =
                    ConstraintSet.builder(n).box(-20, 20).ramp(0.7);
            int auxiliary = builder.auxiliary(-1, 4);
            double side = random.nextGaussian();
            ConstraintSet set = builder.row(
                            "equation",
                            SparseVector.of(new int[] {0, 2, auxiliary}, new double[] {1, 1, -1}),
                            side,
                            side)
                    .build();
            double[] point = solve(sum, set);
            if (point == null) {
                continue;
            }
            answers++;
            assertThat(set.isFeasible(point, 1e-8)).isTrue();
            Outcome other = sum.isKnown()
                    ? ConvexProgram.solve(EpigraphModel.of(set, sum).build(), sum, set, OPTIONS, budget())
                    : new OuterApproximation(
                                    sum,
                                    set,
                                    (s, start) -> Outcome.none(SolveStatus.FAILED, ""),
                                    OPTIONS,
                                    budget(),
                                    Incumbents.ANSWER_ONLY)
                            .solve(new double[set.variableCount()]);
            double value = sum.value(other.variables());
            assertThat(sum.value(point)).as("trial %s", trial).isCloseTo(value, within(2e-6 * Math.max(1, value)));
        }
        assertThat(answers).isGreaterThan(25);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.15})
    void tenThousandDecisionsAreOptimal(double std) {
        int n = 10_000;
        Random random = new Random(3);
        double[] mean = new double[n];
        double[] spread = new double[n];
        Arrays.fill(spread, std);
        for (int i = 0; i < n; i++) {
            mean[i] = 1.5 + 0.6 * Math.sin(2 * Math.PI * i / 24) + 0.3 * random.nextGaussian();
        }
        PenaltyObjective objective =
                SampleProblems.tracking(mean, spread, SampleProblems.shortageAndSurplus(50, 0.5, 0.5));
        ConstraintSet set = ConstraintSet.builder(n).ramp(0.4).build();
        double[] point = solve(RidgeSum.of(objective), set);
        assertThat(point).isNotNull();
        assertThat(set.violation(point)).isLessThan(1e-9);

        RidgeSum sum = RidgeSum.of(objective);
        if (std == 0) {
            Outcome program = ConvexProgram.solve(EpigraphModel.of(set, sum).build(), sum, set, OPTIONS, budget());
            assertThat(sum.value(point)).isCloseTo(sum.value(program.variables()), within(1e-5));
            return;
        }
        // The multiplier of ramp i is the sum of the slopes up to it: 0 where it does not bind, else of the change's
        // sign.
        double multiplier = 0;
        for (int i = 0; i + 1 < n; i++) {
            multiplier += sum.ridges().get(i).slope(point[i], true);
            double change = point[i + 1] - point[i];
            if (Math.abs(change) < 0.4 - 1e-5) {
                assertThat(multiplier).isCloseTo(0, within(1e-2));
                multiplier = 0;
            } else {
                assertThat(multiplier * Math.signum(change)).isGreaterThan(-1e-2);
            }
        }
    }

    @Test
    void denseRowsBesideRampsKeepTheFactorSparse() {
        int n = 2_000;
        List<SparseVector> rows = new ArrayList<>();
        ConstraintSet set = ConstraintSet.builder(n).ramp(1).budget(5).build();
        set.rows().forEach(row -> rows.add(row.coefficients()));
        KktPattern pattern = KktPattern.of(n, rows);
        assertThat(pattern).isNotNull();

        Random random = new Random(1);
        double[] h = random.doubles(n, 0.1, 2).toArray();
        double[] c = random.doubles(n, 1e-6, 2).toArray();
        double[] x = random.doubles(n, -1, 1).toArray();
        double[] z = random.doubles(n, -1, 1).toArray();
        double[] ofVariables = new double[n];
        double[] ofRows = new double[n];
        Arrays.setAll(ofVariables, i -> h[i] * x[i]);
        for (int k = 0; k < n; k++) {
            rows.get(k).addTo(ofVariables, z[k]);
            ofRows[k] = rows.get(k).dot(x) - c[k] * z[k];
        }
        KktPattern.Factor factor = pattern.factor();
        factor.compute(c, h); // other numbers before: nothing of them stays
        factor.compute(h, c);
        factor.solve(ofVariables, ofRows);
        assertThat(ofVariables).containsExactly(x, within(1e-8));
        assertThat(ofRows).containsExactly(z, within(1e-8));
    }

    @Test
    void noPatternWhereTheFactorWouldBeDense() {
        Random random = new Random(1);
        List<SparseVector> rows = new ArrayList<>();
        int n = 600;
        for (int k = 0; k < n; k++) {
            rows.add(SparseVector.of(
                    random.ints(20, 0, n).toArray(), random.doubles(20).toArray()));
        }
        assertThat(KktPattern.of(n, rows)).isNull();
    }

    /** The start is far from the optimum, and nothing near it says by how much it can get better. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e4, 1e6, 1e8})
    void largeUnitsDoNotMakeAStartAnOptimum(double far) {
        List<PenaltyTerm> terms = List.of(
                new PenaltyTerm(SparseVector.of(new int[] {0, 1}, new double[] {1, 1}), -far, 0, squareOf(1)),
                new PenaltyTerm(SparseVector.of(new int[] {0, 1}, new double[] {1, -1}), 0, 0, squareOf(1)));
        RidgeSum sum = RidgeSum.of(new PenaltyObjective(2, terms, new double[2], 0));

        double[] point = solve(sum, ConstraintSet.unconstrained(2));

        assertThat(point).isNotNull();
        assertThat(point).containsExactly(new double[] {far / 2, far / 2}, within(1e-6 * far));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e4, 1e6, 1e8})
    void largeUnitsDoNotMakeAFeasibleStartAnOptimum(double far) {
        List<PenaltyTerm> terms = List.of(
                new PenaltyTerm(SparseVector.unit(0, 1), -far, 0, squareOf(1)),
                new PenaltyTerm(SparseVector.unit(1, 1), -far, 0, squareOf(1)));
        RidgeSum sum = RidgeSum.of(new PenaltyObjective(2, terms, new double[2], 0));
        ConstraintSet set = ConstraintSet.builder(2)
                .box(-10 * far, 10 * far)
                .row("sum", SparseVector.of(new int[] {0, 1}, new double[] {1, 1}), -far, far)
                .build();
        KktPattern pattern = KktPattern.of(2, InteriorPoint.directions(sum, set));
        assertThat(pattern).isNotNull();

        double[] point = InteriorPoint.of(sum, set, pattern, new double[2], OPTIONS, budget());

        assertThat(point).isNotNull();
        assertThat(point).containsExactly(new double[] {far / 2, far / 2}, within(1e-3 * far));
    }

    private static ResidualPenalty squareOf(double weight) {
        return ResidualPenalty.of(Penalty.SQUARE, weight);
    }
}
