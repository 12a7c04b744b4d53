package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * The K Gaussians of a mixture around a*, which give the draws in turn, M_k each, as equal in number as possible, rather than a
 * random number of them.
 */
final class GaussianComponents {
    private final double[] stds;

    /**
     * Components.
     *
     * @param stds σ_k, at least one, positive
     */
    GaussianComponents(List<Double> stds) {
        this.stds = stds.stream().mapToDouble(Double::doubleValue).toArray();
        if (this.stds.length == 0) {
            throw new IllegalArgumentException("The proposal needs at least one standard deviation.");
        }
    }

    /** K. */
    int count() {
        return stds.length;
    }

    /** σ_k. */
    double std(int component) {
        return stds[component];
    }

    /** M_k of M draws. */
    int[] drawsOf(int samples) {
        int[] drawsOf = new int[stds.length];
        Arrays.setAll(drawsOf, k -> (samples + stds.length - 1 - k) / stds.length);
        return drawsOf;
    }

    /**
     * σ ε of draws, with numbers from the engine's generator.
     *
     * @param rows how many have draws of their own
     * @return shape (rows, M, decisions)
     */
    NDArray offsets(long rows, int samples, long decisions, NDManager scope) {
        float[] stdOfDraw = new float[samples];
        for (int m = 0; m < samples; m++) {
            stdOfDraw[m] = (float) stds[m % stds.length];
        }
        return scope.randomNormal(new Shape(rows, samples, decisions))
                .muli(scope.create(stdOfDraw, new Shape(1, samples, 1)));
    }

    /** log(eᵃ + eᵇ) = max + log(1 + e^(−|a−b|)), by which densities of a mixture are added up. */
    static NDArray logAddExp(NDArray a, NDArray b) {
        return a.maximum(b).add(a.sub(b).abs().neg().exp().add(1).log());
    }
}
