package org.soebm.api.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Solves a bulk of problems on a fixed number of threads; the first failure stops the rest. */
final class ParallelSolves {
    private ParallelSolves() {}

    /** What is done with each problem. */
    @FunctionalInterface
    interface Solve<A> {
        A solve(ArgminProblem problem, Cancellation cancellation);
    }

    /** Who hears of each answer, one call at a time. */
    @FunctionalInterface
    interface Listener<A> {
        void solved(int index, A answer);
    }

    static <A> List<A> run(
            int mostThreads,
            int count,
            IntFunction<ArgminProblem> problems,
            Solve<A> solve,
            Listener<A> listener,
            Cancellation cancellation) {
        if (count == 1) {
            return List.of(solveHere(problems.apply(0), solve, listener, cancellation));
        }
        AtomicReferenceArray<@Nullable A> answers = new AtomicReferenceArray<>(count);
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>(); // the first one
        Object listenerTurn = new Object();
        Cancellation either = () -> failure.get() != null || cancellation.isCancelled();
        Runnable worker = () -> {
            try {
                for (int i = next.getAndIncrement(); i < count && failure.get() == null; i = next.getAndIncrement()) {
                    cancellation.throwIfCancelled();
                    A answer = solve.solve(problems.apply(i), either);
                    answers.set(i, answer);
                    synchronized (listenerTurn) {
                        listener.solved(i, answer);
                    }
                }
            } catch (RuntimeException | Error thrown) {
                // Those that follow may be its echo: the cancellation of the other workers.
                failure.compareAndSet(null, thrown);
            }
        };
        int threads = Math.max(1, Math.min(mostThreads, count));
        ExecutorService executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "soebm-solve");
            thread.setDaemon(true);
            return thread;
        });
        for (int t = 0; t < threads; t++) {
            executor.execute(worker);
        }
        executor.shutdown();
        await(executor, failure);
        Throwable first = failure.get();
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException runtime) {
            throw runtime;
        }
        List<A> ordered = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ordered.add(Objects.requireNonNull(answers.get(i)));
        }
        return ordered;
    }

    /** A thread for a single problem would take longer than many a solve. */
    private static <A> A solveHere(
            ArgminProblem problem, Solve<A> solve, Listener<A> listener, Cancellation cancellation) {
        A answer = solve.solve(problem, () -> Thread.currentThread().isInterrupted() || cancellation.isCancelled());
        listener.solved(0, answer);
        return answer;
    }

    /** Waits for all workers, so that nothing runs on after the call; an interruption stops them like a failure. */
    private static void await(ExecutorService executor, AtomicReference<@Nullable Throwable> failure) {
        boolean interrupted = false;
        boolean done = false;
        while (!done) {
            try {
                done = executor.awaitTermination(1, TimeUnit.HOURS);
            } catch (InterruptedException e) {
                interrupted = true;
                failure.compareAndSet(null, new CancellationException("The solves were interrupted."));
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
