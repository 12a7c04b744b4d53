package org.soebm.runtime.softconstraint;

import ai.djl.ndarray.NDArray;

/** What candidates pay for missing, or for nearly missing, the limits of the feasible set; finite everywhere. */
@FunctionalInterface
public interface ConstraintPenalty {
    /**
     * The penalty of each candidate, in units of the cost; differentiable in the candidates.
     *
     * @param candidates shape (..., da), at least two axes
     * @return shape (...), in the manager of the candidates
     */
    NDArray of(NDArray candidates);
}
