package org.soebm.api.cost;

/**
 * An objective known only through its value and gradient (a smooth oracle), for costs that are tensor code. Not
 * assumed convex; solvers answer with a stationary point. Must be thread-safe.
 *
 * <p>Solvers ask for many decisions at once where they can. An oracle that computes a batch at hardly more than the price
 * of one decision overrides {@link #values} and {@link #valuesAndGradients}, and says so in {@link #batchSize}.
 */
public non-sealed interface SmoothObjective extends Objective {
    /**
     * How many decisions a call of {@link #values} or {@link #valuesAndGradients} takes at about the price of one, at least
     * 1. Solvers search from more starting points where that costs little; they may ask for more or fewer at once.
     */
    default int batchSize() {
        return 1;
    }

    /**
     * The objective at several decisions; one after the other unless overridden.
     *
     * @param decisions shape (M, da); each as in {@link #value}
     * @return the objective at each, length M
     */
    default double[] values(double[][] decisions) {
        double[] values = new double[decisions.length];
        for (int m = 0; m < values.length; m++) {
            values[m] = value(decisions[m]);
        }
        return values;
    }

    /**
     * The objective and its gradient at several decisions; one after the other unless overridden.
     *
     * @param decisions shape (M, da); each as in {@link #value}
     * @param gradients receives the gradients, shape (M, da)
     * @return the objective at each, length M
     */
    default double[] valuesAndGradients(double[][] decisions, double[][] gradients) {
        double[] values = new double[decisions.length];
        for (int m = 0; m < values.length; m++) {
            values[m] = valueAndGradient(decisions[m], gradients[m]);
        }
        return values;
    }
}
