package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Objects;

/**
 * The mixture of Gaussians around a*, reflected at the bounds of each decision, for costs that are defined within the bounds
 * only. A draw a_j = a*_j + σ_k ε that leaves [l, u] is folded back at the bound that it crosses, as often as it takes. Its
 * density is the sum over all places that fold onto it,
 *
 * <pre>  π_kj(a) = Σ_i N(a + 2iL; a*_j, σ_k²) + N(2l − a + 2iL; a*_j, σ_k²),   L = u − l,</pre>
 *
 * a product over decisions within component k, and π = Σ_k (M_k/M) π_k as in {@link MixtureOfGaussiansProposal}. Reflection
 * leaves no lump of probability at the bounds, as clipping would: the density stays an ordinary one.
 *
 * <p>All rows of a call share one set of ε.
 */
public final class ReflectedGaussiansProposal implements Proposal {
    /** Places further away than so many standard deviations are left out of the sum; their density is below e^−32. */
    private static final double REACH = 8;

    private final DecisionBounds bounds;
    private final GaussianComponents components;

    /**
     * A proposal within bounds.
     *
     * @param stds σ_k in units of the decisions, at least one, positive
     */
    public ReflectedGaussiansProposal(DecisionBounds bounds, List<Double> stds) {
        this.bounds = bounds;
        components = new GaussianComponents(stds);
    }

    /** {@inheritDoc} The random numbers come from the engine's generator. */
    @Override
    public Draws draw(Centres centres, int samples, NDManager scope) {
        int[] drawsOf = components.drawsOf(samples);
        int decisions = bounds.decisionCount();
        NDArray l = bounds.lower(scope);
        NDArray period = bounds.width(scope).mul(2);
        NDArray offsets = components.offsets(1, samples, decisions, scope);
        NDArray centre = centres.hindsight().expandDims(1).sub(l); // (B, 1, da), from the lower bound
        NDArray place = DecisionBounds.fold(centre.add(offsets), period); // (B, M, da), between 0 and L
        NDArray log = null;
        NDArray marginalLog = null;
        for (int k = 0; k < components.count(); k++) {
            if (drawsOf[k] > 0) {
                double share = Math.log((double) drawsOf[k] / samples);
                NDArray marginal =
                        density(place, centre, period, components.std(k)).log(); // (B, M, da)
                NDArray joint = marginal.sum(new int[] {-1}, true).add(share);
                marginal = marginal.add(share);
                log = log == null ? joint : GaussianComponents.logAddExp(log, joint);
                marginalLog = marginalLog == null ? marginal : GaussianComponents.logAddExp(marginalLog, marginal);
            }
        }
        if (log == null || marginalLog == null) {
            throw new IllegalArgumentException("The proposal was asked for " + samples + " samples.");
        }
        return new Draws(l, place, log, marginalLog);
    }

    @Override
    public boolean isShared() {
        return false;
    }

    private NDArray density(NDArray place, NDArray centre, NDArray period, double std) {
        int turns = (int) Math.ceil(REACH * std / (2 * bounds.leastWidth())) + 1;
        NDArray sum = null;
        for (int i = -turns; i <= turns; i++) {
            NDArray shift = period.mul(i);
            NDArray term = bell(place.sub(centre).add(shift), std)
                    .add(bell(place.add(centre).neg().add(shift), std));
            sum = sum == null ? term : sum.add(term);
        }
        double constant = 1 / (std * Math.sqrt(2 * Math.PI));
        return Objects.requireNonNull(sum).mul(constant);
    }

    private static NDArray bell(NDArray distance, double std) {
        return distance.square().mul(-0.5 / (std * std)).exp();
    }
}
