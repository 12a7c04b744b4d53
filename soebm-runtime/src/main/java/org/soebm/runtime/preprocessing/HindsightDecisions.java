package org.soebm.runtime.preprocessing;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.task.Table;
import org.soebm.runtime.digest.ProblemDigest;
import org.soebm.runtime.objective.Objectives;

/**
 * The optimal decisions in hindsight a*(y) = argmin_{a ∈ C} f(y, a), solved once a row and in parallel: the centre of
 * the proposal when training, the yardstick of regret when testing.
 */
public final class HindsightDecisions {
    private static final Logger LOG = LoggerFactory.getLogger(HindsightDecisions.class);

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
            double[][] cached = cache.read(key, rows.length, constraints);
            if (cached != null) {
                return result(rows, cached, List.of(), true);
            }
        }
        List<Decision> answers;
        try (Objectives objectives = new Objectives(cost, constraints, device)) {
            IntFunction<ArgminProblem> problems = i -> problem(objectives, parameters, rows[i]);
            answers = skipUnsolvable
                    ? solver.solveAll(rows.length, problems, listener, cancellation)
                    : solveEvery(rows, problems, listener, cancellation);
        }
        warnOfLimits(answers);
        List<double[]> solved = new ArrayList<>();
        List<Hindsight.SkippedRow> skipped = new ArrayList<>();
        int[] solvedRows = IntStream.range(0, rows.length)
                .filter(i -> answers.get(i).status().hasDecision())
                .map(i -> rows[i])
                .toArray();
        for (int i = 0; i < rows.length; i++) {
            Decision answer = answers.get(i);
            if (answer.status().hasDecision()) {
                solved.add(answer.variables());
            } else {
                skipped.add(new Hindsight.SkippedRow(rows[i], UnsolvedRowException.reason(answer)));
                LOG.warn("Row {} is left out: {}.", rows[i], UnsolvedRowException.reason(answer));
            }
        }
        double[][] variables = solved.toArray(double[][]::new);
        if (cache != null && areConverged(answers) && isComplete(variables)) {
            cache.write(key, variables);
        }
        return result(solvedRows, variables, skipped, false);
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

    /** Decisions that a limit cut short are not kept, so that another run tries, and warns, again. */
    private static boolean areConverged(List<Decision> answers) {
        return answers.stream().allMatch(Decision::isConverged);
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

    /** A solver may leave auxiliary variables out, and then the cache could not tell whether a row is feasible. */
    private boolean isComplete(double[][] variables) {
        for (double[] row : variables) {
            if (row.length != constraints.variableCount()) {
                return false;
            }
        }
        return variables.length > 0;
    }

    private static void warnOfLimits(List<Decision> answers) {
        List<Decision> cut = answers.stream()
                .filter(answer -> answer.status() == SolveStatus.FEASIBLE && !answer.isConverged())
                .toList();
        if (!cut.isEmpty()) {
            LOG.warn(
                    "{} of {} decisions are feasible, but a limit ended their search (the first says: {})."
                            + " Maybe the solver needs more time?",
                    cut.size(),
                    answers.size(),
                    cut.get(0).message());
        }
    }

    private Hindsight result(int[] rows, double[][] variables, List<Hindsight.SkippedRow> skipped, boolean cached) {
        double[][] decisions = new double[variables.length][];
        for (int i = 0; i < decisions.length; i++) {
            decisions[i] = Arrays.copyOf(variables[i], constraints.decisionCount());
        }
        return new Hindsight(rows, decisions, skipped, cached);
    }
}
