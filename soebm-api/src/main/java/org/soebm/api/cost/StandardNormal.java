package org.soebm.api.cost;

import org.apache.commons.numbers.gamma.Erfc;

/** Density φ and distribution function Φ of the standard normal distribution in double precision. */
public final class StandardNormal {
    private static final double INVERSE_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

    private StandardNormal() {}

    /** φ(z) = exp(−z²/2) / √(2π). */
    public static double density(double z) {
        return INVERSE_SQRT_TWO_PI * Math.exp(-0.5 * z * z);
    }

    /** Φ(z) = ½ erfc(−z/√2), accurate in the lower tail. */
    public static double distribution(double z) {
        return 0.5 * Erfc.value(-z / Math.sqrt(2));
    }
}
