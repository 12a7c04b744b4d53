package org.soebm.api.solver;

import java.time.Duration;

/**
 * What a solver answers. The arrays are not copied; do not change them.
 *
 * @param values the decisions a, length da; empty when the status has no decision
 * @param auxiliaries the auxiliary variables that certify feasibility; empty when there are none
 * @param cost the objective at the decision, recomputed in double precision; NaN without a decision
 * @param status how the solve ended
 * @param solveTime wall-clock time of this solve
 * @param message one line for people, empty when there is nothing to say
 */
public record Decision(
        double[] values, double[] auxiliaries, double cost, SolveStatus status, Duration solveTime, String message) {
    /** An answer without a decision. */
    public static Decision none(SolveStatus status, Duration solveTime, String message) {
        if (status.hasDecision()) {
            throw new IllegalArgumentException("Status " + status + " comes with a decision.");
        }
        return new Decision(new double[0], new double[0], Double.NaN, status, solveTime, message);
    }

    /** Whether there is a decision as good as this solver makes it: proven optimal, or not ended by a limit. */
    public boolean isConverged() {
        return status == SolveStatus.OPTIMAL || (status == SolveStatus.FEASIBLE && message.isEmpty());
    }

    /** Decisions and auxiliary variables as one array, the form that {@code ConstraintSet} checks. */
    public double[] variables() {
        double[] all = java.util.Arrays.copyOf(values, values.length + auxiliaries.length);
        System.arraycopy(auxiliaries, 0, all, values.length, auxiliaries.length);
        return all;
    }
}
