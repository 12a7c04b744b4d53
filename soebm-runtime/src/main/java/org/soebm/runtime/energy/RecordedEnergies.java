package org.soebm.runtime.energy;

import ai.djl.ndarray.NDArray;

/**
 * Energies with a graph back to what was predicted.
 *
 * @param recorded shape (B, M, F)
 */
record RecordedEnergies(NDArray recorded) implements Energy.Candidates {
    @Override
    public NDArray energies() {
        return recorded.stopGradient();
    }

    @Override
    public NDArray weightedSum(NDArray weights) {
        return recorded.mul(weights).sum();
    }
}
