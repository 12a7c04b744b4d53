package org.soebm.timefold;

import org.jspecify.annotations.Nullable;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.linear.SparseVector;

/**
 * Change with repair: a variable changes, and each row that would be missed (or term whose kink would be crossed at a loss)
 * is held by the matching change of another of its variables, auxiliary ones first, until the whole is free to move. A
 * depth-first search over such chains, limited in depth and width.
 */
final class Ejection {
    private static final int DEEPEST = 8;
    private static final int MOST_TRIES = 300;

    private final Program program;
    private final Grid grid;
    private int tries;

    Ejection(Program program, Grid grid) {
        this.program = program;
        this.grid = grid;
    }

    /** A direction that starts with one variable, is free to move and lowers the objective; null when none was found. */
    @Nullable
    Direction repaired(GridScoreCalculator.State state, int variable, int sign) {
        Direction alone = Direction.of(program, new int[] {variable}, new double[] {sign});
        tries = MOST_TRIES;
        return alone == null ? null : extend(state, alone, 0);
    }

    private @Nullable Direction extend(GridScoreCalculator.State state, Direction direction, int depth) {
        if (--tries < 0 || atBound(state, direction)) {
            return null;
        }
        int row = blockingRow(state, direction);
        if (row >= 0) {
            return depth == DEEPEST
                    ? null
                    : hold(state, direction, program.rows.get(row).coefficients(), direction.rowStep(row), depth);
        }
        if (DescentMoves.slope(state, direction, 1) < 0) {
            return direction;
        }
        int term = blockingTerm(state, direction);
        return term < 0 || depth == DEEPEST
                ? null
                : hold(
                        state,
                        direction,
                        program.terms.get(term).decisionCoefficients(),
                        direction.termStep(term),
                        depth);
    }

    /** Lets each other variable in turn keep the activity (or residual) where it is. */
    private @Nullable Direction hold(
            GridScoreCalculator.State state, Direction direction, SparseVector vector, double step, int depth) {
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 0; k < vector.size(); k++) {
                int i = vector.index(k);
                boolean auxiliary = i >= program.decisionCount;
                if (auxiliary == (pass == 0) && !grid.isFixed(i) && !direction.changes(i)) {
                    Direction longer = direction.plus(program, i, -step / vector.value(k));
                    Direction found = longer == null ? null : extend(state, longer, depth + 1);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    private boolean atBound(GridScoreCalculator.State state, Direction direction) {
        return DescentMoves.reach(state, grid, direction, 1, false) <= 0;
    }

    private int blockingRow(GridScoreCalculator.State state, Direction direction) {
        for (int k = 0; k < direction.rows().length; k++) {
            int r = direction.rows()[k];
            if (DescentMoves.room(state, r, direction.rowSteps()[k] > 0) <= 0) {
                return r;
            }
        }
        return -1;
    }

    /** A term of several variables that would leave its kink. */
    private int blockingTerm(GridScoreCalculator.State state, Direction direction) {
        for (int term : direction.terms()) {
            PenaltyTerm of = program.terms.get(term);
            if (of.decisionCoefficients().size() > 1 && state.slope(term, true) > state.slope(term, false)) {
                return term;
            }
        }
        return -1;
    }
}
