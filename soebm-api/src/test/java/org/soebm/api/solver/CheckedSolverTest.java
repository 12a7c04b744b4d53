package org.soebm.api.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.linear.SparseVector;

class CheckedSolverTest {
    private static final ConstraintSet SET = ConstraintSet.builder(2)
            .box(0, 10)
            .row("sum", SparseVector.of(new int[] {0, 1}, new double[] {1, 1}), 0, 12)
            .build();

    private static final class Flat implements SmoothObjective {
        @Override
        public int dimension() {
            return 2;
        }

        @Override
        public double value(double[] decisions) {
            return 0;
        }

        @Override
        public double valueAndGradient(double[] decisions, double[] gradient) {
            return 0;
        }
    }

    /** A solver that answers what it is told to. */
    private record Told(Function<ArgminProblem, Decision> answer) implements ArgminSolver {
        @Override
        public Decision solve(ArgminProblem problem, Cancellation cancellation) {
            return answer.apply(problem);
        }

        @Override
        public SolverOptions options() {
            return SolverOptions.DEFAULT.withThreads(2).withTimeLimit(Duration.ofMillis(50));
        }

        @Override
        public void close() {}
    }

    /** A solver that gives a list that it is told to. */
    private record Listing(List<Decision> list) implements ArgminSolver {
        @Override
        public Decision solve(ArgminProblem problem, Cancellation cancellation) {
            return list.get(0);
        }

        @Override
        public List<Decision> solutions(ArgminProblem problem, int atMost, Cancellation cancellation) {
            return list;
        }

        @Override
        public SolverOptions options() {
            return SolverOptions.DEFAULT.withThreads(2).withTimeLimit(Duration.ofMillis(50));
        }

        @Override
        public void close() {}
    }

    private static ArgminSolver listing(Decision... decisions) {
        return new CheckedSolver("odd", new Listing(List.of(decisions)), Duration.ofMillis(200));
    }

    private static void assertFaultyList(ArgminSolver solver, String what) {
        assertThatThrownBy(() -> solver.solutions(problem(), 3, Cancellation.NEVER))
                .isInstanceOf(SolverFaultException.class)
                .hasMessageStartingWith("Solver odd ")
                .hasMessageContaining(what);
        assertThatThrownBy(() -> solver.solutionsAll(2, i -> problem(), 3, SolveListener.NONE, Cancellation.NEVER))
                .isInstanceOf(SolverFaultException.class)
                .hasMessageContaining(what);
    }

    @Test
    void furtherSolutionsAreCheckedLikeAnswers() {
        Decision good = decision(1, 1);
        List<Integer> heard = new ArrayList<>();
        assertThat(listing(good, decision(1, 2))
                        .solutionsAll(2, i -> problem(), 3, (i, d) -> heard.add(i), Cancellation.NEVER))
                .allSatisfy(solutions -> assertThat(solutions).hasSize(2));
        assertThat(heard).containsExactlyInAnyOrder(0, 1);
        assertFaultyList(listing(decision(9, 9), good), "misses a constraint by 6.0");
        assertFaultyList(listing(good, decision(9, 9)), "misses a constraint by 6.0");
        assertFaultyList(listing(good, decision(1, Double.NaN)), "NaN for decision 1");
        assertFaultyList(listing(good, Decision.none(SolveStatus.FAILED, Duration.ZERO, "")), "no decision");
        assertFaultyList(listing(good, good, good, good), "gave 4 decisions where 1 to 3 were asked for");
    }

    @Test
    void solverWithoutFurtherSolutionsGivesItsAnswer() {
        assertThat(checked(problem -> decision(1, 1)).solutions(problem(), 5, Cancellation.NEVER))
                .hasSize(1);
        assertFaultyList(checked(problem -> decision(9, 9)), "misses a constraint by 6.0");
    }

    private static ArgminSolver checked(Function<ArgminProblem, Decision> answer) {
        return new CheckedSolver("odd", new Told(answer), Duration.ofMillis(200));
    }

    private static Decision decision(double... values) {
        return new Decision(values, new double[0], 0, SolveStatus.OPTIMAL, Duration.ofMillis(1), "");
    }

    private static ArgminProblem problem() {
        return new ArgminProblem(new Flat(), SET);
    }

    private static void assertFault(ArgminSolver solver, String what) {
        assertThatThrownBy(() -> solver.solve(problem()))
                .isInstanceOf(SolverFaultException.class)
                .hasMessageStartingWith("Solver odd ")
                .hasMessageContaining(what)
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> solver.solveAll(3, i -> problem(), SolveListener.NONE, Cancellation.NEVER))
                .isInstanceOf(SolverFaultException.class)
                .hasMessageContaining(what);
    }

    @Test
    void decisionsThatAreFeasibleComeThroughInOrder() {
        List<Integer> heard = new ArrayList<>();
        List<Decision> decisions = checked(problem -> decision(problem.start()))
                .solveAll(
                        5,
                        i -> new ArgminProblem(new Flat(), SET, new double[] {i, i}),
                        (i, decision) -> heard.add(i),
                        Cancellation.NEVER);
        assertThat(decisions).extracting(decision -> decision.values()[0]).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
        assertThat(heard).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(checked(problem -> Decision.none(SolveStatus.INFEASIBLE, Duration.ofMillis(1), "why"))
                        .solve(problem())
                        .message())
                .isEqualTo("why");
    }

    @Test
    void whatIsNotADecisionIsAFault() {
        assertFault(checked(problem -> decision(1, Double.NaN)), "NaN for decision 1");
        assertFault(checked(problem -> decision(Double.POSITIVE_INFINITY, 1)), "Infinity for decision 0");
        assertFault(checked(problem -> decision(1)), "1 decisions instead of 2");
        assertFault(checked(problem -> decision(-0.5, 1)), "misses a constraint by 0.5");
        assertFault(checked(problem -> decision(9, 9)), "misses a constraint by 6.0");
        assertThat(checked(problem -> decision(-1e-7, 1)).solve(problem()).values()[0])
                .isEqualTo(-1e-7);
    }

    @Test
    void aSolverThatFailsIsNamed() {
        assertFault(
                checked(problem -> {
                    throw new IndexOutOfBoundsException("index 7");
                }),
                "failed with IndexOutOfBoundsException: index 7");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSolverThatDoesNotComeBackIsGivenUp(boolean interruptible) {
        CountDownLatch endOfTest = new CountDownLatch(1);
        try {
            assertFault(
                    checked(problem -> {
                        while (true) {
                            try {
                                endOfTest.await();
                                return decision(1, 1);
                            } catch (InterruptedException e) {
                                if (interruptible) {
                                    throw new IllegalStateException(e);
                                }
                            }
                        }
                    }),
                    "has not answered");
        } finally {
            endOfTest.countDown(); // so that no thread outlives it
        }
    }

    @Test
    void cancellationsErrorsAndRefusalsComeThrough() {
        assertThatThrownBy(() -> checked(problem -> {
                            throw new CancellationException("stop");
                        })
                        .solve(problem()))
                .isInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> checked(problem -> {
                            throw new IllegalArgumentException("not such a problem");
                        })
                        .solve(problem()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> checked(problem -> {
                            throw new NoSuchMethodError("built for another version");
                        })
                        .solve(problem()))
                .isInstanceOf(NoSuchMethodError.class);
    }

    @Test
    void anInterruptionOfTheCallerStopsTheSolves() {
        ArgminSolver solver = checked(problem -> decision(1, 1));
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> solver.solve(problem())).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
