package org.soebm.api.task;

/** What the energy of training adds for linear rows and bounds that candidates may leave. */
public enum SoftConstraints {
    /** Nothing. */
    NONE,

    /** −μ Σ log of what is left up to each limit, continued by a parabola near and beyond it. */
    LOG_BARRIER,

    /** A multiplier and a square for what is beyond each limit; multipliers follow the mean decision under q. */
    AUGMENTED_LAGRANGIAN
}
