package org.soebm.api.task;

import java.util.List;

/**
 * The layers of a predictor, from features to mean and std of each uncertain quantity that it predicts. Every kind but
 * {@link LinearSpec} ends in a linear layer to both; the std goes through a softplus.
 */
public sealed interface NetworkSpec permits LinearSpec, MultilayerPerceptronSpec, GruSpec, GraphConvolutionSpec {
    /** A multilayer perceptron: two hidden layers of 200 units, batch norm, dropout 0.2. */
    NetworkSpec DEFAULT = new MultilayerPerceptronSpec(List.of(200, 200), true, 0.2);

    /** What does not fit a number of features and outputs, as a sentence for users; empty where all fits. */
    String misfit(int features, int outputs);

    /** Checks the widths of hidden layers. */
    static void requireWidths(List<Integer> hiddenSizes) {
        for (int size : hiddenSizes) {
            if (size < 1) {
                throw new IllegalArgumentException("A hidden layer of width " + size + " is not possible.");
            }
        }
    }

    /** Checks the share of units that are dropped in training. */
    static void requireDropout(double dropout) {
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("The dropout is " + dropout + ", but must be at least 0 and below 1.");
        }
    }
}
