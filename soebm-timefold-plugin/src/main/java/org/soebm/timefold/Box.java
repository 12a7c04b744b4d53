package org.soebm.timefold;

import org.soebm.api.constraint.ConstraintSet;

/**
 * An interval for each variable. Arrays are shared where a box is passed on; {@link #copy} before a change.
 *
 * @param lower −∞ where there is no bound
 * @param upper +∞ where there is no bound
 */
record Box(double[] lower, double[] upper) {
    /** The bounds of a set. */
    static Box of(ConstraintSet set) {
        Box box = new Box(new double[set.variableCount()], new double[set.variableCount()]);
        for (int i = 0; i < set.variableCount(); i++) {
            box.lower[i] = set.lower(i);
            box.upper[i] = set.upper(i);
        }
        return box;
    }

    Box copy() {
        return new Box(lower.clone(), upper.clone());
    }

    /** Makes this box equal to another one of the same size. */
    void set(Box other) {
        System.arraycopy(other.lower, 0, lower, 0, lower.length);
        System.arraycopy(other.upper, 0, upper, 0, upper.length);
    }

    void fix(int variable, double value) {
        lower[variable] = value;
        upper[variable] = value;
    }

    boolean isFixed(int variable) {
        return lower[variable] == upper[variable];
    }

    double clip(int variable, double value) {
        return Math.min(Math.max(value, lower[variable]), upper[variable]) + 0.0;
    }
}
