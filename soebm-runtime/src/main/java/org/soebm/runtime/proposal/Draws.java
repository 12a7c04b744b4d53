package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;

/**
 * Candidates drawn from a proposal π(a | x).
 *
 * @param candidates shape (B, M, da)
 * @param logDensity log π(a | x) of each candidate, shape (B, M, 1), or (1, M, 1) where all rows share it
 * @param marginalLogDensity log π_j(a_j | x) of each candidate's single decisions, shape (B, M, da) or (1, M, da)
 */
public record Draws(NDArray candidates, NDArray logDensity, NDArray marginalLogDensity) {}
