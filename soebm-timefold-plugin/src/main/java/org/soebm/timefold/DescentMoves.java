package org.soebm.timefold;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.ResidualPenalty;

/**
 * Moves for penalty objectives. Each goes along one of the {@link Directions} to the grid point next to the minimiser: of
 * the violation of the rows while a row is missed, afterwards of the objective as far as the rows allow. Both are convex
 * along a line and known exactly, so a move needs no trial steps; directions along which nothing falls are passed over
 * without a score calculation. Coarse to fine: moves that gain little wait until none gains much.
 *
 * <p>Why no steps of a fixed length, halved level by level (as {@link PatternMoves} takes them): a day of power scheduling
 * has 300 runs, which must all be tried in vain in both directions on each level before the search may go on. Measured from
 * a flat start, that takes 44 ms of CPU time a day; going to the minimiser takes 1 ms for known and 8 ms for Gaussian loads.
 *
 * <p>When a round over all directions is done, the way that it went as a whole is tried too, which ends zigzags; when no
 * direction gains anything, {@link SteepestDescent} and repairs of blocked changes ({@link Ejection}) are. When they fail as
 * well, the search ends.
 * Which moves are kept is up to Timefold.
 */
final class DescentMoves implements MoveSource {
    /** What a move must gain, relative to the size of the objective, level by level. */
    private static final double[] LEAST_GAINS = {1e-3, 1e-5, 1e-7, 1e-9};

    /** How near a row, bound or kink is taken into account by {@link SteepestDescent}, in scales, one after the other. */
    private static final double[] WIDTHS = {1e-2, 1e-4, 1e-6, 0};

    private static final ResidualPenalty HINGE = new ResidualPenalty(0, 1, 0, 0);

    private final Search search;
    private final Program program;
    private final Grid grid;
    private final List<Direction> directions;
    private final LineFunction line = new LineFunction();
    private final Ejection ejection;
    private final SteepestDescent steepest;
    private final double[] roundStart;
    private final double unit;

    private int cursor;
    private int failures; // directions in a row without a move
    private int level;
    private boolean roundGained;
    private long lastHard = -1;
    private long lastSoft;
    private boolean finished;
    private @Nullable GridMove next;
    private @Nullable Direction openEnd;

    DescentMoves(Search search, List<Direction> directions) {
        this.search = search;
        this.directions = directions;
        program = search.program();
        grid = search.grid();
        ejection = new Ejection(program, grid);
        steepest = new SteepestDescent(program, grid);
        roundStart = new double[program.variableCount];
        unit = 1 / search.softScale();
    }

    /** The direction along which the objective falls for ever within the rows and bounds, where one was met. */
    @Nullable
    Direction openEnd() {
        return openEnd;
    }

    @Override
    public void continueFrom(GridSolution working, Random random) {
        if (lastHard < 0) {
            cursor = random.nextInt(directions.size());
        }
    }

    @Override
    public boolean hasNext() {
        if (next == null && !finished) {
            search.look(16);
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
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        GridMove move = next;
        next = null;
        if (move == null) {
            throw new NoSuchElementException();
        }
        return move;
    }

    private GridScoreCalculator.State state() {
        return search.calculator().state();
    }

    private @Nullable GridMove find() {
        GridScoreCalculator.State state = state();
        boolean feasible = state.isFeasible();
        if (lastHard < 0) {
            startRound(state);
        } else if (state.hard() < lastHard || (state.hard() == lastHard && state.soft() < lastSoft)) {
            roundGained = true;
        }
        lastHard = state.hard();
        lastSoft = state.soft();
        int all = 2 * directions.size();
        while (true) {
            while (failures < all) {
                cursor = (cursor + 1) % all;
                failures++;
                Direction direction = directions.get(cursor >> 1);
                GridMove move = move(state, direction, (cursor & 1) == 0 ? 1 : -1, feasible);
                if (openEnd != null) {
                    return null;
                }
                if (move != null) {
                    return move;
                }
            }
            failures = 0;
            GridMove move = atEndOfRound(state, feasible);
            if (move != null) {
                return move;
            }
            if (finished) {
                return null;
            }
        }
    }

    /** A round over all directions is done: go the whole way again, or on to the next level, or end. */
    private @Nullable GridMove atEndOfRound(GridScoreCalculator.State state, boolean feasible) {
        boolean gained = roundGained;
        GridMove whole = gained ? alongRound(state, feasible) : null;
        startRound(state);
        if (whole != null || gained) {
            return whole;
        }
        if (level + 1 < LEAST_GAINS.length) {
            level++;
            return null;
        }
        if (feasible) {
            GridMove other = steepest(state);
            other = other == null ? ejected(state) : other;
            if (other != null) {
                return other;
            }
        }
        finished = true;
        return null;
    }

    private void startRound(GridScoreCalculator.State state) {
        roundGained = false;
        for (int i = 0; i < roundStart.length; i++) {
            roundStart[i] = state.value(i);
        }
    }

    private @Nullable GridMove alongRound(GridScoreCalculator.State state, boolean feasible) {
        Direction whole = Direction.between(program, roundStart, state);
        return whole == null ? null : move(state, whole, 1, feasible);
    }

    private @Nullable GridMove steepest(GridScoreCalculator.State state) {
        if (steepest.from(state, 0) == null) {
            return null; // taking more into account only leaves less open
        }
        for (double width : WIDTHS) {
            Direction direction = steepest.from(state, width);
            GridMove move = direction == null ? null : move(state, direction, 1, true);
            if (move != null) {
                return move;
            }
        }
        return null;
    }

    private @Nullable GridMove ejected(GridScoreCalculator.State state) {
        for (int i = 0; i < program.variableCount; i++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                Direction repaired = grid.isFixed(i) ? null : ejection.repaired(state, i, sign);
                GridMove move = repaired == null ? null : move(state, repaired, 1, true);
                if (move != null) {
                    return move;
                }
            }
        }
        return null;
    }

