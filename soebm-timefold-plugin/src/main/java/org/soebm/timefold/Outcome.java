package org.soebm.timefold;

import org.soebm.api.solver.SolveStatus;

/**
 * How a solve ended, before the answer is checked.
 *
 * @param variables decisions followed by auxiliary variables; empty when the status has no decision
 * @param message one line for people, empty when there is nothing to say
 */
record Outcome(SolveStatus status, double[] variables, String message) {
    static Outcome none(SolveStatus status, String message) {
        return new Outcome(status, new double[0], message);
    }
}
