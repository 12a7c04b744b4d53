package org.soebm.api.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;

@Timeout(20)
class SolveAllTest {
    /** What a fake solver does with the problem of an index. */
    private interface Solve {
        void run(int index, Cancellation cancellation) throws Exception;
    }

    /** Answers a problem whose objective is the constant k with the decision k. */
    private record FakeSolver(int threads, Solve body) implements ArgminSolver {
        @Override
        public Decision solve(ArgminProblem problem, Cancellation cancellation) {
            double constant = problem.objective().value(new double[1]);
            try {
                body.run((int) constant, cancellation);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return new Decision(
                    new double[] {constant}, new double[0], constant, SolveStatus.OPTIMAL, Duration.ZERO, "");
        }

        @Override
        public SolverOptions options() {
            return SolverOptions.DEFAULT.withThreads(threads);
        }

        @Override
        public void close() {}
    }

    private static ArgminProblem problem(int index) {
        return new ArgminProblem(
                new PenaltyObjective(1, List.of(), new double[1], index), ConstraintSet.unconstrained(1));
    }

    private static List<Decision> solveAll(FakeSolver solver, int count) {
        return solver.solveAll(count, SolveAllTest::problem, SolveListener.NONE, Cancellation.NEVER);
    }

    private static void awaitCancellation(Cancellation cancellation) throws InterruptedException {
        while (!cancellation.isCancelled()) {
            Thread.sleep(1);
        }
        cancellation.throwIfCancelled();
    }

