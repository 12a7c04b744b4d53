package org.soebm.timefold;

import ai.timefold.solver.core.config.solver.EnvironmentMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;
import org.soebm.timefold.model.TimefoldModel;

/** Solves with Timefold; made by {@link TimefoldArgminSolverProvider}, whose comment says what holds for its answers. */
final class TimefoldArgminSolver implements ArgminSolver {
    /** By how much a row may be missed, relative to its scale where that is above 1. */
    private static final double TOLERANCE = 1e-6;

    private static final long MOST_MOVES = 2_000_000;

    private final SolverOptions options;
    private final Engine engine;

    TimefoldArgminSolver(SolverOptions options) {
        this(options, EnvironmentMode.NO_ASSERT);
    }

    TimefoldArgminSolver(SolverOptions options, EnvironmentMode mode) {
        this.options = options;
        engine = new Engine(options.seed(), mode);
    }

    @Override
    public Decision solve(ArgminProblem problem, Cancellation cancellation) {
        return solutions(problem, 1, cancellation).get(0);
    }

    @Override
    public List<Decision> solutions(ArgminProblem problem, int atMost, Cancellation cancellation) {
        Support support = TimefoldArgminSolverProvider.supportFor(problem);
        if (!support.supported()) {
            throw new IllegalArgumentException("Solver " + TimefoldArgminSolverProvider.NAME
                    + " does not support the problem: " + support.reason());
        }
        if (problem.constraints().nativeModel() instanceof TimefoldModel<?> model) {
            return model.solutions(problem, atMost, options, cancellation);
        }
        SolveBudget budget = new SolveBudget(options.timeLimit(), cancellation);
        budget.throwIfCancelled();
        Program program = new Program(problem);
        Incumbents incumbents = new Incumbents(
                atMost,
                point -> decision(problem, program, new Outcome(SolveStatus.FEASIBLE, point.clone(), ""), budget));
        return incumbents.after(decision(problem, program, outcome(problem, program, budget, incumbents), budget));
    }

    private Outcome outcome(ArgminProblem problem, Program program, SolveBudget budget, Incumbents incumbents) {
        double[] start = program.start;
        Box box = Box.of(program.set);
        BoundPropagation propagation = new BoundPropagation(program);
        String contradiction = propagation.tighten(box);
        boolean provable = !propagation.movedSlightly();
        if (!contradiction.isEmpty()) {
            return Outcome.none(
                    SolveStatus.INFEASIBLE, "No decision satisfies the constraints: " + contradiction + ".");
        }
        if (start == null && program.oracle == null) {
            double[] separable = SeparableMinimum.of(program, box);
            if (separable != null && SeparableMinimum.isWhole(program) && worstRow(program, separable) < 0) {
                return new Outcome(provable ? SolveStatus.OPTIMAL : SolveStatus.FEASIBLE, separable, "");
            }
        }
        double[] point = startingPoint(program, box, start);
        List<Direction> directions = Directions.of(program);
        if (program.oracle != null && worstRow(program, point) >= 0) {
            point = new ContinuousSearch(withoutObjective(program), directions, engine, budget, MOST_MOVES)
                    .from(point, box)
                    .point();
        }
        if (program.set.hasIntegers()) {
            Program relaxed = new Program(problem, true);
            return new IntegerSearch(program, relaxed, box, provable, directions, engine, budget, incumbents)
                    .from(point);
        }
        ContinuousSearch.End end =
                new ContinuousSearch(program, directions, engine, budget, MOST_MOVES).from(point, box);
        if (!end.runaway().isEmpty()) {
            return IntegerSearch.unbounded(end.runaway());
        }
        return new Outcome(
                SolveStatus.FEASIBLE, end.point(), budget.isSpent() ? "The time limit ended the search." : "");
    }

    private static Program withoutObjective(Program program) {
        PenaltyObjective nothing =
                new PenaltyObjective(program.decisionCount, List.of(), new double[program.decisionCount], 0);
        return new Program(new ArgminProblem(nothing, program.set));
    }

    /** The start, or the minimiser of the separable part, moved onto the rows where that is cheap. */
    private static double[] startingPoint(Program program, Box box, double @Nullable [] start) {
        double[] point = new double[program.variableCount];
        if (start != null) {
            System.arraycopy(start, 0, point, 0, start.length);
            Box held = box.copy();
            for (int i = 0; i < start.length; i++) {
                held.fix(i, box.clip(i, start[i]));
            }
            double[] completed = point.clone();
            if (Projection.project(program, held, completed) == 0) {
                return completed;
            }
        } else {
            double[] separable = program.oracle == null ? SeparableMinimum.of(program, box) : null;
            point = separable == null ? point : separable;
        }
        Projection.project(program, box, point);
        for (int i = 0; i < point.length; i++) {
            if (program.integer[i]) {
                point[i] = Math.rint(point[i]);
            }
        }
        return point;
    }

    private static Decision decision(ArgminProblem problem, Program program, Outcome outcome, SolveBudget budget) {
        if (!outcome.status().hasDecision()) {
            return Decision.none(outcome.status(), budget.elapsed(), outcome.message());
        }
        ConstraintSet set = problem.constraints();
        double[] point = outcome.variables();
        for (int i = 0; i < point.length; i++) {
            boolean whole = set.isInteger(i);
            double lower = whole ? Math.ceil(set.lower(i)) : set.lower(i);
            double upper = whole ? Math.floor(set.upper(i)) : set.upper(i);
            point[i] = Math.min(Math.max(whole ? Math.rint(point[i]) : point[i], lower), upper) + 0.0;
        }
        int missed = worstRow(program, point);
        if (missed >= 0) {
            LinearRow row = program.rows.get(missed);
            boolean late = budget.isSpent();
            return Decision.none(
                    late ? SolveStatus.TIME_LIMIT : SolveStatus.FAILED,
                    budget.elapsed(),
                    (late ? "The time limit was reached before" : "The search ended before")
                            + " a feasible decision was found; the best point misses row " + row.name() + " by "
                            + row.violation(point) + ".");
        }
        double[] decisions = Arrays.copyOf(point, set.decisionCount());
        double[] auxiliaries = Arrays.copyOfRange(point, set.decisionCount(), set.variableCount());
        double cost = problem.objective().value(decisions);
        return new Decision(decisions, auxiliaries, cost, outcome.status(), budget.elapsed(), outcome.message());
    }

    /** The row that is missed most, by more than the tolerance; −1 when there is none. */
    private static int worstRow(Program program, double[] point) {
        int worst = -1;
        double most = TOLERANCE;
        for (int r = 0; r < program.rows.size(); r++) {
            double miss = program.rows.get(r).violation(point) / Math.max(1, 1e-3 * program.rowScale[r]);
            if (!(miss <= most)) {
                worst = r;
                most = miss;
            }
        }
        return worst;
    }

    @Override
    public SolverOptions options() {
        return options;
    }

    /** Nothing outlives a solve. */
    @Override
    public void close() {}
}
