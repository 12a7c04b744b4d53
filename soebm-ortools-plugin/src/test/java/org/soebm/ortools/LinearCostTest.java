package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/** Costs that are linear in a: what a pool of decisions and methods for linear costs rely on. */
class LinearCostTest {
    private static final int SIDE = 4;

    /** Shortest paths over a grid, to the right and downwards, as a flow: its vertices are the paths. */
    private static ConstraintSet paths() {
        int arcs = 2 * SIDE * (SIDE - 1);
        SparseVector[] out = new SparseVector[SIDE * SIDE];
        Arrays.fill(out, SparseVector.zero());
        int arc = 0;
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                int node = row * SIDE + column;
                for (int next : new int[] {column + 1 < SIDE ? node + 1 : -1, row + 1 < SIDE ? node + SIDE : -1}) {
                    if (next >= 0) {
                        out[node] = out[node].plus(SparseVector.unit(arc, 1));
                        out[next] = out[next].plus(SparseVector.unit(arc++, -1));
                    }
                }
            }
        }
        ConstraintSet.Builder set = ConstraintSet.builder(arcs).box(0, 1);
        for (int node = 0; node < out.length; node++) {
            double flow = node == 0 ? 1 : node == out.length - 1 ? -1 : 0;
            set.row("node " + node, out[node], flow, flow);
        }
        return set.build();
    }

    private static void assertPath(double[] cost) {
        try (ArgminSolver solver = new OrToolsArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            PenaltyObjective objective = new PenaltyObjective(cost.length, List.of(), cost, 0);
            Decision path = solver.solve(new ArgminProblem(objective, paths()));
            assertThat(path.status()).isEqualTo(SolveStatus.OPTIMAL);
            double length = 0;
            for (double value : path.values()) {
                assertThat(value).isIn(0.0, 1.0);
                length += value;
            }
            assertThat(length).isEqualTo(2 * (SIDE - 1));
        }
    }

    @Test
    void linearProgramsEndInVerticesWhateverTheTies() {
        int arcs = 2 * SIDE * (SIDE - 1);
        Random random = new Random(2);
        assertPath(new double[arcs]); // every path is optimal
        double[] ones = new double[arcs];
        Arrays.fill(ones, 1);
        assertPath(ones);
        for (int trial = 0; trial < 20; trial++) {
            assertPath(random.doubles(arcs, -1, 1).toArray());
            assertPath(random.ints(arcs, 0, 2).asDoubleStream().toArray());
        }
    }
}