    @AfterEach
    void noThreadIsLeftBehind() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("soebm-solve")) {
                thread.join(2000); // a thread whose work is over may take a moment to end
                assertThat(thread.isAlive()).isFalse();
            }
        }
    }

    @Test
    void answersComeInTheOrderOfTheProblems() {
        FakeSolver lateFirst = new FakeSolver(4, (index, cancellation) -> Thread.sleep(index % 4 == 0 ? 5 : 0));
        List<Decision> decisions = solveAll(lateFirst, 50);
        assertThat(decisions).hasSize(50);
        for (int i = 0; i < 50; i++) {
            assertThat(decisions.get(i).cost()).isEqualTo(i);
        }
    }

    @Test
    void noProblemsMeansNoAnswers() {
        assertThat(solveAll(new FakeSolver(4, (index, cancellation) -> {}), 0)).isEmpty();
    }

    @Test
    void asManyThreadsWorkAtOnceAsTheOptionsSay() {
        CyclicBarrier meeting = new CyclicBarrier(3);
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        FakeSolver solver = new FakeSolver(3, (index, cancellation) -> {
            workers.add(Thread.currentThread());
            meeting.await(10, TimeUnit.SECONDS); // passes only when three solve at once
        });
        assertThat(solveAll(solver, 9)).hasSize(9);
        assertThat(workers).hasSize(3);
    }

    @Test
    void neverMoreThreadsWorkAtOnceThanTheOptionsSay() {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        FakeSolver solver = new FakeSolver(2, (index, cancellation) -> {
            most.accumulateAndGet(working.incrementAndGet(), Math::max);
            Thread.sleep(2);
            working.decrementAndGet();
        });
        solveAll(solver, 20);
        assertThat(most).hasValue(2);
    }

    @Test
    void listenerHearsOfEveryAnswerOnceAndOneAtATime() {
        AtomicBoolean talking = new AtomicBoolean();
        List<Integer> heard = new ArrayList<>(); // not thread-safe on purpose
        SolveListener listener = (index, decision) -> {
            assertThat(talking.getAndSet(true)).isFalse();
            assertThat(decision.cost()).isEqualTo(index);
            heard.add(index);
            talking.set(false);
        };
        new FakeSolver(4, (index, cancellation) -> {})
                .solveAll(200, SolveAllTest::problem, listener, Cancellation.NEVER);
        assertThat(heard).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void problemsAreMadeWhenTheirTurnComes() {
        AtomicInteger made = new AtomicInteger();
        AtomicInteger ahead = new AtomicInteger();
        AtomicInteger solved = new AtomicInteger();
        new FakeSolver(2, (index, cancellation) -> solved.incrementAndGet())
                .solveAll(
                        50,
                        index -> {
                            ahead.accumulateAndGet(made.incrementAndGet() - solved.get(), Math::max);
                            return problem(index);
                        },
                        SolveListener.NONE,
                        Cancellation.NEVER);
        assertThat(ahead.get()).isLessThanOrEqualTo(3); // two on their way, one of them counted late
    }

    @Test
    void theFirstFailureStopsTheRestAndIsWhatIsThrown() {
        AtomicInteger started = new AtomicInteger();
        IllegalStateException failure = new IllegalStateException("problem 3 is broken");
        FakeSolver solver = new FakeSolver(2, (index, cancellation) -> {
            started.incrementAndGet();
            if (index == 3) {
                throw failure;
            }
            if (index == 2) {
                awaitCancellation(cancellation); // its cancellation is an echo, not the failure
            }
        });
        assertThatThrownBy(() -> solveAll(solver, 1000)).isSameAs(failure);
        assertThat(started.get()).isLessThan(10);
    }

    @Test
    void aLaterFailureDoesNotHideTheFirst() {
        IllegalStateException failure = new IllegalStateException("first");
        CountDownLatch bothRun = new CountDownLatch(2);
        FakeSolver solver = new FakeSolver(2, (index, cancellation) -> {
            bothRun.countDown();
            bothRun.await();
            if (index == 1) {
                throw failure;
            }
            while (!cancellation.isCancelled()) {
                Thread.sleep(1);
            }
            throw new IllegalStateException("second");
        });
        assertThatThrownBy(() -> solveAll(solver, 2)).isSameAs(failure);
    }

    @Test
    void errorsAndFailuresOfProblemsAndListenersAreThrownToo() {
        FakeSolver solver = new FakeSolver(2, (index, cancellation) -> {});
        assertThatThrownBy(() -> solver.solveAll(
                        5,
                        index -> {
                            throw new IllegalArgumentException("no such problem");
                        },
                        SolveListener.NONE,
                        Cancellation.NEVER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no such problem");
        assertThatThrownBy(() -> solver.solveAll(
                        5,
                        SolveAllTest::problem,
                        (index, decision) -> {
                            throw new AssertionError("deaf");
                        },
                        Cancellation.NEVER))
                .isInstanceOf(AssertionError.class)
                .hasMessage("deaf");
    }

    @Test
    void cancellationReachesRunningSolvesAndStopsTheRest() {
        AtomicBoolean cancelled = new AtomicBoolean();
        AtomicInteger started = new AtomicInteger();
        FakeSolver solver = new FakeSolver(2, (index, cancellation) -> {
            started.incrementAndGet();
            if (index == 5) {
                cancelled.set(true);
            }
            if (index >= 5) {
                awaitCancellation(cancellation);
            }
        });
        assertThatThrownBy(() -> solver.solveAll(1000, SolveAllTest::problem, SolveListener.NONE, cancelled::get))
                .isInstanceOf(CancellationException.class);
        assertThat(started.get()).isLessThan(10);
    }

    @Test
    void cancelledBeforehandNothingIsSolved() {
        AtomicInteger started = new AtomicInteger();
        FakeSolver solver = new FakeSolver(2, (index, cancellation) -> started.incrementAndGet());
        assertThatThrownBy(() -> solver.solveAll(10, SolveAllTest::problem, SolveListener.NONE, () -> true))
                .isInstanceOf(CancellationException.class);
        assertThat(started).hasValue(0);
    }

    @Test
    void anInterruptionCancelsWaitsForRunningSolvesAndIsRemembered() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(2);
        AtomicInteger ended = new AtomicInteger();
        FakeSolver solver = new FakeSolver(2, (index, cancellation) -> {
            running.countDown();
            try {
                awaitCancellation(cancellation);
            } finally {
                Thread.sleep(20);
                ended.incrementAndGet();
            }
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean remembered = new AtomicBoolean();
        AtomicInteger endedByThen = new AtomicInteger();
        Thread caller = new Thread(() -> {
            try {
                solveAll(solver, 100);
            } catch (CancellationException e) {
                thrown.set(e);
            }
            endedByThen.set(ended.get());
            remembered.set(Thread.currentThread().isInterrupted());
        });
        caller.start();
        running.await();
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(CancellationException.class).hasMessageContaining("interrupted");
        assertThat(remembered).isTrue();
        assertThat(endedByThen).hasValue(2);
    }
}
