package org.soebm.api.solver;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;

/**
 * A plug-in's solver, none of whose answers is believed unseen: decisions must be finite and feasible, and must come within the
 * time limit and some patience. What fails is a {@link SolverFaultException} that names the solver. A solver that does not come
 * back goes on in a thread of its own, which ends with the process.
 */
public final class CheckedSolver implements ArgminSolver {
    /** What a constraint may be missed by, relative to the largest variable where that is above 1. */
    private static final double FEASIBILITY = 1e-5;

    /** Beyond twice the time limit, for native libraries to load and busy machines. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "soebm-checked-solve");
        thread.setDaemon(true);
        return thread;
    });

    private final String name;
    private final ArgminSolver solver;
    private final long patienceNanos;

    CheckedSolver(String name, ArgminSolver solver, Duration patience) {
        this.name = name;
        this.solver = solver;
        patienceNanos =
                solver.options().timeLimit().multipliedBy(2).plus(patience).toNanos();
    }

    /** A solver of a provider; close it when done. */
    public static ArgminSolver of(ArgminSolverProvider provider, SolverOptions options) {
        return new CheckedSolver(provider.name(), provider.create(options), PATIENCE);
    }

    @Override
    public SolverOptions options() {
        return solver.options();
    }

    /** @throws SolverFaultException when the solver fails, does not come back, or answers what is not a decision */
    @Override
    public Decision solve(ArgminProblem problem, Cancellation cancellation) {
        return solveAll(1, i -> problem, SolveListener.NONE, cancellation).get(0);
    }

    /** @throws SolverFaultException when the solver fails, does not come back, or answers what is not a decision */
    @Override
    public List<Decision> solveAll(
            int count, IntFunction<ArgminProblem> problems, SolveListener listener, Cancellation cancellation) {
        return checked(count, problems, listener, cancellation, solver::solveAll, (set, answer) -> {});
    }

    /** @throws SolverFaultException when the solver fails, does not come back, or gives what is not a decision */
    @Override
    public List<Decision> solutions(ArgminProblem problem, int atMost, Cancellation cancellation) {
        return solutionsAll(1, i -> problem, atMost, SolveListener.NONE, cancellation)
                .get(0);
    }

    /** @throws SolverFaultException when the solver fails, does not come back, or gives what is not a decision */
    @Override
    public List<List<Decision>> solutionsAll(
            int count,
            IntFunction<ArgminProblem> problems,
            int atMost,
            SolveListener listener,
            Cancellation cancellation) {
        return checked(
                count,
                problems,
                listener,
                cancellation,
                (number, remembered, checking, cancelled) ->
                        solver.solutionsAll(number, remembered, atMost, checking, cancelled),
                (set, decisions) -> checkFurther(set, decisions, atMost));
    }

    /** What the solver does with a bulk of problems. */
    @FunctionalInterface
    private interface Bulk<A> {
        List<A> solve(
                int count, IntFunction<ArgminProblem> problems, SolveListener listener, Cancellation cancellation);
    }

    /** Checks each answer as the solver tells of it, and what else came with it when all are there. */
    private <A> List<A> checked(
            int count,
            IntFunction<ArgminProblem> problems,
            SolveListener listener,
            Cancellation cancellation,
            Bulk<A> bulk,
            BiConsumer<@Nullable ConstraintSet, A> rest) {
        AtomicReferenceArray<@Nullable ConstraintSet> sets = new AtomicReferenceArray<>(count);
        AtomicLong progress = new AtomicLong(System.nanoTime());
        IntFunction<ArgminProblem> remembered = i -> {
            ArgminProblem problem = problems.apply(i);
            sets.set(i, problem.constraints());
            progress.set(System.nanoTime()); // problems may take long to make, which is not the solver's fault
            return problem;
        };
        SolveListener checking = (i, decision) -> {
            progress.set(System.nanoTime());
            check(sets.get(i), decision);
            listener.solved(i, decision);
        };
        Future<List<A>> answers = THREADS.submit(() -> {
            List<A> all = bulk.solve(count, remembered, checking, cancellation);
            for (int i = 0; i < all.size(); i++) {
                rest.accept(sets.get(i), all.get(i));
            }
            return all;
        });
        return await(answers, progress);
    }

