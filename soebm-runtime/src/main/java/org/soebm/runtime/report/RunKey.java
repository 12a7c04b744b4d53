package org.soebm.runtime.report;

import java.math.BigDecimal;

/**
 * Which run of a comparison.
 *
 * @param method by name
 * @param trainFraction of the training rows that are learned from, above 0 and at most 1
 * @param seed of data, split, weights and draws
 */
public record RunKey(String method, double trainFraction, long seed) {
    /** A fraction without needless digits, such as 1 or 0.25. */
    public static String fraction(double fraction) {
        return BigDecimal.valueOf(fraction).stripTrailingZeros().toPlainString();
    }

    /** The run in words. */
    @Override
    public String toString() {
        return method + ", seed " + seed
                + (trainFraction == 1 ? "" : ", " + fraction(trainFraction) + " of the training rows");
    }
}
