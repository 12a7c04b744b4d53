package org.soebm.runtime.network;

import java.util.List;

/** A snapshot of a network's weights and batch norm statistics on the host. Immutable by convention. */
public record Weights(List<float[]> arrays) {
    /** Copies the list. */
    public Weights {
        arrays = List.copyOf(arrays);
    }
}
