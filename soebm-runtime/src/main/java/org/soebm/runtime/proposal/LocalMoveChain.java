package org.soebm.runtime.proposal;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Metropolis–Hastings on feasible integer decisions for π(a) ∝ exp(−β‖a − a*‖₁), from a*. A kind of move is drawn, then a move
 * of that kind; back and forth are equally likely, so a feasible one is taken with probability min(1, exp(−β Δ‖a − a*‖₁)).
 */
final class LocalMoveChain {
    private static final int REFRESH = 4096; // moves, after which rounding in the rows' values is taken back

    private final IntegerRows rows;
    private final List<int[]> known;
    private final int[] start;
    private final double beta;
    private final RandomGenerator random;
    private final int kinds;
    private final int[] state;
    private double[] activities;
    private long distance;
    private int moves;

    private final int[] changed; // the decisions of a move
    private final int[] steps; // and by how much
    private int changes;
    private final double[] rowChange;
    private final int[] touched;
    private final boolean[] isTouched;
    private int touches;

    /**
     * A chain.
     *
     * @param known feasible decisions whose differences are moves as well
     * @param start a*, feasible
     */
    LocalMoveChain(IntegerRows rows, List<int[]> known, int[] start, double beta, RandomGenerator random) {
        this.rows = rows;
        this.known = known;
        this.start = start;
        this.beta = beta;
        this.random = random;
        kinds = rows.decisions() < 2 ? 1 : known.size() < 2 ? 3 : 4;
        state = start.clone();
        activities = rows.activities(state);
        changed = new int[rows.decisions()];
        steps = new int[rows.decisions()];
        rowChange = new double[rows.rows()];
        touched = new int[rows.rows()];
        isTouched = new boolean[rows.rows()];
    }

    /** The present decisions; valid until the next move. */
    int[] state() {
        return state;
    }

    /** ‖a − a*‖₁. */
    long distance() {
        return distance;
    }

    /** Tries so many moves. */
    void run(int tries) {
        for (int i = 0; i < tries; i++) {
            propose();
            long farther = farther();
            if (changes > 0
                    && areWithinBounds()
                    && (farther <= 0 || random.nextDouble() < Math.exp(-beta * farther))
                    && doRowsHold()) {
                move(farther);
            }
        }
    }

    private void propose() {
        changes = 0;
        int d = state.length;
        int kind = random.nextInt(kinds);
        if (kind == 0) { // shift, which is a flip where there are two values
            int j = random.nextInt(d);
            change(j, rows.hasTwoValues(j) ? rows.otherValue(j, state[j]) - state[j] : random.nextBoolean() ? 1 : -1);
        } else if (kind == 3) { // the way from one known decision to another
            int[] from = known.get(random.nextInt(known.size()));
            int[] to = known.get(random.nextInt(known.size()));
            for (int j = 0; j < d; j++) {
                change(j, to[j] - from[j]);
            }
        } else {
            int i = random.nextInt(d);
            int j = random.nextInt(d - 1);
            j += j >= i ? 1 : 0;
            int step = kind == 1 ? state[j] - state[i] : 1; // swap or transfer
            change(i, step);
            change(j, -step);
        }
    }

    private void change(int decision, int step) {
        if (step != 0) {
            changed[changes] = decision;
            steps[changes++] = step;
        }
    }

    private long farther() {
        long farther = 0;
        for (int c = 0; c < changes; c++) {
            int j = changed[c];
            farther += Math.abs(state[j] + steps[c] - start[j]) - Math.abs(state[j] - start[j]);
        }
        return farther;
    }

    private boolean areWithinBounds() {
        for (int c = 0; c < changes; c++) {
            if (!rows.isWithinBounds(changed[c], state[changed[c]] + steps[c])) {
                return false;
            }
        }
        return true;
    }

    private boolean doRowsHold() {
        touches = 0;
        for (int c = 0; c < changes; c++) {
            int[] numbers = rows.rowsOf(changed[c]);
            double[] coefficients = rows.coefficientsOf(changed[c]);
            for (int k = 0; k < numbers.length; k++) {
                int row = numbers[k];
                if (!isTouched[row]) {
                    isTouched[row] = true;
                    touched[touches++] = row;
                    rowChange[row] = 0;
                }
                rowChange[row] += coefficients[k] * steps[c];
            }
        }
        boolean hold = true;
        for (int t = 0; t < touches; t++) {
            int row = touched[t];
            isTouched[row] = false;
            hold = hold && rows.holds(row, activities[row] + rowChange[row]);
        }
        return hold;
    }

    private void move(long farther) {
        for (int c = 0; c < changes; c++) {
            state[changed[c]] += steps[c];
        }
        for (int t = 0; t < touches; t++) {
            activities[touched[t]] += rowChange[touched[t]];
        }
        distance += farther;
        if (++moves % REFRESH == 0) {
            activities = rows.activities(state);
        }
    }
}
