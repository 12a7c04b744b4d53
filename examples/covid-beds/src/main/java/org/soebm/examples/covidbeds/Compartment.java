package org.soebm.examples.covidbeds;

import java.util.Arrays;
import java.util.List;

/** Where a person is in the course of the disease; the order is that of all states and tables. */
enum Compartment {
    SUSCEPTIBLE("S", 0),
    /** Infected, but not yet infectious. */
    EXPOSED("E", 0),
    ASYMPTOMATIC("Ia", 0.6),
    PRESYMPTOMATIC("Ip", 1),
    MILD("Im", 1),
    SEVERE("Is", 1),
    /** In hospital, on the way to recovery. */
    HOSPITAL_RECOVERING("Hr", 0),
    /** In hospital, on the way to death. */
    HOSPITAL_DYING("Hd", 0),
    RECOVERED("R", 0),
    DEAD("D", 0);

    /** How many there are. */
    static final int COUNT = values().length;

    /** The column names, in order. */
    static final List<String> SYMBOLS =
            Arrays.stream(values()).map(Compartment::symbol).toList();

    private final String symbol;
    private final double infectivity;

    Compartment(String symbol, double infectivity) {
        this.symbol = symbol;
        this.infectivity = infectivity;
    }

    /** The place in a state. */
    int index() {
        return ordinal();
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
