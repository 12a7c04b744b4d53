package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.soebm.api.cost.AffineResidual.constant;
import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CircuitConstraint;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.IntervalVar;
import com.google.ortools.sat.LinearExpr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.NativeModel;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;
import org.soebm.ortools.model.OrToolsDecisions;
import org.soebm.ortools.model.OrToolsModel;

class CpSatProgramTest {
    private static final SolverOptions OPTIONS =
            SolverOptions.DEFAULT.withThreads(1).withTimeLimit(Duration.ofSeconds(20));
    private static final ArgminSolver SOLVER = new OrToolsArgminSolverProvider().create(OPTIONS);

    /** A model, its decisions, and all decisions that are feasible. */
    private record Case(OrToolsDecisions decisions, List<double[]> feasible) {}

    private static List<double[]> grid(int count, int low, int high, Predicate<double[]> feasible) {
        List<double[]> points = new ArrayList<>();
        double[] point = new double[count];
        Arrays.fill(point, low);
        while (true) {
            if (feasible.test(point)) {
                points.add(point.clone());
            }
            int i = 0;
            while (i < count && point[i] == high) {
                point[i++] = low;
            }
            if (i == count) {
                return points;
            }
            point[i]++;
        }
    }

    private static Case permutation() {
        CpModel model = new CpModel();
        IntVar[] values = new IntVar[4];
        for (int i = 0; i < 4; i++) {
            values[i] = model.newIntVar(1, 5, "a" + i);
        }
        model.addAllDifferent(values);
        model.addLessOrEqual(LinearExpr.sum(new IntVar[] {values[0], values[1]}), 6);
        return new Case(
                OrToolsModel.of(model).decisions(List.of("a0", "a1", "a2", "a3")),
                grid(4, 1, 5, a -> Arrays.stream(a).distinct().count() == 4 && a[0] + a[1] <= 6));
    }

    /** Arcs between 4 nodes on a tour. */
    private static Case tour() {
        CpModel model = new CpModel();
        CircuitConstraint circuit = model.addCircuit();
        List<String> names = new ArrayList<>();
        List<int[]> arcs = new ArrayList<>();
        for (int from = 0; from < 4; from++) {
            for (int to = 0; to < 4; to++) {
                if (from != to) {
                    BoolVar arc = model.newBoolVar(from + "-" + to);
                    circuit.addArc(from, to, arc);
                    names.add(arc.getName());
                    arcs.add(new int[] {from, to});
                }
            }
        }
        List<double[]> feasible = grid(arcs.size(), 0, 1, a -> isTour(a, arcs));
        assertThat(feasible).hasSize(6);
        return new Case(OrToolsModel.of(model).decisions(names), feasible);
    }

    private static boolean isTour(double[] taken, List<int[]> arcs) {
        int[] next = {-1, -1, -1, -1};
        for (int k = 0; k < taken.length; k++) {
            if (taken[k] == 1) {
                if (next[arcs.get(k)[0]] >= 0) {
                    return false;
                }
                next[arcs.get(k)[0]] = arcs.get(k)[1];
            }
        }
        int node = 0;
        for (int k = 1; k <= 4; k++) {
            node = node < 0 ? -1 : next[node];
            if (node == 0) {
                return k == 4 && Arrays.stream(taken).sum() == 4;
            }
        }
        return false;
    }

