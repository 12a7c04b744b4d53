package org.soebm.runtime.inference;

import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.Objective;
import org.soebm.api.task.EnergySettings;

/**
 * Draws from q(a | x; θ) ∝ exp(−E(x, a; θ)/T) on the feasible set: a {@link HitAndRun} chain that starts near the optimum.
 * Draws are some steps of the chain apart, and so nearly independent.
 */
final class DecisionDraws {
    private static final int STEPS_TO_BEGIN_WITH = 200;
    private static final int STEPS_A_DIMENSION = 4;

    private final FreePolytope polytope;
    private final double temperature;
    private final double width;

    /**
     * Draws of a task's decisions.
     *
     * @param settings have the temperature T, and by the width of the proposal the scale of the decisions
     * @throws ModelException when decisions cannot be drawn from such a set
     */
    DecisionDraws(ConstraintSet set, EnergySettings settings) {
        polytope = FreePolytope.of(set);
        temperature = settings.temperature();
        width = Collections.max(settings.proposalStds());
    }

    /**
     * Draws decisions.
     *
     * @param energy E of one row
     * @param optimum argmin E
     * @return shape (count, da)
     */
    double[][] of(Objective energy, double[] optimum, int count, Random random) {
        double[][] draws = new double[count][];
        if (polytope.dimension() == 0) {
            Arrays.setAll(draws, i -> optimum.clone());
            return draws;
        }
        HitAndRun chain = new HitAndRun(
                polytope,
                decision -> -energy.value(decision) / temperature,
                width,
                polytope.inner(polytope.clamped(optimum.clone())),
                random);
        int apart = STEPS_A_DIMENSION * polytope.dimension();
        chain.after(STEPS_TO_BEGIN_WITH + apart);
        for (int i = 0; i < count; i++) {
            draws[i] = chain.after(apart);
        }
        return draws;
    }
}
