package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
    private final double[] stds;

    /**
     * A proposal with the given spreads.
     *
     * @param stds σ_k in units of the decisions, at least one, positive
     */
    public MixtureOfGaussiansProposal(List<Double> stds) {
        this.stds = stds.stream().mapToDouble(Double::doubleValue).toArray();
        if (this.stds.length == 0) {
            throw new IllegalArgumentException("The proposal needs at least one standard deviation.");
        }
    }

    /** {@inheritDoc} The random numbers come from the engine's generator. */
    @Override
    public Draws draw(Centres centres, int samples, NDManager scope) {
        long decisions = centres.hindsight().getShape().get(1);
        float[] stdOfDraw = new float[samples];
        int[] drawsOf = new int[stds.length];
        for (int m = 0; m < samples; m++) {
            int component = m % stds.length;
            stdOfDraw[m] = (float) stds[component];
            drawsOf[component]++;
        }
        NDArray offsets = scope.randomNormal(new Shape(1, samples, decisions))
                .muli(scope.create(stdOfDraw, new Shape(1, samples, 1)));
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
        for (int k = 0; k < stds.length; k++) {
            if (drawsOf[k] > 0) {
                double constant = Math.log((double) drawsOf[k] / samples)
                        - dimensions * (Math.log(stds[k]) + 0.5 * Math.log(2 * Math.PI));
                NDArray component =
                        squaredDistance.mul(-0.5 / (stds[k] * stds[k])).add(constant);
                log = log == null ? component : logAddExp(log, component);
            }
        }
        if (log == null) {
            throw new IllegalArgumentException("The proposal was asked for " + samples + " samples.");
        }
        return log;
    }

    /** log(eᵃ + eᵇ) = max + log(1 + e^(−|a−b|)). */
    private static NDArray logAddExp(NDArray a, NDArray b) {
        return a.maximum(b).add(a.sub(b).abs().neg().exp().add(1).log());
    }
}
