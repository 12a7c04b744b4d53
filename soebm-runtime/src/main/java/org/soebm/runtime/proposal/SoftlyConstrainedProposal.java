package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.soebm.runtime.softconstraint.ConstraintPenalty;

/**
 * Another proposal's draws, for a prior that prefers the feasible set,
 *
 * <pre>  q(a) ∝ p(a) exp(−(E(a) + ψ(a))/T),   log π′ = log π + ψ/T,</pre>
 *
 * with a penalty ψ: as the weight of a draw is exp(−E/T)/π′, it is what it would be with ψ in the energy. ψ does not depend on
 * the prediction, so nothing else of the energy's gradient changes. The estimator is that of the other proposal, self-normalised
 * with a bias of O(1/M), with weights that are joint even where the energy is a sum over decisions, for ψ connects them.
 *
 * <p>A prior that is the other proposal itself, with log π − log p = 0, is kept and multiplied by exp(−ψ/T).
 */
public final class SoftlyConstrainedProposal implements Proposal {
    private final Proposal base;
    private final ConstraintPenalty penalty;
    private final double temperature;

    /**
     * A proposal under a penalty.
     *
     * @param base draws the candidates
     * @param penalty ψ, in units of the cost
     * @param temperature T of the energy, positive
     */
    public SoftlyConstrainedProposal(Proposal base, ConstraintPenalty penalty, double temperature) {
        this.base = base;
        this.penalty = penalty;
        this.temperature = temperature;
        if (!(temperature > 0)) {
            throw new IllegalArgumentException("The temperature must be positive, but is " + temperature + ".");
        }
    }

    @Override
    public Draws draw(Centres centres, int samples, NDManager scope) {
        Draws draws = base.draw(centres, samples, scope);
        try (NDManager inner = scope.newSubManager()) {
            NDArray candidates = draws.candidates(); // (B, M, da)
            candidates.attach(inner);
            NDArray loss = penalty.of(candidates).div(temperature).expandDims(2); // (B, M, 1)
            NDArray logDensity = loss.add(draws.logDensity());
            logDensity.attach(scope);
            return Draws.joint(draws.centres(), draws.offsets(), logDensity);
        }
    }

    @Override
    public boolean isJoint() {
        return true;
    }

    @Override
    public boolean isShared() {
        return false;
    }
}
