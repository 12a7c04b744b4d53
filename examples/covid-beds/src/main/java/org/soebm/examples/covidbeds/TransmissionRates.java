package org.soebm.examples.covidbeds;

import org.apache.commons.math3.analysis.UnivariateFunction;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * The infection rates β that explain what was observed: nobody counts them, neither in the simulated regions nor in a
 * user's own.
 */
final class TransmissionRates {
    private static final double ACCURACY = 1e-12;
    private static final int MAXIMUM_EVALUATIONS = 200;
    private static final int SUSCEPTIBLE = Compartment.SUSCEPTIBLE.index();

    private TransmissionRates() {}

    /**
     * The rate of a day: the one with which the {@link DiseaseModel}, started from the state of the evening before, infects
     * as many as the susceptible were fewer on the evening after. That number grows with the rate, so there is one answer;
     * it is 0 where nobody became infected or nobody is infectious, and {@link DiseaseModel#LARGEST_RATE} where even that
     * rate infects too few.
     *
     * @param before people by compartment, not all zero
     * @param after the same people a day later
     */
    static double ofDay(double[] before, double[] after) {
        // The logarithm is almost linear in the rate, which leaves little to do for the root finder.
        UnivariateFunction excess = beta -> Math.log(before[SUSCEPTIBLE] / after[SUSCEPTIBLE])
                - Math.log(before[SUSCEPTIBLE] / DiseaseModel.dayAfter(before, beta)[SUSCEPTIBLE]);
        if (DiseaseModel.infectious(before) <= 0 || !(after[SUSCEPTIBLE] < before[SUSCEPTIBLE])) {
            return 0;
        }
        if (excess.value(DiseaseModel.LARGEST_RATE) >= 0) { // also where nobody is susceptible any more
            return DiseaseModel.LARGEST_RATE;
        }
        return new BrentSolver(ACCURACY, ACCURACY, 0).solve(MAXIMUM_EVALUATIONS, excess, 0, DiseaseModel.LARGEST_RATE);
    }
}