    private void checkFurther(@Nullable ConstraintSet set, @Nullable List<Decision> decisions, int atMost) {
        if (decisions == null || decisions.isEmpty() || decisions.size() > atMost) {
            throw fault("gave " + (decisions == null ? "no list" : decisions.size() + " decisions") + " where 1 to "
                    + atMost + " were asked for");
        }
        for (Decision decision : decisions.subList(1, decisions.size())) {
            if (decision == null || !decision.status().hasDecision()) {
                throw fault("gave a further solution that is no decision");
            }
            check(set, decision);
        }
    }

    private <A> List<A> await(Future<List<A>> answers, AtomicLong progress) {
        while (true) {
            if (Thread.currentThread().isInterrupted()) { // answers that are there already would hide it
                answers.cancel(true);
                throw new CancellationException("The solves were interrupted.");
            }
            long left = progress.get() + patienceNanos - System.nanoTime();
            try {
                return answers.get(Math.max(1, left), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - progress.get() >= patienceNanos) {
                    answers.cancel(true);
                    throw new SolverFaultException(
                            "Solver " + name + " has not answered for "
                                    + TimeUnit.NANOSECONDS.toSeconds(patienceNanos) + " s, though its time limit is "
                                    + solver.options().timeLimit().toMillis()
                                    + " ms. Maybe it does not keep to time limits? Try another one.",
                            e);
                }
            } catch (InterruptedException e) {
                answers.cancel(true);
                Thread.currentThread().interrupt();
                throw new CancellationException("The solves were interrupted.");
            } catch (ExecutionException e) {
                throw unwrapped(e.getCause() == null ? e : e.getCause());
            }
        }
    }

    /** What is ours, or said to the caller, stays as it is; what a plug-in throws is named as its failure. */
    private RuntimeException unwrapped(Throwable thrown) {
        if (thrown instanceof Error error && !(error instanceof AssertionError)) {
            throw error;
        }
        if (thrown instanceof CancellationException
                || thrown instanceof IllegalArgumentException
                || thrown.getClass().getName().startsWith("org.soebm.")) {
            return (RuntimeException) thrown;
        }
        String message = thrown.getMessage() == null ? "" : ": " + thrown.getMessage();
        return new SolverFaultException(
                "Solver " + name + " failed with " + thrown.getClass().getSimpleName() + message
                        + ". Maybe its plug-in has an error? Run with --verbose to see where, or try another solver.",
                thrown);
    }

    private void check(@Nullable ConstraintSet set, @Nullable Decision decision) {
        if (decision == null || set == null) { // plug-ins are not bound by null marks
            throw fault("answered nothing");
        }
        if (!decision.status().hasDecision()) {
            return;
        }
        double[] values = decision.values();
        if (values.length != set.decisionCount()) {
            throw fault("answered " + values.length + " decisions instead of " + set.decisionCount());
        }
        double largest = 1;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw fault("answered " + values[i] + " for decision " + i + " (counted from 0)");
            }
            largest = Math.max(largest, Math.abs(values[i]));
        }
        double violation = decision.auxiliaries().length == set.auxiliaryCount()
                ? set.violation(decision.variables())
                : violationOfBounds(set, values);
        if (!(violation <= FEASIBILITY * largest)) {
            throw fault("answered a decision that misses a constraint by " + violation);
        }
    }

    /** Without the auxiliary variables rows cannot be told. */
    private static double violationOfBounds(ConstraintSet set, double[] values) {
        double worst = 0;
        for (int i = 0; i < values.length; i++) {
            worst = Math.max(worst, Math.max(set.lower(i) - values[i], values[i] - set.upper(i)));
        }
        return worst;
    }

    private SolverFaultException fault(String what) {
        return new SolverFaultException(
                "Solver " + name + " " + what + ". Its plug-in has an error; try another solver.", null);
    }

    @Override
    public void close() {
        solver.close();
    }
}
