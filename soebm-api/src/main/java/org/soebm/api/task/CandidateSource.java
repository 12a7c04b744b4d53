package org.soebm.api.task;

/** Where SO-EBM's candidate decisions come from. */
public enum CandidateSource {
    /**
     * By the task's traits. A cost that is linear in the decisions, or a feasible set with a solver's own model, gets
     * {@link #POOL}, a curved cost of binary decisions {@link #LOCAL_MOVES}, every other curved cost {@link #GAUSSIANS}.
     */
    AUTO,

    /** Gaussians around a*, reflected at the bounds where the cost is not defined beyond; they leave the feasible set. */
    GAUSSIANS,

    /** Gaussians around a*, projected onto a convex feasible set. */
    PROJECTED_GAUSSIANS,

    /** Feasible decisions that solvers have found, the same for all rows. */
    POOL,

    /** Optimal decisions under perturbed parameters, a*(y + σε), each row's own. */
    PERTURBED_OPTIMA,

    /** Small feasible changes of a*: flips, swaps and shifts of whole numbers. */
    LOCAL_MOVES
}
