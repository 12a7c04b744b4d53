package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * The proposal π(a | x) = Σ_k (M_k/M) N(a; a*, σ_k² I), a mixture of Gaussians centred at the optimal decision in
 * hindsight (Kong et al., NeurIPS 2022). Its marginal for one decision is the mixture Σ_k (M_k/M) N(a_j; a*_j, σ_k²).
 *
 * <p>Component k gives M_k of the M draws, as equal in number as possible, rather than a random number of them; with the
 * density of the whole mixture in the weights (the balance heuristic) the estimates stay consistent and vary less.
 *
 * <p>All rows of a call share one set of offsets a − a*, see {@link Draws}.
 */
public final class MixtureOfGaussiansProposal implements Proposal {
    private final GaussianComponents components;

    /**
     * A proposal with the given spreads.
     *
     * @param stds σ_k in units of the decisions, at least one, positive
     */
    public MixtureOfGaussiansProposal(List<Double> stds) {
        components = new GaussianComponents(stds);
    }

    /** {@inheritDoc} The random numbers come from the engine's generator. */
    @Override
    public Draws draw(Centres centres, int samples, NDManager scope) {
        long decisions = centres.hindsight().getShape().get(1);
        int[] drawsOf = components.drawsOf(samples);
        NDArray offsets = components.offsets(1, samples, decisions, scope);
        NDArray squares = offsets.square(); // (1, M, da)
        return new Draws(
                centres.hindsight().expandDims(1),
                offsets,
                logDensity(squares.sum(new int[] {-1}, true), drawsOf, samples, decisions),
                logDensity(squares, drawsOf, samples, 1));
    }

    /** log Σ_k (M_k/M) N(a; a*, σ_k² I) in so many dimensions, as a function of |a − a*|², summed in log space. */
    private NDArray logDensity(NDArray squaredDistance, int[] drawsOf, int samples, long dimensions) {
        NDArray log = null;
        for (int k = 0; k < components.count(); k++) {
            if (drawsOf[k] > 0) {
                double constant = Math.log((double) drawsOf[k] / samples)
                        - dimensions * (Math.log(components.std(k)) + 0.5 * Math.log(2 * Math.PI));
                NDArray component = squaredDistance
                        .mul(-0.5 / (components.std(k) * components.std(k)))
                        .add(constant);
                log = log == null ? component : GaussianComponents.logAddExp(log, component);
            }
        }
        if (log == null) {
            throw new IllegalArgumentException("The proposal was asked for " + samples + " samples.");
        }
        return log;
    }
}
