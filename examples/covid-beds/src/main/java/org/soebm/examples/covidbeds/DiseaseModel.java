package org.soebm.examples.covidbeds;

import java.util.Arrays;

/**
 * The SEIR+HD model: people move between {@link Compartment}s at fixed rates, except for infections,
 *
 * <pre>
 *   ds/dt = A s + q (e_E − e_S),      q = β S (0.6 Ia + Ip + Im + Is) / N      people a day
 * </pre>
 *
 * <p>with the infection rate β constant within a day and N the people in all compartments, which stays the same. This class
 * does a day in plain doubles, by {@value #STEPS_PER_DAY} steps of the classical Runge-Kutta method; {@link Epidemic} does
 * whole batches in tensors.
 */
final class DiseaseModel {
    /** Within 1e-5 of an adaptive solver on the reference trajectories, in each compartment; a test repeats that. */
    private static final int STEPS_PER_DAY = 4;

    /** The largest infection rate that the model is meant for, per day. */
    static final double LARGEST_RATE = 3;

    /** People who go from one compartment to another, at a rate per day. */
    private record Flow(int from, int to, double rate) {
        Flow(Compartment from, Compartment to, double rate) {
            this(from.index(), to.index(), rate);
        }
    }

    private static final Flow[] FLOWS = {
        new Flow(Compartment.EXPOSED, Compartment.ASYMPTOMATIC, 0.43 / 3.5),
        new Flow(Compartment.EXPOSED, Compartment.PRESYMPTOMATIC, 0.57 / 3.5),
        new Flow(Compartment.ASYMPTOMATIC, Compartment.RECOVERED, 1 / 7.0),
        new Flow(Compartment.PRESYMPTOMATIC, Compartment.MILD, 0.95 / 1.5),
        new Flow(Compartment.PRESYMPTOMATIC, Compartment.SEVERE, 0.05 / 1.5),
        new Flow(Compartment.MILD, Compartment.RECOVERED, 1 / 5.5),
        new Flow(Compartment.SEVERE, Compartment.HOSPITAL_RECOVERING, 0.8 / 5.5),
        new Flow(Compartment.SEVERE, Compartment.HOSPITAL_DYING, 0.2 / 5.5),
        new Flow(Compartment.HOSPITAL_RECOVERING, Compartment.RECOVERED, 1 / 15.0),
        new Flow(Compartment.HOSPITAL_DYING, Compartment.DEAD, 1 / 13.3)
    };

    private DiseaseModel() {}

    /** A, by row of where people go and column of where they come from, per day. Columns sum to 0. */
    static double[][] flowMatrix() {
        double[][] a = new double[Compartment.COUNT][Compartment.COUNT];
        for (Flow flow : FLOWS) {
            a[flow.to][flow.from] += flow.rate;
            a[flow.from][flow.from] -= flow.rate;
        }
        return a;
    }

    /** w: how infectious the people in each compartment are. */
    static double[] infectivities() {
        return Arrays.stream(Compartment.values())
                .mapToDouble(Compartment::infectivity)
                .toArray();
    }

    /** The infectious people of a state, those without symptoms counted as 0.6. */
    static double infectious(double[] state) {
        double sum = 0;
        for (Compartment compartment : Compartment.values()) {
            sum += compartment.infectivity() * state[compartment.index()];
        }
        return sum;
    }

    /**
     * The state one day later.
     *
     * @param state people by compartment, not changed
     * @param beta the infection rate of the day
     */
    static double[] dayAfter(double[] state, double beta) {
        double h = 1.0 / STEPS_PER_DAY;
        double perPerson = beta / Compartment.population(state);
        double[] s = state;
        for (int step = 0; step < STEPS_PER_DAY; step++) {
            double[] k1 = derivative(s, perPerson);
            double[] k2 = derivative(ahead(s, h / 2, k1), perPerson);
            double[] k3 = derivative(ahead(s, h / 2, k2), perPerson);
            double[] k4 = derivative(ahead(s, h, k3), perPerson);
            double[] next = new double[s.length];
            for (int i = 0; i < next.length; i++) {
                next[i] = s[i] + h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
            }
            s = next;
        }
        return s;
    }

    private static double[] ahead(double[] state, double time, double[] slope) {
        double[] result = new double[state.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = state[i] + time * slope[i];
        }
        return result;
    }

    private static double[] derivative(double[] state, double betaPerPerson) {
        double[] slope = new double[state.length];
        for (Flow flow : FLOWS) {
            double people = flow.rate * state[flow.from];
            slope[flow.from] -= people;
            slope[flow.to] += people;
        }
        double infections = betaPerPerson * state[Compartment.SUSCEPTIBLE.index()] * infectious(state);
        slope[Compartment.SUSCEPTIBLE.index()] -= infections;
        slope[Compartment.EXPOSED.index()] += infections;
        return slope;
    }
}
