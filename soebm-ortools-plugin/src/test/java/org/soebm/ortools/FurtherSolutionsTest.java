package org.soebm.ortools;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CircuitConstraint;
import com.google.ortools.sat.CpModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.IntegerProblems;
import org.soebm.api.solver.SolverOptions;
import org.soebm.ortools.model.OrToolsModel;

/** What comes beside the answer, back end by back end. */
class FurtherSolutionsTest {
    private static final SolverOptions OPTIONS =
            SolverOptions.DEFAULT.withThreads(1).withTimeLimit(Duration.ofSeconds(20));
    private static final ArgminSolver SOLVER = new OrToolsArgminSolverProvider().create(OPTIONS);

    @Test
    void explore() {
        for (int items : new int[] {8, 12, 16}) {
            for (int seed = 0; seed < 3; seed++) {
                show(
                        "knapsack " + items,
                        IntegerProblems.knapsack(items, new Random(seed)).problem());
            }
        }
        show("assignment", IntegerProblems.assignment(5, new Random(1)).problem());
        show("uc", IntegerProblems.unitCommitment(3, 4, new Random(1)).problem());
        for (int n : new int[] {5, 7, 12, 20}) {
            for (int seed = 0; seed < 3; seed++) {
                show("tour " + n, tour(n, new Random(seed)));
            }
        }
    }

    private static void show(String what, ArgminProblem problem) {
        long t = System.nanoTime();
        List<Decision> found = SOLVER.solutions(problem, 50, Cancellation.NEVER);
        System.out.println(what + " " + (System.nanoTime() - t) / 1000000 + " ms: " + found.size() + " "
                + found.stream().map(d -> String.format("%.3f", d.cost())).toList());
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
