package org.soebm.runtime.configuration;

import java.util.ArrayList;
import java.util.List;

/**
 * The numbers between two ends.
 *
 * @param low one end; the least number where there is none
 * @param includesLow whether it is in the range
 * @param high the other, above it; infinite where there is none
 * @param includesHigh whether it is in the range
 */
public record Range(double low, boolean includesLow, double high, boolean includesHigh) {
    /** From a number on. */
    public static Range from(double low) {
        return new Range(low, true, Double.POSITIVE_INFINITY, false);
    }

    /** Above a number. */
    public static Range above(double low) {
        return new Range(low, false, Double.POSITIVE_INFINITY, false);
    }

    /** This range, as far as it lies below a number. */
    public Range below(double newHigh) {
        return new Range(low, includesLow, newHigh, false);
    }

    /** This range up to a number. */
    public Range upTo(double newHigh) {
        return new Range(low, includesLow, newHigh, true);
    }

    /** Whether a number is finite and in the range. */
    public boolean contains(double value) {
        return Double.isFinite(value)
                && (includesLow ? value >= low : value > low)
                && (includesHigh ? value <= high : value < high);
    }

    /** The nearest number that is in the range and, where an end is not, a little within it. */
    public double nearest(double value) {
        if (value <= low && !contains(value)) {
            return includesLow ? low : Math.nextUp(low);
        }
        if (value >= high && !contains(value)) {
            return includesHigh ? high : Math.nextDown(high);
        }
        return value;
    }

    /** In words, e.g. "above 0 and below 1". */
    public String text() {
        List<String> ends = new ArrayList<>();
        if (low > -Double.MAX_VALUE) {
            ends.add((includesLow ? "at least " : "above ") + Numbers.text(low));
        }
        if (high < Double.POSITIVE_INFINITY) {
            ends.add((includesHigh ? "at most " : "below ") + Numbers.text(high));
        }
        return String.join(" and ", ends);
    }
}
