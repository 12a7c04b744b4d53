package org.soebm.api.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Solves a bulk of problems on a fixed number of threads; the first failure stops the rest. */
final class ParallelSolves {
    private ParallelSolves() {}

    static List<Decision> run(
            ArgminSolver solver,
            int count,
            IntFunction<ArgminProblem> problems,
            SolveListener listener,
            Cancellation cancellation) {
        AtomicReferenceArray<@Nullable Decision> decisions = new AtomicReferenceArray<>(count);
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean failed = new AtomicBoolean();
        Object listenerTurn = new Object();
        Cancellation either = () -> failed.get() || cancellation.isCancelled();
        Callable<Void> worker = () -> {
            for (int i = next.getAndIncrement(); i < count && !failed.get(); i = next.getAndIncrement()) {
                try {
                    cancellation.throwIfCancelled();
                    Decision decision = solver.solve(problems.apply(i), either);
                    decisions.set(i, decision);
                    synchronized (listenerTurn) {
                        listener.solved(i, decision);
                    }
                } catch (RuntimeException | Error failure) {
                    failed.set(true);
                    throw failure;
                }
            }
            return null;
        };
        int threads = Math.max(1, Math.min(solver.options().threads(), count));
        ExecutorService executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "soebm-solve");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Void>> futures = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                futures.add(executor.submit(worker));
            }
            await(futures, failed);
        } finally {
            executor.shutdown();
        }
        List<Decision> ordered = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Decision decision = decisions.get(i);
            if (decision == null) {
                throw new IllegalStateException("Problem " + i + " of " + count + " was not solved.");
            }
            ordered.add(decision);
        }
        return ordered;
    }

    /** Waits for all workers, so that nothing runs on after the call, then throws the first real failure. */
    private static void await(List<Future<Void>> futures, AtomicBoolean failed) {
        Throwable first = null;
        boolean interrupted = false;
        for (Future<Void> future : futures) {
            boolean done = false;
            while (!done) {
                try {
                    future.get();
                    done = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                    failed.set(true);
                } catch (ExecutionException e) {
                    done = true;
                    // A cancellation may be the echo of another worker's failure; the failure is what counts.
                    if (first == null || first instanceof java.util.concurrent.CancellationException) {
                        first = e.getCause();
                    }
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
            throw new java.util.concurrent.CancellationException("The solves were interrupted.");
        }
        if (first instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (first instanceof Error error) {
            throw error;
        }
        if (first != null) {
            throw new IllegalStateException(first);
        }
    }
}
