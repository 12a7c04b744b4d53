package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import org.soebm.api.distribution.GaussianDistribution;

/**
 * An objective that must know a step's prediction before the step is recorded, for what cannot be done meanwhile, such as
 * solves. It costs a prediction more in each step.
 */
non-sealed interface LookAheadObjective extends PhaseObjective {
    /**
     * What is minimised in this step. It sees the same prediction again, recorded.
     *
     * @param prediction free of gradients
     * @param scope owns what the step makes
     */
    TrainingObjective at(GaussianDistribution prediction, RowBatch batch, NDManager scope);
}
