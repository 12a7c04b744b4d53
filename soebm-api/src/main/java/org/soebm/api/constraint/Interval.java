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

    static double distance(double value, double lower, double upper) {
        if (Double.isNaN(value)) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.max(0, Math.max(lower - value, value - upper));
    }
}
