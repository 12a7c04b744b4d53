package org.soebm.runtime.inference;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.runtime.digest.ProblemDigest;

/**
 * A digest of a task's cost and feasible set. A cost is told by its objective at y = 0 and by what is other in those at
 * each unit vector: they have every coefficient and offset, since residuals are affine in y.
 */
final class TaskFingerprint {
    private static final String FORMAT = "soebm-task-1";

    private TaskFingerprint() {}

    static String of(PenaltyCost cost, ConstraintSet constraints) {
        ProblemDigest digest = new ProblemDigest().text(FORMAT).constraints(constraints);
        double[] probe = new double[cost.parameterCount()];
        digest.number(probe.length).objective(cost.objective(probe));
        for (int i = 0; i < probe.length; i++) {
            probe[i] = 1;
            digest.offsets(cost.objective(probe));
            probe[i] = 0;
        }
        return digest.hex();
    }
}
