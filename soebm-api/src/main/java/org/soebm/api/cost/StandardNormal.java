package org.soebm.api.cost;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.InverseErfc;

/** Density φ, distribution function Φ and quantiles of the standard normal distribution in double precision. */
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

    /**
     * Φ⁻¹(p).
     *
     * @param probability p, between 0 and 1; at those ends the quantile is −∞ and +∞
     */
    public static double quantile(double probability) {
        return -Math.sqrt(2) * InverseErfc.value(2 * probability);
    }
}
