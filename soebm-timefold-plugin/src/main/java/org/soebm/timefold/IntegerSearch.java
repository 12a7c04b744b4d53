package org.soebm.timefold;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolveStatus;

/**
 * Problems with integer variables, in three steps: a descent with integer steps gives an incumbent; its cost and the rows
 * shrink the ranges of the integers; then their assignments are searched, by Timefold's branch and bound where they may be
 * few enough to be exhausted, by late acceptance otherwise. An assignment of a mixed problem is worth what a continuous
 * search with the integers held comes to.
 */
final class IntegerSearch {
    private static final double MOST_BITS = 100; // of the number of assignments, for branch and bound
    private static final double MOST_MIXED_BITS = 100;
    private static final double CHEAP_BITS = 12.5; // up to here, bounding by relaxations costs more than it saves
    private static final double MOST_ORACLE_BITS = 14;
    /** Of the widths of all ranges together, for branch and bound: it lists the values of each. */
    private static final double MOST_VALUES = 1e4;

    private static final long MOST_NODES = 200_000;
    private static final long MOST_MIXED_NODES = 1_500;
    private static final long MOST_DESCENT_MOVES = 100_000;
    private static final long MOST_CHEAP_NODES = 20_000; // more than there are
    private static final long HALF_WINDOW = 1000; // for integers that nothing bounds
    private static final long MOVES_A_VARIABLE = 10_000;
    private static final long MOST_MOVES = 2_000_000;
    private static final long MIXED_MOVES_A_VARIABLE = 50;
    private static final long MOST_MIXED_MOVES = 2_000;

    private final Program program;
    private final Program relaxed;
    private final Box box;
    private final boolean provable;
    private final List<Direction> directions;
    private final Engine engine;
    private final SolveBudget budget;
    private final Incumbents incumbents;
    private final ContinuousSearch continuous;

    /**
     * The search of one problem.
     *
     * @param provable whether the box leaves out nothing that could pass for feasible
     */
    IntegerSearch(
            Program program,
            Program relaxed,
            Box box,
            boolean provable,
            List<Direction> directions,
            Engine engine,
            SolveBudget budget,
            Incumbents incumbents) {
        this.provable = provable;
        this.program = program;
        this.relaxed = relaxed;
        this.box = box;
        this.directions = directions;
        this.engine = engine;
        this.budget = budget;
        this.incumbents = incumbents;
        continuous = new ContinuousSearch(program, directions, engine, budget, MOST_DESCENT_MOVES);
    }

    Outcome from(double[] start) {
        ContinuousSearch.End descent =
                isMixed() ? continuous.from(start, box) : continuous.from(start, box, incumbents);
        if (!descent.runaway().isEmpty()) {
            return unbounded(descent.runaway());
        }
        String runaway = "";
        if (program.oracle == null && values(box) > MOST_VALUES) { // too wide to rely on steps of one
            ContinuousSearch.End relaxation = relaxation().from(descent.point(), box);
            runaway = relaxation.runaway();
            descent = better(descent, continuous.from(rounded(relaxation.point()), box));
        }
        if (descent.feasible() && !runaway.isEmpty()) { // a ray can be had with rational steps, so it meets integers
            return unbounded(runaway);
        }
        double cost = descent.feasible() ? descent.cost() : Double.POSITIVE_INFINITY;
        Box root = box.copy();
        if (descent.feasible()) {
            new LowerBound(program).shrink(root, cost, budget);
            if (!new BoundPropagation(program).tighten(root).isEmpty()) {
                root = box.copy(); // cannot be: the incumbent lies in it, up to rounding
            }
        }
        boolean exact = closeWindows(root, descent.point());
        double bits = bits(root);
        boolean mixed = isMixed();
        double mostBits = mixed ? MOST_MIXED_BITS : program.oracle != null ? MOST_ORACLE_BITS : MOST_BITS;
        double[] best = descent.point();
        if (mixed && bits > CHEAP_BITS) { // a good incumbent first: it prunes
            best = searchMixed(root, best, cost);
            cost = worthOf(best, cost);
        }
        if (bits <= mostBits && values(root) <= MOST_VALUES) {
            Search search = search(root, best);
            ContinuousSearch relaxation = mixed && bits > CHEAP_BITS && program.oracle == null ? relaxation() : null;
            Assignments assignments = new Assignments(
                    program, root, continuous, relaxation, search.softScale(), best, cost, true, incumbents);
            search.use(assignments);
            long most = mixed ? bits > CHEAP_BITS ? MOST_MIXED_NODES : MOST_CHEAP_NODES : MOST_NODES;
            engine.enumerate(search, integers(search.grid(), null), most);
            best = assignments.best();
            cost = assignments.bestCost();
            if (assignments.evaluations() < most && !budget.isSpent()) {
                if (!runaway.isEmpty() && cost < Double.POSITIVE_INFINITY) {
                    return unbounded(runaway);
                }
                return exhausted(best, cost, exact && provable && !mixed, exact && !assignments.isDoubtful());
            }
        }
        if (!budget.isSpent() && !mixed) {
            best = searchPure(root, best);
        }
        if (!runaway.isEmpty() && program.set.violation(best) <= 1e-6) {
            return unbounded(runaway);
        }
        return new Outcome(
                SolveStatus.FEASIBLE,
                best,
                budget.isSpent()
                        ? "The time limit ended the search."
                        : "The number of moves ended the search, so there may be better assignments of the integers.");
    }

