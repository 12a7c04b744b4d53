package org.soebm.ortools;

import org.soebm.api.solver.SolveStatus;

/**
 * How a method of this package ended, before the answer is checked.
 *
 * @param variables decisions followed by auxiliary variables; empty when the status has no decision
 * @param lowerBound of the optimum where it is known, else −∞
 * @param message one line for people, empty when there is nothing to say
 */
record Outcome(SolveStatus status, double[] variables, double lowerBound, String message) {
    static Outcome optimal(double[] variables, String message) {
        return new Outcome(SolveStatus.OPTIMAL, variables, Double.NEGATIVE_INFINITY, message);
    }

    static Outcome feasible(double[] variables, String message) {
        return new Outcome(SolveStatus.FEASIBLE, variables, Double.NEGATIVE_INFINITY, message);
    }

    static Outcome none(SolveStatus status, String message) {
        return new Outcome(status, new double[0], Double.NEGATIVE_INFINITY, message);
    }

    boolean hasDecision() {
        return status.hasDecision();
    }
}
