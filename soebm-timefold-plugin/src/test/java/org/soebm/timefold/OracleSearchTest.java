package org.soebm.timefold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.IntegerProblems;
import org.soebm.api.solver.SampleAverages;
import org.soebm.api.solver.SecurityGame;
import org.soebm.api.solver.SolverOptions;

class OracleSearchTest {
    @Test
    void sampleAveragesMeetTheIndependentOptimum() {
        Random random = new Random(1);
        try (ArgminSolver solver = new TimefoldArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            for (int trial = 0; trial < 6; trial++) {
                IntegerProblems.Solved solved = SampleAverages.beds(trial % 2 == 0 ? 0.8 : 1, random);
                Decision decision = solver.solve(solved.problem());
                assertThat(decision.cost()).isCloseTo(solved.optimum(), within(1e-6 * solved.optimum()));
            }
        }
    }

    @Test
    void gameWithoutGradientEndsWhereNoTransferOfCoverageHelps() {
        SecurityGame game = SecurityGame.random(10, 22, new Random(4));
        Decision decision;
        try (ArgminSolver solver = new TimefoldArgminSolverProvider().create(SolverOptions.DEFAULT)) {
            decision = solver.solve(game.problem(3));
        }
        assertThat(decision.isConverged()).as(decision.message()).isTrue();
        double[] a = decision.values();
        for (int from = 0; from < a.length; from++) {
            for (int to = 0; to < a.length; to++) {
                double[] moved = a.clone();
                double amount = Math.min(0.01, Math.min(a[from], 1 - a[to]));
                moved[from] -= amount;
                moved[to] += amount;
                assertThat(game.value(moved)).isGreaterThanOrEqualTo(decision.cost() - 1e-9);
            }
        }
    }
}