    private ContinuousSearch relaxation() {
        return new ContinuousSearch(relaxed, Directions.of(relaxed), engine, budget, MOST_DESCENT_MOVES);
    }

    private double[] rounded(double[] point) {
        double[] rounded = point.clone();
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = program.integer[i] ? Math.rint(point[i]) : point[i];
        }
        return rounded;
    }

    private static ContinuousSearch.End better(ContinuousSearch.End one, ContinuousSearch.End other) {
        boolean second = other.feasible() && (!one.feasible() || other.cost() < one.cost());
        return second ? other : one;
    }

    static Outcome unbounded(String runaway) {
        return Outcome.none(
                SolveStatus.UNBOUNDED,
                "The objective falls without end as " + runaway
                        + " runs away, which no bound and no row stops. Maybe a bound on it is missing?");
    }

    private static Outcome exhausted(double[] best, double cost, boolean optimal, boolean proven) {
        if (Double.isInfinite(cost) && proven) {
            return Outcome.none(
                    SolveStatus.INFEASIBLE, "No assignment of the integer variables satisfies all rows and bounds.");
        }
        return new Outcome(optimal ? SolveStatus.OPTIMAL : SolveStatus.FEASIBLE, best, "");
    }

    /** The cost of a point that a search kept as its best: it is feasible unless none was found. */
    private double worthOf(double[] best, double before) {
        boolean better = program.value(best) < before && program.set.violation(best) <= 1e-6;
        return better ? program.value(best) : before;
    }

    private boolean isMixed() {
        for (int i = 0; i < program.variableCount; i++) {
            if (!program.integer[i] && !box.isFixed(i)) {
                return true;
            }
        }
        return false;
    }

    /** Gives integers without bounds a window around the incumbent; false where one was needed. */
    private boolean closeWindows(Box root, double[] centre) {
        boolean closed = true;
        for (int i = 0; i < program.variableCount; i++) {
            if (program.integer[i]) {
                if (Double.isInfinite(root.lower()[i])) {
                    root.lower()[i] = Math.min(centre[i], root.upper()[i]) - HALF_WINDOW;
                    closed = false;
                }
                if (Double.isInfinite(root.upper()[i])) {
                    root.upper()[i] = Math.max(centre[i], root.lower()[i]) + HALF_WINDOW;
                    closed = false;
                }
            }
        }
        return closed;
    }

    private double bits(Box root) {
        double bits = 0;
        for (int i = 0; i < program.variableCount; i++) {
            if (program.integer[i]) {
                bits += Math.log(root.upper()[i] - root.lower()[i] + 1) / Math.log(2);
            }
        }
        return bits;
    }

    private double values(Box root) {
        double values = 0;
        for (int i = 0; i < program.variableCount; i++) {
            if (program.integer[i]) {
                values += root.upper()[i] - root.lower()[i] + 1;
            }
        }
        return values;
    }

    private Search search(Box root, double[] centre) {
        return new Search(program, new Grid(program, root, centre, 0), budget, Math.abs(program.value(centre)));
    }

    /** The planned variables: at a point, or without a position for an exhaustive search. */
    private List<GridVariable> integers(Grid grid, double @Nullable [] at) {
        List<GridVariable> integers = new ArrayList<>();
        for (int i = 0; i < program.variableCount; i++) {
            if (program.integer[i]) {
                integers.add(
                        new GridVariable(i, grid.lowest[i], grid.highest[i], at == null ? null : grid.index(i, at[i])));
            }
        }
        return integers;
    }

    private double[] searchPure(Box root, double[] start) {
        Search search = search(root, start);
        List<GridVariable> variables = new ArrayList<>();
        for (int i = 0; i < program.variableCount; i++) {
            variables.add(new GridVariable(
                    i,
                    search.grid().lowest[i],
                    search.grid().highest[i],
                    search.grid().index(i, start[i])));
        }
        search.use(moves(search, variables));
        search.use(incumbents);
        GridSolution best = engine.anneal(search, variables, mostMoves(MOVES_A_VARIABLE, MOST_MOVES));
        return best.point();
    }

    private double[] searchMixed(Box root, double[] start, double cost) {
        Search search = search(root, start);
        Assignments assignments =
                new Assignments(program, root, continuous, null, search.softScale(), start, cost, false, incumbents);
        search.use(assignments);
        List<GridVariable> variables = integers(search.grid(), start);
        search.use(moves(search, variables));
        engine.searchAssignments(search, variables, mostMoves(MIXED_MOVES_A_VARIABLE, MOST_MIXED_MOVES));
        return assignments.best();
    }

    private AssignmentMoves moves(Search search, List<GridVariable> variables) {
        return new AssignmentMoves(search, directions, new GridSolution(search, variables), new Random(0));
    }

    private long mostMoves(long aVariable, long most) {
        long integers = 0;
        for (boolean flag : program.integer) {
            integers += flag ? 1 : 0;
        }
        long allowed = program.oracle == null ? most : most / 20;
        return Math.min(allowed, aVariable * (integers + 5));
    }
}
