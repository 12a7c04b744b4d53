package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;

/**
 * Candidates drawn from a proposal π(a | x).
 *
 * @param candidates shape (B, M, da)
 * @param logDensity log π of each candidate, shape (B, M)
 */
public record Draws(NDArray candidates, NDArray logDensity) {}
