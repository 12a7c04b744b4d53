package org.soebm.api.constraint;

/** Checks of a pair lower ≤ upper. */
final class Interval {
    private Interval() {}

    static void require(String what, double lower, double upper) {
        if (!(lower <= upper) || lower == Double.POSITIVE_INFINITY || upper == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(what + " has the interval [" + lower + ", " + upper
                    + "], in which no number lies. Maybe lower and upper are swapped?");
        }
    }

    /** How far a value lies outside the interval, +∞ for a value that is not finite. */
    static double distance(double value, double lower, double upper) {
        if (!Double.isFinite(value)) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(0, Math.max(lower - value, value - upper));
    }
}
