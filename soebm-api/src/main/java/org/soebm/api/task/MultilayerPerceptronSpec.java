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
public record MultilayerPerceptronSpec(List<Integer> hiddenSizes, boolean batchNorm, double dropout)
        implements NetworkSpec {
    /**
     * @throws IllegalArgumentException when a width or the dropout is out of range
     */
    public MultilayerPerceptronSpec {
        hiddenSizes = List.copyOf(hiddenSizes);
        NetworkSpec.requireWidths(hiddenSizes);
        NetworkSpec.requireDropout(dropout);
    }

    @Override
    public String misfit(int features, int outputs) {
        return "";
    }
}
