package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpObjectiveProto;
import com.google.ortools.sat.LinearConstraintProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.library.NativeLibrary;

/** Linear costs of integers under linear rows, against all the decisions there are. */
class IntegerProgramTest {
    private static final SolverOptions OPTIONS =
            SolverOptions.DEFAULT.withThreads(1).withTimeLimit(Duration.ofSeconds(20));
    private static final ArgminSolver SOLVER = new OrToolsArgminSolverProvider().create(OPTIONS);

    /** How the coefficients of rows come. */
    private enum Coefficients {
        /** −1, 0 or 1, so that relaxations often end in integers. */
        UNIT,
        /** Two digits, as in a file. */
        DECIMAL,
        /** Those that no power of ten makes integers. */
        REAL;

        double next(Random random) {
            return switch (this) {
                case UNIT -> random.nextInt(3) - 1;
                case DECIMAL -> Math.rint(100 * (6 * random.nextDouble() - 2)) / 100;
                case REAL -> random.nextGaussian();
            };
        }
    }

    private static ConstraintSet set(Coefficients coefficients, Random random) {
        int n = 2 + random.nextInt(4);
        ConstraintSet.Builder set = ConstraintSet.builder(n);
        for (int i = 0; i < n; i++) {
            int low = random.nextInt(5) - 3;
            set.bounds(i, low, low + random.nextInt(4)).integer(i);
        }
        int rows = 1 + random.nextInt(3);
        for (int j = 0; j < rows; j++) {
            SparseVector row = SparseVector.zero();
            for (int i = 0; i < n; i++) {
                row = row.plus(SparseVector.unit(i, coefficients.next(random)));
            }
            double bound = coefficients == Coefficients.REAL
                    ? 4 * random.nextGaussian()
                    : Math.rint(10 * (8 * random.nextDouble() - 4)) / 10;
            double low = random.nextInt(3) == 0 ? bound - 2 : Double.NEGATIVE_INFINITY;
            set.row("row " + j, row, low, random.nextInt(8) == 0 ? Double.POSITIVE_INFINITY : bound);
        }
        return set.build();
    }

    /** All points within the bounds. */
    private static List<double[]> grid(ConstraintSet set) {
        List<double[]> points = new ArrayList<>();
        double[] point = new double[set.variableCount()];
        Arrays.setAll(point, set::lower);
        while (true) {
            points.add(point.clone());
            int i = 0;
            while (i < point.length && point[i] == set.upper(i)) {
                point[i] = set.lower(i);
                i++;
            }
            if (i == point.length) {
                return points;
            }
            point[i]++;
        }
    }

    private static double[] cost(int n, Random random) {
        double size = Math.pow(10, random.nextInt(7) - 3);
        boolean whole = random.nextBoolean();
        return random.doubles(n, -size, size)
                .map(value -> whole ? Math.rint(value) : value)
                .toArray();
    }

    @Property(tries = 80)
    void answersMatchBruteForce(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        Random random = new Random(seed);
        for (Coefficients coefficients : Coefficients.values()) {
            ConstraintSet set = set(coefficients, random);
            int n = set.variableCount();
            PenaltyObjective objective = new PenaltyObjective(n, List.of(), cost(n, random), random.nextGaussian());
            double least = grid(set).stream()
                    .filter(point -> AnswerCheck.holdsExactly(set, point))
                    .mapToDouble(objective::value)
                    .min()
                    .orElse(Double.POSITIVE_INFINITY);
            Decision decision = SOLVER.solve(new ArgminProblem(objective, set));
            assertThat(decision.status())
                    .as("%s: %s", coefficients, decision.message())
                    .isEqualTo(least < Double.POSITIVE_INFINITY ? SolveStatus.OPTIMAL : SolveStatus.INFEASIBLE);
            if (decision.status().hasDecision()) {
                assertThat(AnswerCheck.holds(set, decision.values())).isTrue();
                assertThat(decision.cost())
                        .isCloseTo(least, within(OPTIONS.tolerance() * Math.max(1, Math.abs(least))));
            }
        }
    }

    /** So does SCIP, which solves them where further decisions are wanted. */
    @Property(tries = 20)
    void theFirstOfManyIsTheSame(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        Random random = new Random(seed);
        ConstraintSet set = set(Coefficients.DECIMAL, random);
        PenaltyObjective objective =
                new PenaltyObjective(set.variableCount(), List.of(), cost(set.variableCount(), random), 0);
        ArgminProblem problem = new ArgminProblem(objective, set);
        Decision one = SOLVER.solve(problem);
        Decision first = SOLVER.solutions(problem, 5, Cancellation.NEVER).get(0);
        assertThat(first.status()).isEqualTo(one.status());
        if (one.status().hasDecision()) {
            assertThat(first.cost())
                    .isCloseTo(one.cost(), within(2 * OPTIONS.tolerance() * Math.max(1, Math.abs(one.cost()))));
        }
    }

