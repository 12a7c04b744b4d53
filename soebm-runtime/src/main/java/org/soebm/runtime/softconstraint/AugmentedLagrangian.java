package org.soebm.runtime.softconstraint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.soebm.api.task.DataException;

/**
 * The augmented Lagrangian's terms of all limits (Hestenes 1969; Powell 1969; Rockafellar 1973 for inequalities),
 *
 * <pre>  Σ_i λ_i g_i + ρ/2 g_i²                           for equalities g_i(a) = 0,
 *      1/(2ρ) (max(0, λ_i + ρ g_i)² − λ_i²)      for inequalities g_i(a) ≤ 0,</pre>
 *
 * and their multipliers, which follow the mean decision under q: λ ← λ + ρ g(E_q a), for inequalities not below 0. Where they
 * rest, the mean decision is feasible, though single candidates need not be. g is a distance in units of the decisions.
 *
 * <p>The multipliers are state: {@link #multipliers()} goes into a checkpoint and {@link #restore} takes it from there. Not
 * thread-safe.
 */
public final class AugmentedLagrangian implements ConstraintPenalty {
    private static final int[] LAST = {-1};
    private static final double NEVER = -1e30;

    private final LimitRows rows;
    private final double rho;
    private final NDManager manager;
    private final LimitTensors limits;
    private final NDArray halfRho;
    private final double[] multipliers;
    private NDArray lambda; // (m)
    private NDArray floor; // below which g costs no less; (m)

    /**
     * With multipliers of 0.
     *
     * @param rho ρ, positive, in units of the cost by the square of the decisions'
     * @param manager owns the constants; on the device of the candidates
     */
    public AugmentedLagrangian(LimitRows rows, double rho, NDManager manager) {
        if (!(rho > 0)) {
            throw new IllegalArgumentException("An augmented Lagrangian needs a positive ρ, but has " + rho + ".");
        }
        this.rows = rows;
        this.rho = rho;
        this.manager = manager;
        limits = LimitTensors.of(rows, manager);
        halfRho = LimitTensors.number(rho / 2, manager);
        multipliers = new double[rows.count()];
        lambda = vector(multipliers);
        floor = vector(floors());
    }

    private NDArray vector(double[] values) {
        return LimitTensors.tensor(values, new Shape(values.length), manager);
    }

    private double[] floors() {
        double[] floors = new double[multipliers.length];
        Arrays.setAll(floors, i -> rows.equalities()[i] ? NEVER : -multipliers[i] / rho);
        return floors;
    }

    @Override
    public NDArray of(NDArray candidates) {
        NDArray g = limits.at(candidates).maximum(floor); // λ g + ρ/2 g² is least at the floor, where it is −λ²/(2ρ)
        return g.mul(halfRho).add(lambda).mul(g).sum(LAST);
    }

    /**
     * Moves the multipliers.
     *
     * @param meanDecision E_q a, length da; over the rows of an epoch, say
     */
    public void update(double[] meanDecision) {
        double[] g = rows.at(meanDecision);
        double[] moved = new double[multipliers.length];
        for (int i = 0; i < moved.length; i++) {
            double sum = multipliers[i] + rho * g[i];
            moved[i] = rows.equalities()[i] ? sum : Math.max(0, sum);
        }
        restore(moved);
    }

    /** λ of each limit, a copy. */
    public double[] multipliers() {
        return multipliers.clone();
    }

    /**
     * Takes multipliers of before.
     *
     * @throws DataException when there are not as many as limits, or one is not finite
     */
    public void restore(double[] saved) {
        if (saved.length != multipliers.length || !Arrays.stream(saved).allMatch(Double::isFinite)) {
            throw new DataException("The augmented Lagrangian has " + multipliers.length + " limits, but was given "
                    + saved.length + " multipliers, or some that are not finite. Train from the start.");
        }
        System.arraycopy(saved, 0, multipliers, 0, saved.length);
        lambda.close();
        floor.close();
        lambda = vector(multipliers);
        floor = vector(floors());
    }
}
