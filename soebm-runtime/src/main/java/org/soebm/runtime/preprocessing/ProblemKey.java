package org.soebm.runtime.preprocessing;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.Objective;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.SolverOptions;
import org.soebm.runtime.digest.ProblemDigest;

/**
 * A digest of all that the answers of a bulk of problems depend on: the solver with its version and options, and every
 * number of the feasible set and of each objective.
 */
final class ProblemKey {
    private static final String FORMAT = "soebm-hindsight-2";

    private ProblemKey() {}

    static String of(
            ArgminSolverProvider provider, SolverOptions options, ConstraintSet constraints, Iterable<Objective> all) {
        String version = provider.getClass().getPackage().getImplementationVersion();
        ProblemDigest digest = new ProblemDigest()
                .text(FORMAT)
                .text(provider.name())
                .text(provider.getClass().getName())
                .text(version == null ? "" : version)
                .number(options.timeLimit().toNanos())
                .number(options.tolerance())
                .number(options.seed())
                .constraints(constraints);
        for (Objective objective : all) {
            if (!(objective instanceof PenaltyObjective penalties)) {
                throw new IllegalArgumentException("Only penalty objectives have a key, not " + objective + ".");
            }
            digest.objective(penalties);
        }
        return digest.hex();
    }
}
