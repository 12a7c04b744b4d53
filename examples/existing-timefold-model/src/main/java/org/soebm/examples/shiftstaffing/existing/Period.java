package org.soebm.examples.shiftstaffing.existing;

/** When in the day a shift is. */
public enum Period {
    EARLY,
    LATE
}
