package org.soebm.runtime.inference;

import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.task.Simulator;
import org.soebm.runtime.digest.ProblemDigest;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * A digest of a task's cost and feasible set. A cost is told by its objective at y = 0 and by what is other in those at
 * each unit vector: they have every coefficient and offset, since residuals are affine in y. Tensor code is told by the
 * fingerprint that it gives itself.
 */
public final class TaskFingerprint {
    private static final String FORMAT = "soebm-task-2";

    private TaskFingerprint() {}

    /** The digest of a problem, in hexadecimal digits. */
    public static String of(StochasticProblem problem) {
        ProblemDigest digest = new ProblemDigest().text(FORMAT).constraints(problem.constraints());
        if (problem.cost() instanceof PenaltyCost penalties) {
            penalties(digest, penalties);
        } else {
            digest.number(problem.cost().parameterCount())
                    .number(problem.cost().decisionCount())
                    .text(problem.cost().fingerprint());
        }
        Simulator simulator = problem.simulator();
        if (simulator != null) {
            digest.number(simulator.latentCount()).text(simulator.fingerprint());
        }
        return digest.hex();
    }

    private static void penalties(ProblemDigest digest, PenaltyCost cost) {
        double[] probe = new double[cost.parameterCount()];
        digest.number(probe.length).objective(cost.objective(probe));
        for (int i = 0; i < probe.length; i++) {
            probe[i] = 1;
            digest.offsets(cost.objective(probe));
            probe[i] = 0;
        }
    }
}
