package org.soebm.timefold;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.SampleProblems;
import org.soebm.api.solver.SolverOptions;

class LongRunTest {
    @Test
    void thousandsOfSolvesLeaveTheHeapLevel() {
        Random random = new Random(8);
        ArgminProblem continuous = SampleProblems.power(SampleProblems.loads(24, random), new double[24]);
        ArgminProblem integer = SampleProblems.marketSplit(6, 1, random);
        try (ArgminSolver solver = new TimefoldArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            solveMany(solver, continuous, 300);
            solveMany(solver, integer, 100);
            long before = usedBytes();
            solveMany(solver, continuous, 3_000);
            solveMany(solver, integer, 1_000);
            assertThat(usedBytes() - before).isLessThan(4_000_000); // a leak of 1 KB a solve would show
        }
    }

    private static void solveMany(ArgminSolver solver, ArgminProblem problem, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(solver.solve(problem).status().hasDecision()).isTrue();
        }
    }

    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