    @Property(tries = 100)
    void modelOfRowsHoldsWhereTheRowsHold(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        Random random = new Random(seed);
        ConstraintSet set = set(random.nextBoolean() ? Coefficients.UNIT : Coefficients.DECIMAL, random);
        CpSatSet rows = CpSatSet.ofRows(set);
        assertThat(rows).isNotNull();
        for (double[] point : grid(set)) {
            assertThat(rows.proto().getConstraintsList().stream()
                            .allMatch(constraint -> holds(constraint.getLinear(), point)))
                    .isEqualTo(AnswerCheck.holdsExactly(set, point));
        }
    }

    private static boolean holds(LinearConstraintProto row, double[] point) {
        long sum = 0;
        for (int k = 0; k < row.getVarsCount(); k++) {
            sum += row.getCoeffs(k) * (long) point[row.getVars(k)];
        }
        return sum >= row.getDomain(0) && sum <= row.getDomain(1);
    }

    @Test
    void whatIntegersCannotSayIsLeftToScip() {
        SparseVector both = SparseVector.of(new int[] {0, 1}, new double[] {1, 1 / 3.0});
        assertThat(CpSatSet.ofRows(ConstraintSet.builder(2)
                        .box(0, 9)
                        .allInteger()
                        .row("third", both, 0, 4)
                        .build()))
                .isNull();
        assertThat(CpSatSet.ofRows(ConstraintSet.builder(2).box(0, 9).integer(0).build()))
                .isNull();
        assertThat(CpSatSet.ofRows(
                        ConstraintSet.builder(1).nonNegative().allInteger().build()))
                .isNull();
    }

    /** Where every variable is fixed nothing is rounded, and any scale would do. */
    @Test
    void roundedCostsOfFixedVariablesAreALowerBound() {
        roundedCostsAreALowerBound(17185);
    }

    /** However coarse the scale is, and wherever the decisions lie. */
    @Property(tries = 100)
    void roundedCostsAreALowerBound(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        Random random = new Random(seed);
        ConstraintSet set = set(Coefficients.UNIT, random);
        int n = set.variableCount();
        PenaltyObjective objective = new PenaltyObjective(n, List.of(), cost(n, random), random.nextGaussian());
        CpSatObjective rounded = new CpSatObjective(RidgeSum.of(objective), set);
        CpSatSet rows = CpSatSet.ofRows(set);
        assertThat(rows).isNotNull();
        for (double largestSum : new double[] {30, 0x1p20, 0x1p45}) {
            rounded.chooseScale(1e-7, largestSum);
            CpModelProto model = rounded.addTo(rows, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            for (double[] point : grid(set)) {
                double cost = objective.value(point);
                double bound = rounded.lowerBound(value(model.getObjective(), point));
                double rounding =
                        1e-12 * Math.max(1, Arrays.stream(point).map(Math::abs).sum()) * Math.max(1, Math.abs(cost));
                assertThat(bound).isLessThanOrEqualTo(cost + rounding);
                assertThat(bound).isGreaterThanOrEqualTo(cost - 2 * rounded.roundingError() - rounding);
            }
        }
    }

    private static double value(CpObjectiveProto objective, double[] point) {
        long sum = 0;
        for (int k = 0; k < objective.getVarsCount(); k++) {
            sum += objective.getCoeffs(k) * (long) point[objective.getVars(k)];
        }
        return sum;
    }

    /** An assignment is a network: its relaxation ends in integers, whatever the costs. */
    @Test
    void relaxationThatIsIntegerIsTheAnswer() {
        NativeLibrary.load();
        Random random = new Random(4);
        int n = 5;
        ConstraintSet.Builder set = ConstraintSet.builder(n * n).box(0, 1).allInteger();
        for (int i = 0; i < n; i++) {
            SparseVector row = SparseVector.zero();
            SparseVector column = SparseVector.zero();
            for (int j = 0; j < n; j++) {
                row = row.plus(SparseVector.unit(n * i + j, 1));
                column = column.plus(SparseVector.unit(n * j + i, 1));
            }
            set.row("row " + i, row, 1, 1).row("column " + i, column, 1, 1);
        }
        ConstraintSet assignment = set.build();
        int costs = assignment.variableCount();
        for (int trial = 0; trial < 20; trial++) {
            PenaltyObjective objective = new PenaltyObjective(
                    costs, List.of(), random.doubles(costs, -1, 1).toArray(), 0);
            Outcome outcome = new MixedIntegerLinear(
                            RidgeSum.of(objective),
                            assignment,
                            OPTIONS,
                            new SolveBudget(OPTIONS.timeLimit(), Cancellation.NEVER),
                            Incumbents.ANSWER_ONLY)
                    .solve(null);
            assertThat(outcome.status()).isEqualTo(SolveStatus.OPTIMAL);
            double least = leastAssignment(objective, new double[costs], 0, n);
            assertThat(objective.value(outcome.variables())).isCloseTo(least, within(1e-6));
            assertThat(outcome.lowerBound()).isCloseTo(least, within(1e-6));
        }
    }

    private static double leastAssignment(PenaltyObjective objective, double[] taken, int row, int n) {
        if (row == n) {
            return objective.value(taken);
        }
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            int column = j;
            if (IntStream.range(0, row).allMatch(i -> taken[n * i + column] == 0)) {
                taken[n * row + j] = 1;
                least = Math.min(least, leastAssignment(objective, taken, row + 1, n));
                taken[n * row + j] = 0;
            }
        }
        return least;
    }
}
