package org.soebm.runtime.softconstraint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.soebm.api.task.DataException;

/**
 * The relaxed logarithmic barrier of all limits g_i(a) ≤ 0, with the slack s = −g_i(a),
 *
 * <pre>  μ Σ_i B(s),   B(s) = −log s                              where s &gt; δ,
 *                       ½ [((s − 2δ)/δ)² − 1] − log δ       elsewhere,</pre>
 *
 * twice continuously differentiable and finite everywhere (Hauser, Saccon, "A barrier function method for the optimization of
 * trajectory functionals with constraints", 2006, k = 2). Slacks are distances in units of the decisions, so δ is how near a limit
 * the logarithm ends. Where μ falls, the barrier comes close to the indicator of C.
 */
public final class RelaxedLogBarrier implements ConstraintPenalty {
    private static final int[] LAST = {-1};

    private final LimitTensors limits;
    private final NDArray mu;
    private final NDArray delta;
    private final NDArray perDelta;
    private final NDArray one;
    private final NDArray two;
    private final NDArray half;

    /**
     * A barrier.
     *
     * @param rows inequalities only
     * @param mu μ, positive, in units of the cost
     * @param delta δ, positive, in units of the decisions
     * @param manager owns the constants; on the device of the candidates
     * @throws DataException when there is an equality, which leaves no slack
     */
    public RelaxedLogBarrier(LimitRows rows, double mu, double delta, NDManager manager) {
        if (rows.hasEqualities()) {
            throw new DataException("The energy cannot have a log barrier: the feasible set has equality rows or fixed"
                    + " decisions, which leave no slack. Take the augmented Lagrangian.");
        }
        if (!(mu > 0 && delta > 0)) {
            throw new IllegalArgumentException(
                    "A barrier needs a positive weight and width, but has " + mu + " and " + delta + ".");
        }
        limits = LimitTensors.of(rows, manager);
        this.mu = LimitTensors.number(mu, manager);
        this.delta = LimitTensors.number(delta, manager);
        perDelta = LimitTensors.number(1 / delta, manager);
        one = LimitTensors.number(1, manager);
        two = LimitTensors.number(2, manager);
        half = LimitTensors.number(0.5, manager);
    }

    @Override
    public NDArray of(NDArray candidates) {
        NDArray slack = limits.at(candidates).neg(); // (..., m)
        NDArray logarithm = slack.maximum(delta).log(); // of δ where the parabola holds
        NDArray place = slack.minimum(delta).mul(perDelta).sub(two); // −1 where the logarithm holds
        NDArray parabola = place.mul(place).sub(one).mul(half); // 0 there
        return parabola.sub(logarithm).sum(LAST).mul(mu);
    }
}
