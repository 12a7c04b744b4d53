package org.soebm.api.cost;

/**
 * What an argmin minimises: a numeric function of the decisions alone, with the uncertain parameters resolved. The
 * hindsight cost f(y, ·) of a known y, a sample average and a closed-form expectation E f(y, ·) are all objectives.
 */
public sealed interface Objective permits PenaltyObjective, SmoothObjective {
    /** The number da of decisions. */
    int dimension();

    /**
     * The objective at a decision.
     *
     * @param decisions length {@link #dimension()}; longer arrays are allowed, what follows is ignored
     */
    double value(double[] decisions);

    /**
     * The objective and its (sub)gradient.
     *
     * @param decisions as in {@link #value}
     * @param gradient receives the gradient in its first {@link #dimension()} entries
     * @return the objective
     */
    double valueAndGradient(double[] decisions, double[] gradient);
}
