package org.soebm.api.solver;

import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.Objective;
import org.soebm.api.cost.Scenarios;

/**
 * The problem argmin_{a ∈ C} objective(a).
 *
 * @param objective what to minimise
 * @param constraints C
 * @param start decisions near the optimum to start from (not necessarily feasible), or null
 * @param scenarios the scenarios of y whose sample average the objective is, for a
 *     {@link org.soebm.api.constraint.NativeModel} that asks for them; null elsewhere
 */
public record ArgminProblem(
        Objective objective,
        ConstraintSet constraints,
        double @Nullable [] start,
        @Nullable Scenarios scenarios) {
    /**
     * @throws IllegalArgumentException when the numbers of decisions differ or the start has a value that is not finite
     */
    public ArgminProblem {
        if (objective.dimension() != constraints.decisionCount()) {
            throw new IllegalArgumentException("The objective has " + objective.dimension()
                    + " decisions, but the feasible set has " + constraints.decisionCount() + ".");
        }
        if (start != null) {
            if (start.length != objective.dimension()) {
                throw new IllegalArgumentException("The start has " + start.length + " decisions, but the problem has "
                        + objective.dimension() + ".");
            }
            for (int i = 0; i < start.length; i++) {
                if (!Double.isFinite(start[i])) {
                    throw new IllegalArgumentException(
                            "Decision " + i + " of the start is " + start[i] + ", but must be finite.");
                }
            }
        }
    }

    /** A problem without scenarios. */
    public ArgminProblem(Objective objective, ConstraintSet constraints, double @Nullable [] start) {
        this(objective, constraints, start, null);
    }

    /** A problem without a start. */
    public ArgminProblem(Objective objective, ConstraintSet constraints) {
        this(objective, constraints, null, null);
    }

    /** This problem with the scenarios of y whose sample average its objective is. */
    public ArgminProblem withScenarios(Scenarios newScenarios) {
        return new ArgminProblem(objective, constraints, start, newScenarios);
    }
}