    /** Starts of three jobs on one machine; the end of all is an expression of none of them, so the sum is. */
    private static Case machine() {
        CpModel model = new CpModel();
        int[] sizes = {2, 3, 1};
        List<IntervalVar> jobs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            jobs.add(model.newFixedSizeIntervalVar(model.newIntVar(0, 7, "start" + i), sizes[i], "job" + i));
        }
        model.addNoOverlap(jobs);
        OrToolsDecisions decisions = OrToolsModel.of(model)
                .decisions(List.of("start0", "start2", "start1"))
                .withExpression("lateness", Map.of("start0", 2.0, "start1", 1.0, "start2", -1.0));
        int[] order = {0, 2, 1};
        List<double[]> feasible = grid(3, 0, 7, a -> {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < i; j++) {
                    if (a[i] < a[j] + sizes[order[j]] && a[j] < a[i] + sizes[order[i]]) {
                        return false;
                    }
                }
            }
            return true;
        });
        return new Case(
                decisions,
                feasible.stream()
                        .map(a -> new double[] {a[0], a[1], a[2], 2 * a[0] + a[2] - a[1]})
                        .toList());
    }

    /** Of numbers below and above 0, not all with the same bounds. */
    private static Case signedPermutation() {
        CpModel model = new CpModel();
        IntVar[] values = {model.newIntVar(-3, 2, "a0"), model.newIntVar(-7, -1, "a1"), model.newIntVar(-2, 4, "a2")};
        model.addAllDifferent(values);
        return new Case(
                OrToolsModel.of(model).decisions(List.of("a0", "a1", "a2")),
                grid(
                        3,
                        -7,
                        4,
                        a -> a[0] >= -3
                                && a[0] <= 2
                                && a[1] <= -1
                                && a[2] >= -2
                                && Arrays.stream(a).distinct().count() == 3));
    }

    private static final List<Case> CASES = List.of(permutation(), tour(), machine());

    private static PenaltyObjective objective(int decisions, boolean known, Random random) {
        PenaltyCost.Builder cost = PenaltyCost.builder(3, decisions);
        for (int i = 0; i < decisions; i++) {
            cost.identity(random.nextInt(7) - 3, decision(i));
            if (random.nextBoolean()) {
                cost.bilinear(random.nextInt(3), i, random.nextGaussian());
            }
        }
        int terms = 1 + random.nextInt(5);
        for (int k = 0; k < terms; k++) {
            AffineResidual residual = constant(random.nextGaussian()).plus(parameter(random.nextInt(3)));
            int touched = 1 + random.nextInt(3);
            for (int j = 0; j < touched; j++) {
                double coefficient = switch (random.nextInt(3)) {
                    case 0 -> random.nextGaussian();
                    case 1 -> (random.nextInt(9) - 4) / 4.0;
                    default -> random.nextInt(5) - 2;
                };
                residual = residual.plus(decision(random.nextInt(decisions)).times(coefficient));
            }
            switch (random.nextInt(4)) {
                case 0 -> cost.hinge(10 * random.nextDouble(), residual);
                case 1 -> cost.square(random.nextDouble(), residual);
                case 2 -> cost.squaredHinge(random.nextDouble(), residual);
                default ->
                    cost.hinge(50, residual).hinge(0.5, residual.negate()).square(0.5, residual);
            }
        }
        double[] mean = random.doubles(3, -3, 6).toArray();
        double[] std = known ? new double[3] : random.doubles(3, 0, 3).toArray();
        return cost.build().expectedObjective(mean, std);
    }

    private static double bruteForce(PenaltyObjective objective, List<double[]> feasible) {
        return feasible.stream().mapToDouble(objective::value).min().orElseThrow();
    }

    @Property(tries = 40)
    void knownPenaltiesOverAnyConstraintMatchBruteForce(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
        assertMatchesBruteForce(true, new Random(seed));
    }

    @Property(tries = 40)
    void gaussianPenaltiesOverAnyConstraintMatchBruteForce(@ForAll @LongRange(min = 0, max = 100_000) long seed) {
        assertMatchesBruteForce(false, new Random(seed));
    }

    private static void assertMatchesBruteForce(boolean known, Random random) {
        for (Case c : CASES) {
            PenaltyObjective objective = objective(c.decisions().count(), known, random);
            Decision answer =
                    SOLVER.solve(new ArgminProblem(objective, c.decisions().constraints()));
            assertThat(answer.status()).as(answer.message()).isEqualTo(SolveStatus.OPTIMAL);
            assertThat(c.feasible()).anyMatch(point -> Arrays.equals(point, answer.values()));
            double best = bruteForce(objective, c.feasible());
            assertThat(answer.cost())
                    .isCloseTo(best, within(1.001 * OPTIONS.tolerance() * Math.max(1, Math.abs(best))));
        }
    }

    private static CpModel distinct(int count, int high) {
        CpModel model = new CpModel();
        model.getBuilder().setName("distinct");
        IntVar[] values = IntStream.range(0, count)
                .mapToObj(i -> model.newIntVar(0, high, "a" + i))
                .toArray(IntVar[]::new);
        model.addAllDifferent(values);
        return model;
    }

    private static OrToolsDecisions all(CpModel model) {
        OrToolsModel imported = OrToolsModel.of(model);
        return imported.decisions(imported.variableNames());
    }

    @Test
    void wideDomainsAreRefinedToTheOptimum() {
        PenaltyCost.Builder cost = PenaltyCost.builder(0, 3);
        for (int i = 0; i < 3; i++) {
            cost.square(0.37, constant(5_321.4).minus(decision(i)))
                    .hinge(3, decision(i).plus(-5_000.7));
        }
        PenaltyObjective objective = cost.build().objective(new double[0]);
        Decision answer = SOLVER.solve(
                new ArgminProblem(objective, all(distinct(3, 10_000)).constraints()));
        assertThat(answer.status()).as(answer.message()).isEqualTo(SolveStatus.OPTIMAL);
        List<double[]> near = grid(3, 5_314, 5_329, a -> a[0] < a[1] && a[1] < a[2]); // around the minimum of each
        assertThat(answer.cost()).isCloseTo(bruteForce(objective, near), within(1e-3));
    }

    @Test
    void infeasibleModelIsReportedByName() {
        Decision answer = SOLVER.solve(new ArgminProblem(
                PenaltyCost.builder(0, 4).build().objective(new double[0]),
                all(distinct(4, 2)).constraints()));
        assertThat(answer.status()).isEqualTo(SolveStatus.INFEASIBLE);
        assertThat(answer.message()).contains("distinct");
    }

    @Test
    void decisionsTooWideForIntegersAreRefusedByName() {
        CpModel wide = new CpModel();
        wide.getBuilder().setName("wide");
        wide.addAllDifferent(new IntVar[] {wide.newIntVar(0, 1L << 50, "a"), wide.newIntVar(0, 5, "b")});
        ArgminProblem problem = new ArgminProblem(
                PenaltyCost.builder(0, 2).identity(1, decision(0)).build().objective(new double[0]),
                all(wide).constraints());
        Support support = new OrToolsArgminSolverProvider().supports(problem);
        assertThat(support.supported()).isFalse();
        assertThat(support.reason()).contains("decision 0 of model wide", "too wide", "maybe");
        assertThatThrownBy(() -> SOLVER.solve(problem))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too wide");
    }

    @Test
    void otherSolversRefuseWithTheReason() {
        ConstraintSet set = all(distinct(3, 4)).constraints();
        assertThat(Support.ofNativeModel(set, "timefold").reason())
                .isEqualTo("the feasible set has a CP-SAT model with 1 all-different constraint, which only solver"
                        + " ortools understands");
        assertThat(new OrToolsArgminSolverProvider()
                        .supports(new ArgminProblem(
                                PenaltyCost.builder(0, 3).build().objective(new double[0]), set))
                        .supported())
                .isTrue();
    }

    @Test
    void foreignNativeModelUnderThisNameIsRefused() {
        NativeModel foreign = new NativeModel() {
            @Override
            public String solver() {
                return "ortools";
            }

            @Override
            public String description() {
                return "a routing model";
            }

            @Override
            public String fingerprint() {
                return "";
            }
        };
        ConstraintSet set = ConstraintSet.builder(1).nativeModel(foreign).build();
        ArgminProblem problem =
                new ArgminProblem(PenaltyCost.builder(0, 1).build().objective(new double[0]), set);
        assertThat(new OrToolsArgminSolverProvider().supports(problem).reason()).contains("a routing model");
    }

    @Test
    void smoothCostOverCpSatIsRefused() {
        ArgminProblem problem =
                new ArgminProblem(new Plane(), all(distinct(2, 4)).constraints());
        assertThatThrownBy(() -> SOLVER.solve(problem)).hasMessageContaining("integer variables");
    }

    private static final class Plane implements SmoothObjective {
        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public double value(double[] decisions) {
            return decisions[0];
        }

        @Override
        public double valueAndGradient(double[] decisions, double[] gradient) {
            gradient[0] = 1;
            gradient[1] = 0;
            return decisions[0];
        }
    }

    /** A quadratic assignment of distinct numbers that CP-SAT cannot close in seconds. */
    private static ArgminProblem hard() {
        Random random = new Random(5);
        int n = 30;
        PenaltyCost.Builder cost = PenaltyCost.builder(0, n);
        for (int k = 0; k < 60; k++) {
            AffineResidual residual = constant(random.nextGaussian());
            for (int i = 0; i < n; i++) {
                residual = residual.plus(decision(i).times(random.nextInt(21) - 10));
            }
            cost.square(1, residual);
        }
        return new ArgminProblem(
                cost.build().objective(new double[0]), all(distinct(n, 40)).constraints());
    }

    @Test
    void timeLimitGivesTheBestDecisionSoFar() {
        try (ArgminSolver solver =
                new OrToolsArgminSolverProvider().create(OPTIONS.withTimeLimit(Duration.ofMillis(2500)))) {
            Decision answer = solver.solve(hard());
            assertThat(answer.status()).isEqualTo(SolveStatus.FEASIBLE);
            assertThat(answer.message()).contains("gap");
            assertThat(answer.solveTime()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void cancelledSolveEndsSoon() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> SOLVER.solve(hard(), () -> System.nanoTime() - start > 300_000_000))
                .isInstanceOf(CancellationException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void eightThreadsFindTheSameOptimaAsOne() {
        Random random = new Random(11);
        List<ArgminProblem> problems = new ArrayList<>();
        for (int k = 0; k < 64; k++) {
            Case c = CASES.get(k % CASES.size());
            problems.add(new ArgminProblem(
                    objective(c.decisions().count(), k % 2 == 0, random),
                    c.decisions().constraints()));
        }
        List<Decision> alone = SOLVER.solveAll(problems.size(), problems::get, SolveListener.NONE, () -> false);
        try (ArgminSolver solver = new OrToolsArgminSolverProvider().create(OPTIONS.withThreads(8))) {
            List<Decision> together = solver.solveAll(problems.size(), problems::get, SolveListener.NONE, () -> false);
            for (int k = 0; k < problems.size(); k++) {
                double cost = alone.get(k).cost();
                assertThat(together.get(k).status()).isEqualTo(alone.get(k).status());
                assertThat(together.get(k).cost()) // ties may be broken differently on a busy machine
                        .isCloseTo(cost, within(2 * OPTIONS.tolerance() * Math.max(1, Math.abs(cost))));
            }
        }
    }

    /** Rounded costs must not change which tour or permutation is best: there are fractions, signs and sizes of all kinds. */
    @Property(tries = 20)
    void linearCostsAreAsExactAsTheTolerance(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        Random random = new Random(seed);
        for (Case of : List.of(permutation(), signedPermutation(), tour())) {
            int n = of.feasible().get(0).length;
            double size = Math.pow(10, random.nextInt(9) - 4);
            double[] cost = random.doubles(n, -size, size).toArray();
            PenaltyObjective objective = new PenaltyObjective(n, List.of(), cost, -size / 3);
            Decision decision =
                    SOLVER.solve(new ArgminProblem(objective, of.decisions().constraints()));
            double least =
                    of.feasible().stream().mapToDouble(objective::value).min().orElseThrow();
            assertThat(decision.status()).as(decision.message()).isEqualTo(SolveStatus.OPTIMAL);
            assertThat(decision.cost()).isCloseTo(least, within(OPTIONS.tolerance() * Math.max(1, Math.abs(least))));
        }
    }
}
