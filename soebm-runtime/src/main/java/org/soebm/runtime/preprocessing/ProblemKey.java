package org.soebm.runtime.preprocessing;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.task.Table;
import org.soebm.runtime.digest.ProblemDigest;

/**
 * A digest of all that the answers of a bulk of problems depend on: the solver with its version and options, and every
 * number of the feasible set and of each objective.
 */
final class ProblemKey {
    private static final String FORMAT = "soebm-hindsight-3";

    private ProblemKey() {}

    static String of(
            ArgminSolverProvider provider,
            SolverOptions options,
            ConstraintSet constraints,
            Iterable<PenaltyObjective> all) {
        ProblemDigest digest = start(provider, options, constraints);
        for (PenaltyObjective objective : all) {
            digest.objective(objective);
        }
        return digest.hex();
    }

    /** The key of problems whose cost is known by a fingerprint. */
    static String of(
            ArgminSolverProvider provider,
            SolverOptions options,
            ConstraintSet constraints,
            String costFingerprint,
            Table parameters,
            int[] rows) {
        ProblemDigest digest =
                start(provider, options, constraints).text(costFingerprint).number(rows.length);
        for (int row : rows) {
            for (double parameter : parameters.row(row)) {
                digest.number(parameter);
            }
        }
        return digest.hex();
    }

    private static ProblemDigest start(
            ArgminSolverProvider provider, SolverOptions options, ConstraintSet constraints) {
        String version = provider.getClass().getPackage().getImplementationVersion();
        return new ProblemDigest()
                .text(FORMAT)
                .text(provider.name())
                .text(provider.getClass().getName())
                .text(version == null ? "" : version)
                .number(options.timeLimit().toNanos())
                .number(options.tolerance())
                .number(options.seed())
                .constraints(constraints);
    }
}
