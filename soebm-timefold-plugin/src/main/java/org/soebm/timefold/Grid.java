package org.soebm.timefold;

/**
 * The integer grid of each variable: value(k) = base + k·step, moved into the bounds, for k from {@link #lowest} to {@link
 * #highest}, so that a bound is always a grid value. Integer variables have base 0 and step 1. Steps of continuous
 * variables are powers of two, so that equal changes of several variables are exactly equal.
 */
final class Grid {
    /** Of a continuous variable's step to its scale, 2^−40: about 1e-12. */
    private static final int FINENESS = 40;
    /** The widest window to either side, in steps; its numbers are exact in doubles. */
    private static final long WINDOW = 1L << 51;

    final double[] base;
    final double[] step;
    final long[] lowest;
    final long[] highest;
    private final boolean[] whole;
    private final double[] wholeScale;
    private final Box box;

    /**
     * @param box the bounds; where there are none, a window around the centre is the grid
     * @param growth by what power of two steps and windows are wider than the scale of the variables asks for
     */
    Grid(Program program, Box box, double[] centre, int growth) {
        int n = program.variableCount;
        this.box = box;
        whole = program.integer;
        wholeScale = program.scale;
        base = new double[n];
        step = new double[n];
        lowest = new long[n];
        highest = new long[n];
        for (int i = 0; i < n; i++) {
            step[i] = program.integer[i] ? 1 : Math.scalb(program.scale[i], growth - FINENESS);
            double middle = box.clip(i, centre[i]);
            boolean far = Math.abs(middle) > step[i] * (WINDOW >> 8);
            base[i] = program.integer[i] ? (far ? Math.rint(middle) : 0) : far ? middle : 0;
            lowest[i] =
                    Math.max(Math.round(Math.max(Math.floor((box.lower()[i] - base[i]) / step[i]), -0x1p62)), -WINDOW);
            highest[i] =
                    Math.min(Math.round(Math.min(Math.ceil((box.upper()[i] - base[i]) / step[i]), 0x1p62)), WINDOW);
        }
    }

    double value(int variable, long k) {
        return box.clip(variable, base[variable] + k * step[variable]);
    }

    /** The scale that the grid is made for: that of the variable, and wider where the grid has grown. */
    double scale(int variable) {
        return whole[variable] ? wholeScale[variable] : Math.scalb(step[variable], FINENESS);
    }

    /** The grid point next to a value, within the window. */
    long index(int variable, double value) {
        double k = Math.rint((value - base[variable]) / step[variable]);
        return Math.round(Math.min(Math.max(k, (double) lowest[variable]), (double) highest[variable]));
    }

    boolean isFixed(int variable) {
        return lowest[variable] == highest[variable] || box.isFixed(variable);
    }

    double lower(int variable) {
        return box.lower()[variable];
    }

    double upper(int variable) {
        return box.upper()[variable];
    }

    /** Whether a variable has no bound on that side, so that only the window ends there. */
    boolean isOpen(int variable, boolean above) {
        return above ? Double.isInfinite(box.upper()[variable]) : Double.isInfinite(box.lower()[variable]);
    }

    boolean isNearWindow(int variable, long k) {
        return Math.abs(k) > WINDOW - (WINDOW >> 3);
    }
}
