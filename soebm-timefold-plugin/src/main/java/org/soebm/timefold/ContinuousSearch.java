package org.soebm.timefold;

import ai.timefold.solver.core.api.solver.Solver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.Incumbents;

/**
 * The descent over a grid from a given point, with a wider grid, and a score of another scale, where the incumbent comes near
 * the window of the one or the cut of the other. Integer
 * variables take part with steps of one, unless the box holds them.
 */
final class ContinuousSearch {
    private static final int WIDER = 8; // powers of two
    private static final int WIDEST = 40;
    /** So many times its scale away, and still at the edge of its window, a variable of an oracle has run away. */
    private static final double FAR = 1e12;

    private final Program program;
    private final List<Direction> directions;
    private final Solver<GridSolution> solver;
    private final SolveBudget budget;

    /**
     * A search to use again and again, by one thread.
     *
     * @param mostMoves of one descent
     */
    ContinuousSearch(Program program, List<Direction> directions, Engine engine, SolveBudget budget, long mostMoves) {
        this.program = program;
        this.directions = directions;
        this.budget = budget;
        solver = engine.descent(budget, mostMoves);
    }

    /**
     * Where a search ended.
     *
     * @param point decisions followed by auxiliary variables
     * @param feasible whether all rows hold
     * @param cost the objective at the point
     * @param runaway what was left to grow for ever, empty when nothing was
     */
    record End(double[] point, boolean feasible, double cost, String runaway) {}

    End from(double[] start, Box box) {
        return from(start, box, Incumbents.ANSWER_ONLY);
    }

    /** The same, which also tells of the feasible points that it comes by. */
    End from(double[] start, Box box, Incumbents incumbents) {
        double[] point = start;
        for (int growth = 0; ; growth += WIDER) {
            Grid grid = new Grid(program, box, point, growth);
            Search search = new Search(program, grid, budget, Math.abs(program.value(point)));
            DescentMoves descent = program.oracle == null ? new DescentMoves(search, directions) : null;
            search.use(incumbents);
            search.use(descent == null ? new PatternMoves(search, directions) : descent);
            GridSolution best = Engine.run(solver, search, variables(grid, point));
            boolean atEdge = false;
            point = best.point();
            for (int i = 0; i < point.length; i++) {
                atEdge |= grid.isNearWindow(i, best.position(i)) && !grid.isFixed(i);
            }
            atEdge |= search.isCut(program.value(point));
            boolean feasible = best.getScore() != null && best.getScore().hardScore() == 0;
            String runaway = runaway(descent == null ? null : descent.openEnd());
            int farthest = farthest(point);
            boolean far = program.oracle != null && Math.abs(point[farthest]) > FAR * program.scale[farthest];
            if (feasible && atEdge && far) { // for penalties only a way that is known to fall for ever counts
                runaway = program.variableName(farthest);
            }
            boolean last = !atEdge || growth >= WIDEST || !runaway.isEmpty() || budget.isSpent();
            if (last) {
                return new End(point, feasible, program.value(point), runaway);
            }
        }
    }

    private List<GridVariable> variables(Grid grid, double[] point) {
        List<GridVariable> variables = new ArrayList<>();
        for (int i = 0; i < point.length; i++) {
            variables.add(new GridVariable(i, grid.lowest[i], grid.highest[i], grid.index(i, point[i])));
        }
        return variables;
    }

    private String runaway(@Nullable Direction openEnd) {
        if (openEnd == null) {
            return "";
        }
        return program.variableName(Arrays.stream(openEnd.variables()).min().orElseThrow());
    }

    private int farthest(double[] point) {
        int farthest = 0;
        for (int i = 1; i < point.length; i++) {
            if (Math.abs(point[i]) / program.scale[i] > Math.abs(point[farthest]) / program.scale[farthest]) {
                farthest = i;
            }
        }
        return farthest;
    }
}
