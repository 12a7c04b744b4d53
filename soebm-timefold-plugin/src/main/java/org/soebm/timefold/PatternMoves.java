package org.soebm.timefold;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Moves for an objective that is known by its value only (an oracle): steps of a power of two along the {@link Directions},
 * as far as rows and bounds allow. A step that was kept is tried again at twice its length, and the way of a whole round is
 * tried at its end. When a round brings nothing, the steps become finer, down to the last level. Starts at a feasible point.
 */
final class PatternMoves implements MoveSource {
    private static final int COARSEST = 2; // powers of two below the scale of the variables
    private static final int FINEST = 24;
    private static final int FINER = 2;

    private final Search search;
    private final Program program;
    private final Grid grid;
    private final List<Direction> directions;
    private final double[] roundStart;

    private int cursor;
    private int failures;
    private int level = COARSEST;
    private int stretch; // powers of two that kept steps have added
    private boolean triedWhole;
    private boolean roundGained;
    private boolean started;
    private boolean offered; // a move whose fate is not known yet
    private boolean finished;
    private long lastSoft;
    private @Nullable GridMove next;

    PatternMoves(Search search, List<Direction> directions) {
        this.search = search;
        this.directions = directions;
        program = search.program();
        grid = search.grid();
        roundStart = new double[program.variableCount];
    }

    @Override
    public void continueFrom(GridSolution working, Random random) {
        if (!started) {
            cursor = random.nextInt(2 * directions.size());
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null && !finished) {
            search.look(8);
            next = find();
            if (next == null) {
                finished = true;
                search.finish();
            }
        }
        return next != null;
    }

    @Override
    public GridMove next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        GridMove move = next;
        next = null;
        return move;
    }

    private @Nullable GridMove find() {
        GridScoreCalculator.State state = search.calculator().state();
        if (!started) {
            started = true;
            startRound(state);
        }
        boolean kept = offered && state.soft() < lastSoft;
        lastSoft = state.soft();
        if (kept) {
            roundGained = true;
            failures = 0;
            stretch++;
        } else if (offered) {
            stretch = 0;
            advance();
        }
        offered = false;
        while (true) {
            while (failures < 2 * directions.size()) {
                GridMove move = step(state);
                if (move != null) {
                    offered = true;
                    return move;
                }
                stretch = 0;
                advance();
            }
            failures = 0;
            if (roundGained && !triedWhole) {
                triedWhole = true;
                GridMove whole = alongRound(state);
                if (whole != null) {
                    return whole;
                }
            }
            boolean gained = roundGained;
            startRound(state);
            if (!gained) {
                level += FINER;
                if (level > FINEST) {
                    return null;
                }
            }
        }
    }

    private void advance() {
        cursor = (cursor + 1) % (2 * directions.size());
        failures++;
    }

    private void startRound(GridScoreCalculator.State state) {
        roundGained = false;
        triedWhole = false;
        for (int i = 0; i < roundStart.length; i++) {
            roundStart[i] = state.value(i);
        }
    }

    private @Nullable GridMove step(GridScoreCalculator.State state) {
        Direction direction = directions.get(cursor >> 1);
        int sign = (cursor & 1) == 0 ? 1 : -1;
        double length = Double.POSITIVE_INFINITY;
        for (int k = 0; k < direction.variables().length; k++) {
            length = Math.min(
                    length,
                    program.scale[direction.variables()[k]] / Math.abs(direction.steps()[k]));
        }
        length = Math.scalb(length, stretch - level);
        if (direction.hasInteger()) {
            length = Math.max(1, Math.rint(length));
        }
        double reach = DescentMoves.reach(state, grid, direction, sign, true);
        double way = direction.hasInteger() ? Math.min(length, Math.floor(reach + 1e-9)) : Math.min(length, reach);
        return way > 0 ? GridMove.along(direction, state, grid, sign * way) : null;
    }

    private @Nullable GridMove alongRound(GridScoreCalculator.State state) {
        Direction whole = Direction.between(program, roundStart, state);
        double reach = whole == null ? 0 : DescentMoves.reach(state, grid, whole, 1, true);
        return whole == null || reach <= 0 ? null : GridMove.along(whole, state, grid, Math.min(1, reach));
    }
}
