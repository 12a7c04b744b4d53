package org.soebm.timefold;

import org.soebm.api.constraint.LinearRow;
import org.soebm.api.linear.SparseVector;

/**
 * Tightens a box by the rows, one interval at a time: c_i·v_i ≤ upper − Σ_{j≠i} min c_j·v_j. A row that cannot hold
 * anywhere in the box proves that the set is empty there.
 */
final class BoundPropagation {
    private static final int MOST_SWEEPS = 12;
    /** Answers may miss a row by 1e-6, so a proof needs more than that. */
    private static final double MARGIN = 2e-6;

    /** What rounding may take off a bound that rows imply; the bounds of the set itself are taken as they are. */
    private static final double PROPAGATED = 1e-6;

    private final Program program;
    private boolean slight;

    BoundPropagation(Program program) {
        this.program = program;
    }

    /**
     * Tightens the box in place; of a box that turns out empty any part may have been changed.
     *
     * @return a name of what cannot hold, empty when the box may hold a point
     */
    String tighten(Box box) {
        for (int i = 0; i < program.variableCount; i++) {
            if (program.integer[i] && !roundInwards(box, i, 0)) {
                return "the bounds of the integer " + program.variableName(i) + " have no integer in between";
            }
        }
        boolean changed = true;
        for (int sweep = 0; changed && sweep < MOST_SWEEPS; sweep++) {
            changed = false;
            for (int r = 0; r < program.rows.size(); r++) {
                LinearRow row = program.rows.get(r);
                double margin = MARGIN * Math.max(1, program.rowScale[r] * 1e-3);
                int effect = tighten(box, row, margin);
                for (int k = 1; effect > 0 && k < row.coefficients().size(); k++) {
                    changed = true;
                    effect = tighten(box, row, margin);
                }
                if (effect < 0) {
                    return "row " + program.rows.get(r).name() + " cannot hold together with the bounds"
                            + (program.rows.size() > 1 ? " and the other rows" : "");
                }
                changed |= effect > 0;
            }
        }
        return "";
    }

    /** Whether a bound moved by less than the row that moved it may be missed by: points outside may count as feasible. */
    boolean movedSlightly() {
        return slight;
    }

    /** −1 when the row cannot hold, 1 when the box became smaller by enough to look again, else 0. */
    private int tighten(Box box, LinearRow row, double margin) {
        SparseVector c = row.coefficients();
        double least = 0;
        double most = 0;
        int openBelow = 0; // how many parts have no least value
        int openAbove = 0;
        for (int k = 0; k < c.size(); k++) {
            double low = low(box, c, k);
            double high = high(box, c, k);
            if (low == Double.NEGATIVE_INFINITY) {
                openBelow++;
            } else {
                least += low;
            }
            if (high == Double.POSITIVE_INFINITY) {
                openAbove++;
            } else {
                most += high;
            }
        }
        if ((openBelow == 0 && least > row.upper() + margin) || (openAbove == 0 && most < row.lower() - margin)) {
            return -1;
        }
        int effect = 0;
        for (int k = 0; k < c.size() && (openBelow <= 1 || openAbove <= 1); k++) {
            int i = c.index(k);
            double low = low(box, c, k);
            double high = high(box, c, k);
            double highest = Double.POSITIVE_INFINITY; // of the part c_i·v_i
            double lowest = Double.NEGATIVE_INFINITY;
            if (openBelow == 0) {
                highest = row.upper() - (least - low);
            } else if (openBelow == 1 && low == Double.NEGATIVE_INFINITY) {
                highest = row.upper() - least;
            }
            if (openAbove == 0) {
                lowest = row.lower() - (most - high);
            } else if (openAbove == 1 && high == Double.POSITIVE_INFINITY) {
                lowest = row.lower() - most;
            }
            double newUpper = c.value(k) > 0 ? highest / c.value(k) : lowest / c.value(k);
            double newLower = c.value(k) > 0 ? lowest / c.value(k) : highest / c.value(k);
            int change = shrink(box, i, newLower, newUpper, margin / Math.abs(c.value(k)));
            if (change < 0) {
                return -1;
            }
            if (change > 0) { // the sums are out of date; the next sweep goes on with fresh ones
                return 1;
            }
            effect = Math.max(effect, change);
        }
        return effect;
    }

    private int shrink(Box box, int i, double newLower, double newUpper, double margin) {
        int change = 0;
        double width = box.upper()[i] - box.lower()[i];
        double enough = Double.isFinite(width) ? Math.max(1e-3 * width, 1e-9) : 1e-9;
        if (newUpper < box.upper()[i] - enough) {
            slight |= newUpper > box.upper()[i] - margin;
            box.upper()[i] = newUpper;
            change = 1;
        }
        if (newLower > box.lower()[i] + enough) {
            slight |= newLower < box.lower()[i] + margin;
            box.lower()[i] = newLower;
            change = 1;
        }
        if (change > 0 && program.integer[i] && !roundInwards(box, i, PROPAGATED)) {
            return -1;
        }
        if (box.lower()[i] > box.upper()[i]) {
            if (box.lower()[i] > box.upper()[i] + margin) {
                return -1;
            }
            double middle = 0.5 * (box.lower()[i] + box.upper()[i]);
            box.fix(i, Math.min(Math.max(middle, program.set.lower(i)), program.set.upper(i)));
        }
        return change;
    }

    private static boolean roundInwards(Box box, int i, double slack) {
        double lower = box.lower()[i];
        double upper = box.upper()[i];
        box.lower()[i] = Math.ceil(slack == 0 ? lower : lower - slack * Math.max(1, 1e-6 * Math.abs(lower))) + 0.0;
        box.upper()[i] = Math.floor(slack == 0 ? upper : upper + slack * Math.max(1, 1e-6 * Math.abs(upper))) + 0.0;
        return box.lower()[i] <= box.upper()[i];
    }

    private static double low(Box box, SparseVector c, int k) {
        double value = c.value(k);
        return value * (value > 0 ? box.lower()[c.index(k)] : box.upper()[c.index(k)]);
    }

    private static double high(Box box, SparseVector c, int k) {
        double value = c.value(k);
        return value * (value > 0 ? box.upper()[c.index(k)] : box.lower()[c.index(k)]);
    }
}
