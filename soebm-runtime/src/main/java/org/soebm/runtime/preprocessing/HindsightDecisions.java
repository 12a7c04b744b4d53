package org.soebm.runtime.preprocessing;

import ai.djl.Device;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.task.Table;
import org.soebm.runtime.digest.ProblemDigest;
import org.soebm.runtime.objective.Objectives;

/**
 * The optimal decisions in hindsight a*(y) = argmin_{a ∈ C} f(y, a), solved once a row and in parallel: the centre of
 * the proposal when training, the yardstick of regret when testing. Rows are solved some thousands at a time, so that
 * memory does not grow with their number.
 */
public final class HindsightDecisions {
    /** Few enough that the answers, with all that they say, are small; so many that few cores wait for the last of them. */
    private static final int ROWS_AT_A_TIME = 8192;

    private final CostFunction cost;
    private final ConstraintSet constraints;
    private final ArgminSolverProvider provider;
    private final ArgminSolver solver;
    private final @Nullable DecisionCache cache;
    private final boolean skipUnsolvable;
    private final Device device;

    private HindsightDecisions(
            CostFunction cost,
            ConstraintSet constraints,
            ArgminSolverProvider provider,
            ArgminSolver solver,
            @Nullable DecisionCache cache,
            boolean skipUnsolvable,
            Device device) {
        this.cost = cost;
        this.constraints = constraints;
        this.provider = provider;
        this.solver = solver;
        this.cache = cache;
        this.skipUnsolvable = skipUnsolvable;
        this.device = device;
    }

    /**
     * Decisions by a solver, without a cache, where a row that cannot be solved is an error.
     *
     * @param provider of the solver: its name and version are part of the cache's key
     * @param solver stays the caller's to close
     */
    public HindsightDecisions(
            CostFunction cost, ConstraintSet constraints, ArgminSolverProvider provider, ArgminSolver solver) {
        this(cost, constraints, provider, solver, null, false, Device.cpu());
    }

    /** The same, with the cost's tensor code, if it is such, on another device than the CPU. */
    public HindsightDecisions onDevice(Device newDevice) {
        return new HindsightDecisions(cost, constraints, provider, solver, cache, skipUnsolvable, newDevice);
    }

    /** The same, looking into a cache first, unless the cost or the feasible set cannot tell its own changes. */
    public HindsightDecisions withCache(DecisionCache newCache) {
        boolean canTell = ProblemDigest.canTell(cost) && ProblemDigest.canTell(constraints);
        return new HindsightDecisions(
                cost, constraints, provider, solver, canTell ? newCache : null, skipUnsolvable, device);
    }

    /** The same, leaving rows out that cannot be solved, or not. */
    public HindsightDecisions skippingUnsolvable(boolean skip) {
        return new HindsightDecisions(cost, constraints, provider, solver, cache, skip, device);
    }

    /** {@link #solve(Table, int[], SolveListener, Cancellation)} for every row. */
    public Hindsight solve(Table parameters, SolveListener listener, Cancellation cancellation) {
        return solve(parameters, IntStream.range(0, parameters.rows()).toArray(), listener, cancellation);
    }

    /**
     * Solves some rows of a table.
     *
     * @param parameters y, shape (n, dy)
     * @param rows which of them, in the order of the result
     * @param listener hears of every solved row by its position in {@code rows}; of none when all come from the cache
     * @throws UnsolvedRowException when a row has no decision and skipping is not allowed; names the first one
     * @throws org.soebm.api.task.DataException when the parameters have another width
     * @throws java.util.concurrent.CancellationException when cancelled
     */
    public Hindsight solve(Table parameters, int[] rows, SolveListener listener, Cancellation cancellation) {
        Objectives.requireParameters(cost, parameters);
        String key = key(parameters, rows);
        if (cache != null) {
            Table cached = cache.read(key, rows.length, constraints);
            if (cached != null) {
                return new Hindsight(rows, cached, List.of(), true);
            }
        }
        SolvedRows solved = new SolvedRows(constraints, rows, cache != null);
        try (Objectives objectives = new Objectives(cost, constraints, device)) {
            for (int start = 0; start < rows.length; start += ROWS_AT_A_TIME) {
                int[] some = Arrays.copyOfRange(rows, start, Math.min(rows.length, start + ROWS_AT_A_TIME));
                int first = start;
                solved.add(solve(
                        some,
                        i -> problem(objectives, parameters, some[i]),
                        (i, answer) -> listener.solved(first + i, answer),
                        cancellation));
            }
        }
        solved.warnOfLimits();
        Table variables = solved.variables();
        if (cache != null && variables != null) {
            cache.write(key, variables);
            variables.discard();
        }
        return solved.hindsight();
    }

    private List<Decision> solve(
            int[] rows, IntFunction<ArgminProblem> problems, SolveListener listener, Cancellation cancellation) {
        return skipUnsolvable
                ? solver.solveAll(rows.length, problems, listener, cancellation)
                : solveEvery(rows, problems, listener, cancellation);
    }

    private List<Decision> solveEvery(
            int[] rows, IntFunction<ArgminProblem> problems, SolveListener listener, Cancellation cancellation) {
        BitSet decided = new BitSet(rows.length);
        try {
            return solver.solveAll(
                    rows.length,
                    problems,
                    (i, answer) -> {
                        if (!answer.status().hasDecision()) {
                            throw new Unsolved(i, answer); // stops the other rows too
                        }
                        decided.set(i);
                        listener.solved(i, answer);
                    },
                    cancellation);
        } catch (Unsolved stop) {
            // Other threads may have been at work on earlier rows: the same data shall name the same row each time.
            for (int i = decided.nextClearBit(0); i < stop.position; i = decided.nextClearBit(i + 1)) {
                Decision answer = solver.solve(problems.apply(i), cancellation);
                if (!answer.status().hasDecision()) {
                    throw UnsolvedRowException.of(rows[i], answer);
                }
            }
            throw UnsolvedRowException.of(rows[stop.position], stop.answer);
        }
    }

    /** Ends a bulk of solves at the first row without a decision. */
    private static final class Unsolved extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int position;
        private final transient Decision answer;

        Unsolved(int position, Decision answer) {
            super("row without a decision", null, false, false);
            this.position = position;
            this.answer = answer;
        }
    }

    private String key(Table parameters, int[] rows) {
        if (cost instanceof PenaltyCost penalties) {
            return ProblemKey.of(
                    provider,
                    solver.options(),
                    constraints,
                    () -> IntStream.of(rows)
                            .mapToObj(row -> objective(penalties, parameters, row))
                            .iterator());
        }
        return ProblemKey.of(provider, solver.options(), constraints, cost.fingerprint(), parameters, rows);
    }

    private static PenaltyObjective objective(PenaltyCost penalties, Table parameters, int row) {
        try {
            return penalties.objective(parameters.row(row));
        } catch (IllegalArgumentException e) {
            throw unbuildable(row, e);
        }
    }

    private static UnsolvedRowException unbuildable(int row, IllegalArgumentException e) {
        return new UnsolvedRowException(row, "its objective cannot be built (" + e.getMessage() + ")");
    }

    private static ArgminProblem problem(Objectives objectives, Table parameters, int row) {
        try {
            return objectives.hindsight(parameters.row(row));
        } catch (IllegalArgumentException e) { // numbers so large that a coefficient overflows
            throw unbuildable(row, e);
        }
    }
}
