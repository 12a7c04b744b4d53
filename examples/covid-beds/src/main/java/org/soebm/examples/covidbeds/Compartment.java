package org.soebm.examples.covidbeds;

import java.util.Arrays;
import java.util.List;

/** Where a person is in the course of the disease; its index is its place in every state. */
enum Compartment {
    SUSCEPTIBLE(0, "S", 0),
    /** Infected, but not yet infectious. */
    EXPOSED(1, "E", 0),
    ASYMPTOMATIC(2, "Ia", 0.6),
    PRESYMPTOMATIC(3, "Ip", 1),
    MILD(4, "Im", 1),
    SEVERE(5, "Is", 1),
    /** In hospital, on the way to recovery. */
    HOSPITAL_RECOVERING(6, "Hr", 0),
    /** In hospital, on the way to death. */
    HOSPITAL_DYING(7, "Hd", 0),
    RECOVERED(8, "R", 0),
    DEAD(9, "D", 0);

    /** How many there are. */
    static final int COUNT = values().length;

    /** The column names, in order. */
    static final List<String> SYMBOLS =
            Arrays.stream(values()).map(Compartment::symbol).toList();

    private final int index;
    private final String symbol;
    private final double infectivity;

    Compartment(int index, String symbol, double infectivity) {
        this.index = index;
        this.symbol = symbol;
        this.infectivity = infectivity;
    }

    /** The place in a state. */
    int index() {
        return index;
    }

    /** The name in formulas and files. */
    String symbol() {
        return symbol;
    }

    /** How infectious a person is, relative to one with symptoms. */
    double infectivity() {
        return infectivity;
    }

    /** Hr + Hd of a state: the people who need a bed. */
    static double beds(double[] state) {
        return state[HOSPITAL_RECOVERING.index()] + state[HOSPITAL_DYING.index()];
    }

    /** N: all people of a state, the dead included. */
    static double population(double[] state) {
        return Arrays.stream(state).sum();
    }
}
