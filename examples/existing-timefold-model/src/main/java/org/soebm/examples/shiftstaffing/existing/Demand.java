package org.soebm.examples.shiftstaffing.existing;

import java.util.List;

/** How many heads a shift needs: one case where the forecast is a number, several where it is low, middle, and high. */
public record Demand(Shift shift, List<Case> cases) {
    /** A demand, and how likely it is. */
    public record Case(double heads, double probability) {}

    /** A forecast that is a single number. */
    public static Demand of(Shift shift, double heads) {
        return new Demand(shift, List.of(new Case(heads, 1)));
    }

    /** How many heads are expected to be missing. */
    public double missing(int staff) {
        double sum = 0;
        for (Case each : cases) {
            sum += each.probability() * Math.max(0, each.heads() - staff);
        }
        return sum;
    }

    /** How many heads are expected to have nothing to do. */
    public double spare(int staff) {
        double sum = 0;
        for (Case each : cases) {
            sum += each.probability() * Math.max(0, staff - each.heads());
        }
        return sum;
    }
}
