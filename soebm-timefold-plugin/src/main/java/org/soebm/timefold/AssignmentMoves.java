package org.soebm.timefold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.linear.SparseVector;

/**
 * Random moves of integer variables: along one of the {@link Directions} by one or a few units, mostly followed by repair:
 * a row that is newly missed is restored by the smallest change of another integer variable in it, and so on to a limited
 * depth. Which moves are kept is up to Timefold.
 */
final class AssignmentMoves implements MoveSource {
    private static final int DEEPEST = 8;
    private static final double REPAIRED = 0.8;
    private static final double LONGER = 0.2;

    private final Program program;
    private final Search search;
    private final Grid grid;
    private final List<Direction> units = new ArrayList<>();
    private final List<Direction> others = new ArrayList<>();
    private int[] variables = new int[16];
    private long[] positions = new long[16];
    private int size;
    private GridSolution working;
    private Random random;

    AssignmentMoves(Search search, List<Direction> directions, GridSolution start, Random first) {
        this.search = search;
        program = search.program();
        grid = search.grid();
        working = start;
        random = first;
        for (Direction direction : directions) {
            if (Arrays.stream(direction.variables()).allMatch(i -> program.integer[i] && !grid.isFixed(i))) {
                (direction.variables().length == 1 ? units : others).add(direction);
            }
        }
    }

    @Override
    public void continueFrom(GridSolution solution, Random workingRandom) {
        working = solution;
        random = workingRandom;
    }

    @Override
    public boolean hasNext() {
        return !units.isEmpty();
    }

    @Override
    public GridMove next() {
        search.look(64);
        do {
            draw();
        } while (size == 0);
        if (random.nextDouble() < REPAIRED) {
            repair();
        }
        return new GridMove(Arrays.copyOf(variables, size), Arrays.copyOf(positions, size));
    }

    private void draw() {
        size = 0;
        boolean single = others.isEmpty() || random.nextBoolean();
        List<Direction> from = single ? units : others;
        Direction direction = from.get(random.nextInt(from.size()));
        int length = random.nextDouble() < LONGER ? 1 + random.nextInt(4) : 1;
        int way = random.nextBoolean() ? length : -length;
        for (int k = 0; k < direction.variables().length; k++) {
            int i = direction.variables()[k];
            long to = at(i) + Math.round(way * direction.steps()[k]);
            put(i, Math.min(Math.max(to, grid.lowest[i]), grid.highest[i]));
        }
    }

    private long at(int variable) {
        for (int k = 0; k < size; k++) {
            if (variables[k] == variable) {
                return positions[k];
            }
        }
        return working.position(variable);
    }

    private boolean put(int variable, long position) {
        if (position == working.position(variable)) {
            return false;
        }
        if (size == variables.length) {
            variables = Arrays.copyOf(variables, 2 * size);
            positions = Arrays.copyOf(positions, 2 * size);
        }
        variables[size] = variable;
        positions[size++] = position;
        return true;
    }

    private void repair() {
        for (int depth = 0; depth < DEEPEST; depth++) {
            int row = missedRow();
            if (row < 0 || !restore(program.rows.get(row))) {
                return;
            }
        }
    }

    /** A row over planned variables only that the changes touch and that does not hold. */
    private int missedRow() {
        for (int k = size - 1; k >= 0; k--) {
            for (int row : program.rowsOf[variables[k]]) {
                LinearRow of = program.rows.get(row);
                if (isPlanned(of.coefficients()) && miss(of) != 0) {
                    return row;
                }
            }
        }
        return -1;
    }

    private boolean isPlanned(SparseVector c) {
        for (int k = 0; k < c.size(); k++) {
            if (!working.plans(c.index(k))) {
                return false;
            }
        }
        return true;
    }

    /** What the activity lacks (positive) or has too much (negative). */
    private double miss(LinearRow row) {
        double activity = 0;
        SparseVector c = row.coefficients();
        for (int k = 0; k < c.size(); k++) {
            activity += c.value(k) * grid.value(c.index(k), at(c.index(k)));
        }
        double slack = 1e-9 * Math.max(1, Math.abs(activity));
        return activity < row.lower() - slack
                ? row.lower() - activity
                : activity > row.upper() + slack ? row.upper() - activity : 0;
    }

    /** Changes one more variable so that the row holds, from a random one on; one that only helps will do if none does. */
    private boolean restore(LinearRow row) {
        double miss = miss(row);
        SparseVector c = row.coefficients();
        int helper = -1;
        long helped = 0;
        int first = random.nextInt(c.size());
        for (int k = 0; k < c.size(); k++) {
            int j = (first + k) % c.size();
            int i = c.index(j);
            if (!isChanged(i) && !grid.isFixed(i)) {
                double change = miss / c.value(j);
                long at = working.position(i);
                long wanted = at + Math.round(change > 0 ? Math.ceil(change - 1e-9) : Math.floor(change + 1e-9));
                long to = Math.min(Math.max(wanted, grid.lowest[i]), grid.highest[i]);
                if (to == wanted) {
                    return put(i, to);
                }
                if (to != at) {
                    helper = i;
                    helped = to;
                }
            }
        }
        return helper >= 0 && put(helper, helped);
    }

    private boolean isChanged(int variable) {
        for (int k = 0; k < size; k++) {
            if (variables[k] == variable) {
                return true;
            }
        }
        return false;
    }
}
