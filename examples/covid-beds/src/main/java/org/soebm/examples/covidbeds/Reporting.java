package org.soebm.examples.covidbeds;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * What is known of an epidemic. Beds and deaths are counted as they are. The others are estimated, with errors that last
 * from day to day (AR(1) in the logarithm):
 *
 * <ul>
 *   <li>E, Ia, Ip, Im come from tests. All four, and the new infections by which S falls, are off by one factor exp(c), for
 *       nobody knows how many infections tests find (std 0.2, ρ = 0.98), and each by one of its own (std 0.08, ρ = 0.8).
 *   <li>Is: the severe cases have seen a doctor; only a factor of their own (std 0.02, ρ = 0.8).
 *   <li>R is what remains of the population.
 * </ul>
 *
 * <p>So a simulation that starts from the observed state misses the beds even with the true infection rates. It knows no
 * error but that of the rates, and what it forecasts is too sure: that is what surveillance does to any model. The factor
 * exp(c) hardly shows in the rates that are backed out of reports, but it does show in Im beside Is: whoever learns from
 * beds rather than from rates can correct it.
 */
final class Reporting {
    private static final int SUSCEPTIBLE = Compartment.SUSCEPTIBLE.index();
    private static final int SEVERE = Compartment.SEVERE.index();
    private static final int RECOVERED = Compartment.RECOVERED.index();

    private static final Set<Compartment> FROM_TESTS =
            EnumSet.of(Compartment.EXPOSED, Compartment.ASYMPTOMATIC, Compartment.PRESYMPTOMATIC, Compartment.MILD);

    private Reporting() {}

    /**
     * The states as they are reported.
     *
     * @param course the true ones, shape (days, 10), not changed
     */
    static double[][] observed(double[][] course, RandomGenerator random) {
        AutoregressiveNoise found = new AutoregressiveNoise(0.98, 0.2, random);
        Map<Compartment, AutoregressiveNoise> own = new EnumMap<>(Compartment.class);
        for (Compartment compartment : FROM_TESTS) {
            own.put(compartment, new AutoregressiveNoise(0.8, 0.08, random));
        }
        AutoregressiveNoise severe = new AutoregressiveNoise(0.8, 0.02, random);
        double[][] observed = new double[course.length][];
        for (int t = 0; t < course.length; t++) {
            double share = found.next();
            double[] state = course[t].clone();
            if (t > 0) {
                double infections = course[t - 1][SUSCEPTIBLE] - course[t][SUSCEPTIBLE];
                state[SUSCEPTIBLE] = observed[t - 1][SUSCEPTIBLE] - infections * Math.exp(share);
            }
            own.forEach((compartment, error) -> state[compartment.index()] *= Math.exp(share + error.next()));
            state[SEVERE] *= Math.exp(severe.next());
            close(state, Compartment.population(course[t]));
            observed[t] = state;
        }
        return observed;
    }

    /** Makes R what remains of the population; what R lacks, S gives. */
    private static void close(double[] state, double population) {
        state[RECOVERED] = 0;
        double remaining = population - Compartment.population(state);
        state[RECOVERED] = Math.max(0, remaining);
        state[SUSCEPTIBLE] += Math.min(0, remaining);
    }
}
