package org.soebm.api.cost;

/** The penalty functions φ of a residual that a {@link PenaltyCost} is a weighted sum of. */
public enum Penalty {
    /** φ(r) = r, the only penalty whose weight may be negative. */
    IDENTITY,
    /** φ(r) = [r]₊ = max(r, 0). */
    HINGE,
    /** φ(r) = r². */
    SQUARE,
    /** φ(r) = [r]₊². */
    SQUARED_HINGE
}
