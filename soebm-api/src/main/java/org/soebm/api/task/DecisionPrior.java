package org.soebm.api.task;

/** The prior p(a) of the distributions over decisions, q(a | x) ∝ p(a) exp(−E/T) and p(a | y) ∝ p(a) exp(−f/T). */
public enum DecisionPrior {
    /** Every decision alike, as in the paper. */
    UNIFORM,

    /**
     * The proposal π around a*, so that the weights of its draws are exp(−E/T) and exp(−f/T) alone. Where a cost couples
     * dozens of decisions, a uniform prior gives all the weight to the draw that lies farthest out; this one asks how
     * energies rank the decisions near a*.
     */
    PROPOSAL,

    /**
     * Mixtures of the optimal decisions of two training rows, from which the candidates are then drawn in place of the
     * Gaussians around a*: which decisions have ever been near an optimum. Asks how energies rank the decisions that come
     * into question, wherever they are, and stays within a convex feasible set.
     */
    OPTIMA
}
