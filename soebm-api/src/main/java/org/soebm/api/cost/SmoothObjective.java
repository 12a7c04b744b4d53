package org.soebm.api.cost;

/**
 * An objective known only through its value and gradient (a smooth oracle), for costs that are tensor code. Not
 * assumed convex; solvers answer with a stationary point. Must be thread-safe.
 */
public non-sealed interface SmoothObjective extends Objective {}
