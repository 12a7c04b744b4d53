package org.soebm.api.task;

import java.util.List;

/**
 * A multilayer perceptron with a Gaussian head: linear, batch norm, ReLU and dropout a hidden layer, then a linear
 * layer to mean and softplus std of each uncertain parameter.
 *
 * @param hiddenSizes the widths of the hidden layers, e.g. (200, 200)
 * @param batchNorm whether hidden layers are batch-normalised
 * @param dropout the share of hidden units dropped in training, at least 0 and below 1
 */
public record NetworkSpec(List<Integer> hiddenSizes, boolean batchNorm, double dropout) {
    /** Two hidden layers of 200 units, batch norm, dropout 0.2. */
    public static final NetworkSpec DEFAULT = new NetworkSpec(List.of(200, 200), true, 0.2);

    /**
     * @throws IllegalArgumentException when a width or the dropout is out of range
     */
    public NetworkSpec {
        hiddenSizes = List.copyOf(hiddenSizes);
        for (int size : hiddenSizes) {
            if (size < 1) {
                throw new IllegalArgumentException("A hidden layer of width " + size + " is not possible.");
            }
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("The dropout is " + dropout + ", but must be at least 0 and below 1.");
        }
    }
}