    private @Nullable GridMove move(GridScoreCalculator.State state, Direction direction, int sign, boolean feasible) {
        double least = LEAST_GAINS[level];
        if (feasible) {
            double slope = slope(state, direction, sign);
            if (slope >= 0) {
                return null;
            }
            double most = reach(state, grid, direction, sign, true);
            double size = Math.max(1e-3, Math.abs(state.soft()) * unit);
            double leastGain = Math.max(least * size, 2 * unit);
            if (most <= 0 || -slope * most <= leastGain) { // a convex function cannot fall by more
                return null;
            }
            fillObjective(state, direction, sign);
            return towards(state, direction, sign, most, leastGain);
        }
        fillViolation(state, direction, sign);
        if (line.slope(0, true) >= 0) {
            return null;
        }
        double most = reach(state, grid, direction, sign, false);
        return most <= 0 ? null : towards(state, direction, sign, most, 1e-3 * least);
    }

    /** The move to the grid point next to the minimiser of the line function in [0, most], or null. */
    private @Nullable GridMove towards(
            GridScoreCalculator.State state, Direction direction, int sign, double most, double leastGain) {
        double minimiser = line.minimiser(most, LineFunction.ROUGH);
        if (Double.isInfinite(minimiser)) {
            if (line.fallsForEver()) {
                openEnd = direction;
            }
            return null;
        }
        double grain = direction.hasInteger() ? 1 : grain(direction);
        double down = Math.floor(minimiser / grain) * grain;
        double up = down == minimiser ? down : down + grain;
        double t = up <= most && line.fall(up) > line.fall(down) ? up : down;
        if (minimiser == most && !direction.hasInteger()) {
            t = minimiser; // as far as the rows and bounds allow; what rounding does to it is below their tolerance
        }
        if (t <= 0 || line.fall(t) <= leastGain) {
            return null;
        }
        return GridMove.along(direction, state, grid, sign * t);
    }

    /** The coarsest step of the direction's variables, a unit of which moves all of them by whole steps. */
    private double grain(Direction direction) {
        double grain = 0;
        for (int i : direction.variables()) {
            grain = Math.max(grain, grid.step[i]);
        }
        return grain;
    }

    static double slope(GridScoreCalculator.State state, Direction direction, int sign) {
        double slope = 0;
        for (int k = 0; k < direction.terms().length; k++) {
            double step = sign * direction.termSteps()[k];
            slope += step * state.slope(direction.terms()[k], step > 0);
        }
        return slope;
    }

    /** How far the direction leads before a bound, the window or (if asked) a row ends it. */
    static double reach(GridScoreCalculator.State state, Grid grid, Direction direction, int sign, boolean withRows) {
        double most = Double.POSITIVE_INFINITY;
        for (int k = 0; k < direction.variables().length; k++) {
            int i = direction.variables()[k];
            double step = sign * direction.steps()[k];
            if (grid.isFixed(i)) {
                return 0;
            }
            double room = step > 0 ? grid.upper(i) - state.value(i) : state.value(i) - grid.lower(i);
            most = Math.min(most, room / Math.abs(step));
        }
        return withRows ? Math.min(most, rowReach(state, direction, sign)) : most;
    }

    private static double rowReach(GridScoreCalculator.State state, Direction direction, int sign) {
        double most = Double.POSITIVE_INFINITY;
        for (int k = 0; k < direction.rows().length && most > 0; k++) {
            int r = direction.rows()[k];
            double step = sign * direction.rowSteps()[k];
            most = Math.min(most, Math.max(0, room(state, r, step > 0)) / Math.abs(step));
        }
        return most;
    }

    /** How far the activity of a row may still grow or fall; nothing where only the grid's rounding is left. */
    static double room(GridScoreCalculator.State state, int r, boolean up) {
        LinearRow row = state.row(r);
        double room = up ? row.upper() - state.activity(r) : state.activity(r) - row.lower();
        return room <= state.rowGrain(r) ? 0 : room;
    }

    private void fillObjective(GridScoreCalculator.State state, Direction direction, int sign) {
        line.clear();
        for (int k = 0; k < direction.terms().length; k++) {
            int term = direction.terms()[k];
            line.add(
                    program.terms.get(term).penalty(),
                    state.residual(term),
                    sign * direction.termSteps()[k],
                    program.terms.get(term).std());
        }
    }

    private void fillViolation(GridScoreCalculator.State state, Direction direction, int sign) {
        line.clear();
        for (int k = 0; k < direction.rows().length; k++) {
            int r = direction.rows()[k];
            LinearRow row = program.rows.get(r);
            double weight = 1 / program.rowScale[r];
            double step = sign * direction.rowSteps()[k] * weight;
            if (!Double.isInfinite(row.upper())) {
                line.add(HINGE, (state.activity(r) - row.upper()) * weight, step, 0);
            }
            if (!Double.isInfinite(row.lower())) {
                line.add(HINGE, (row.lower() - state.activity(r)) * weight, -step, 0);
            }
        }
    }
}
