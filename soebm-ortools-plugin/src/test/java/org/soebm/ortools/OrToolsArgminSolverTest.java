package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverContract;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.SampleProblems;

class OrToolsArgminSolverTest extends ArgminSolverContract {
    @Override
    protected ArgminSolverProvider provider() {
        return new OrToolsArgminSolverProvider();
    }

    @Test
    void cancellationThatFailsEndsALongSolveWithItsFailure() {
        ArgminProblem problem = SampleProblems.marketSplit(50, 6, new Random(3));
        try (ArgminSolver solver = provider().create(options().withTimeLimit(Duration.ofSeconds(60)))) {
            long start = System.nanoTime();
            Cancellation broken = () -> {
                if (System.nanoTime() - start > 300_000_000) {
                    throw new IllegalStateException("broken");
                }
                return false;
            };
            assertThatThrownBy(() -> solver.solve(problem, broken))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("broken");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
