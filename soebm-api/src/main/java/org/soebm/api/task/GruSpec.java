package org.soebm.api.task;

/**
 * A recurrent network of gated recurrent units with a Gaussian head. The features are a sequence, step after step: column
 * {@code t · (dx / steps) + i} is feature i of step t. The state after the last step goes through a linear layer to mean
 * and softplus std.
 *
 * @param steps how many steps the features are
 * @param layers of units, one above the other, at least 1
 * @param stateSize the width of each layer's state
 * @param dropout the share of a layer's outputs dropped on the way to the next, in training; at least 0 and below 1
 */
public record GruSpec(int steps, int layers, int stateSize, double dropout) implements NetworkSpec {
    /**
     * @throws IllegalArgumentException when a value is out of range
     */
    public GruSpec {
        if (steps < 1 || layers < 1 || stateSize < 1) {
            throw new IllegalArgumentException("A GRU of " + steps + " steps, " + layers
                    + " layers and states of width " + stateSize + " is not possible.");
        }
        NetworkSpec.requireDropout(dropout);
    }

    @Override
    public String misfit(int features, int outputs) {
        return features % steps == 0
                ? ""
                : "The " + features + " features are not a sequence of " + steps
                        + " steps: their number is no multiple of it.";
    }
}
