package org.soebm.api.cost;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/** Expectations under a standard normal ε by Gauss-Legendre quadrature, which knows none of the closed forms. */
final class Expectation {
    private static final GaussIntegratorFactory RULES = new GaussIntegratorFactory();
    private static final double REACH = 12; // what lies beyond has a probability below 4e-33
    private static final double PANEL = 2;

    private Expectation() {}

    /** E g(ε) for a g that is smooth on either side of the kink. */
    static double of(DoubleUnaryOperator g, double kink) {
        double split = Math.max(-REACH, Math.min(kink, REACH));
        return integral(g, -REACH, split) + integral(g, split, REACH);
    }

    private static double integral(DoubleUnaryOperator g, double from, double to) {
        if (to - from < 1e-9) { // nothing lies in a strip that thin at the end of the range
            return 0;
        }
        int panels = (int) Math.ceil((to - from) / PANEL);
        double sum = 0;
        for (int p = 0; p < panels; p++) {
            double low = from + (to - from) * p / panels;
            double high = from + (to - from) * (p + 1) / panels;
            sum += RULES.legendre(24, low, high)
                    .integrate(e -> g.applyAsDouble(e) * Math.exp(-e * e / 2) / Math.sqrt(2 * Math.PI));
        }
        return sum;
    }
}
