package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.soebm.runtime.projection.Projection;

/**
 * The nearest feasible decisions to draws from the mixture of Gaussians around a*,
 *
 * <pre>  a = p_C(a* + σ_k ε),   ε ~ N(0, I),</pre>
 *
 * with the components in turn, as in {@link MixtureOfGaussiansProposal}. Every candidate is feasible, whatever the volume of C,
 * and many lie on its faces, where optima lie.
 *
 * <p>The projection puts lumps of probability on faces, so the draws have no density, and none is needed: their distribution
 * is itself the prior p(a) of q(a) ∝ p(a) exp(−E(a)/T), so log π − log p = 0 is all that is said of it. Expectations under
 * q are self-normalised averages: consistent, with a bias of O(1/M) from the quotient. They are about this q; undoing the
 * proposal for a flat prior on C is not possible. As p is a row's own, around its a*, E is fitted where that row's optimum is
 * likely.
 *
 * <p>Each row has its own ε: candidates differ between rows anyway.
 */
public final class ProjectedGaussiansProposal implements Proposal {
    private final Projection projection;
    private final GaussianComponents components;

    /**
     * A proposal with the given spreads.
     *
     * @param projection onto C, with constants that outlive the proposal
     * @param stds σ_k in units of the decisions, at least one, positive
     */
    public ProjectedGaussiansProposal(Projection projection, List<Double> stds) {
        this.projection = projection;
        components = new GaussianComponents(stds);
    }

    /** {@inheritDoc} The random numbers come from the engine's generator. */
    @Override
    public Draws draw(Centres centres, int samples, NDManager scope) {
        long rows = centres.hindsight().getShape().get(0);
        long decisions = centres.hindsight().getShape().get(1);
        NDArray candidates; // (B, M, da)
        try (NDManager inner = scope.newSubManager()) {
            NDArray points = components
                    .offsets(rows, samples, decisions, inner)
                    .addi(centres.hindsight().expandDims(1));
            candidates = projection.of(points);
            candidates.attach(scope);
        }
        return Draws.joint(scope.zeros(new Shape(1, 1, decisions)), candidates, scope.zeros(new Shape(1, samples, 1)));
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
