package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CircuitConstraint;
import com.google.ortools.sat.CpModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.IntegerProblems;
import org.soebm.api.solver.SampleProblems;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.model.OrToolsModel;

/** What comes beside the answer, back end by back end. */
class FurtherSolutionsTest {
    private static final SolverOptions OPTIONS =
            SolverOptions.DEFAULT.withThreads(1).withTimeLimit(Duration.ofSeconds(20));
    private static final ArgminSolver SOLVER = new OrToolsArgminSolverProvider().create(OPTIONS);

    @Test
    void scipGivesWhatItKeeps() {
        ArgminProblem problem = IntegerProblems.knapsack(12, new Random(1)).problem();
        assertThat(SOLVER.solutions(problem, 50, Cancellation.NEVER)).hasSizeGreaterThan(1);
    }

    @Test
    void cpSatGivesItsIncumbents() {
        for (int seed = 0; seed < 3; seed++) {
            ArgminProblem problem = tour(7, new Random(seed));
            List<Decision> tours = SOLVER.solutions(problem, 50, Cancellation.NEVER);
            assertThat(tours).hasSizeGreaterThan(1);
            assertThat(tours).extracting(Decision::values).doesNotHaveDuplicates();
            assertThat(tours).isSortedAccordingTo(Comparator.comparingDouble(Decision::cost));
            assertThat(tours)
                    .allSatisfy(tour -> assertThat(legs(tour.values(), 7)).isEqualTo(7));
            assertThat(tours.get(0).cost()).isCloseTo(SOLVER.solve(problem).cost(), within(1e-5));
            assertThat(SOLVER.solutions(problem, 2, Cancellation.NEVER)).hasSize(2);
        }
    }

    @Test
    void tourOfTwentyNodesIsOptimal() {
        Decision tour = SOLVER.solve(tour(20, new Random(2)));
        assertThat(tour.status()).as(tour.message()).isEqualTo(SolveStatus.OPTIMAL);
        assertThat(legs(tour.values(), 20)).isEqualTo(20);
    }

    @Test
    void outerApproximationGivesWhatItKnew() {
        ConstraintSet set = ConstraintSet.builder(3)
                .box(0, 5)
                .allInteger()
                .row("sum", SparseVector.of(new int[] {0, 1, 2}, new double[] {1, 1, 1}), 0, 7)
                .build();
        double[] y = {3.4, 2.7, 2.2};
        ArgminProblem problem = new ArgminProblem(
                SampleProblems.tracking(y, new double[3], SampleProblems.shortageAndSurplus(3, 1, 0.5)), set);
        assertThat(SOLVER.solutions(problem, 50, Cancellation.NEVER)).hasSizeGreaterThan(1);
    }

    @Test
    void smoothCostsGiveTheirOtherLocalMinima() {
        // (a² − 1)² + a/5 has its minima near −1 and 1
        SmoothObjective wells = new SmoothObjective() {
            @Override
            public int dimension() {
                return 1;
            }

            @Override
            public double value(double[] a) {
                return valueAndGradient(a, new double[1]);
            }

            @Override
            public double valueAndGradient(double[] a, double[] gradient) {
                double inner = a[0] * a[0] - 1;
                gradient[0] = 4 * a[0] * inner + 0.2;
                return inner * inner + a[0] / 5;
            }
        };
        ArgminProblem problem =
                new ArgminProblem(wells, ConstraintSet.builder(1).box(-2, 2).build());
        List<Decision> minima = SOLVER.solutions(problem, 9, Cancellation.NEVER);
        assertThat(minima).hasSize(2);
        assertThat(minima.get(0).values()[0]).isCloseTo(-1.0241, within(1e-3));
        assertThat(minima.get(1).values()[0]).isCloseTo(0.9740, within(1e-3));
    }

    /** How many legs the tour from node 0 has until it is back there. */
    private static int legs(double[] taken, int nodes) {
        int node = 0;
        int legs = 0;
        do {
            int next = -1;
            for (int to = 0; to < nodes; to++) {
                if (to != node && taken[node * (nodes - 1) + (to < node ? to : to - 1)] == 1) {
                    assertThat(next).as("one way out of node %s", node).isEqualTo(-1);
                    next = to;
                }
            }
            assertThat(next).as("a way out of node %s", node).isNotEqualTo(-1);
            node = next;
            legs++;
        } while (node != 0 && legs <= nodes);
        return legs;
    }

    private static ArgminProblem tour(int nodes, Random random) {
        CpModel model = new CpModel();
        CircuitConstraint circuit = model.addCircuit();
        List<String> names = new ArrayList<>();
        double[] x = random.doubles(nodes).toArray();
        double[] y = random.doubles(nodes).toArray();
        List<Double> lengths = new ArrayList<>();
        for (int from = 0; from < nodes; from++) {
            for (int to = 0; to < nodes; to++) {
                if (from != to) {
                    BoolVar arc = model.newBoolVar(from + "-" + to);
                    circuit.addArc(from, to, arc);
                    names.add(arc.getName());
                    lengths.add(Math.hypot(x[from] - x[to], y[from] - y[to]));
                }
            }
        }
        ConstraintSet set = OrToolsModel.of(model).decisions(names).constraints();
        double[] cost = lengths.stream().mapToDouble(Double::doubleValue).toArray();
        return new ArgminProblem(new PenaltyObjective(cost.length, List.of(), cost, 0), set);
    }
}
