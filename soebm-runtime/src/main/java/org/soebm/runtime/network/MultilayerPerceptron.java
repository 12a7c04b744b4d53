package org.soebm.runtime.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.UniformInitializer;
import org.soebm.api.task.NetworkSpec;

/**
 * A multilayer perceptron from (B, dx) to (B, outputs): linear, batch norm, ReLU and dropout a hidden layer, then a
 * linear layer. Weights and biases start uniform in ±1/√(inputs of the layer); the last layer's a hundredth of that, so
 * that training starts near the same prediction for every row.
 */
final class MultilayerPerceptron {
    private static final double OUTPUT_SCALE = 0.01;

    private MultilayerPerceptron() {}

    /**
     * Runs the layers with dropout.
     *
     * @param input (B, dx)
     * @return (B, outputs)
     */
    static NDArray forward(Block network, ParameterStore store, NDArray input, ForwardMode mode) {
        NDList values = new NDList(input);
        for (Block layer : network.getChildren().values()) {
            boolean frozen = mode == ForwardMode.FROZEN_STATISTICS && layer instanceof BatchNorm;
            values = layer.forward(store, values, !frozen);
        }
        return values.singletonOrThrow();
    }

    static Block of(NetworkSpec spec, int inputs, int outputs) {
        SequentialBlock block = new SequentialBlock();
        int width = inputs;
        for (int size : spec.hiddenSizes()) {
            block.add(linear(width, size, 1));
            if (spec.batchNorm()) {
                block.add(BatchNorm.builder().build());
            }
            block.add(Activation.reluBlock());
            if (spec.dropout() > 0) {
                block.add(Dropout.builder().optRate((float) spec.dropout()).build());
            }
            width = size;
        }
        return block.add(linear(width, outputs, OUTPUT_SCALE));
    }

    private static Block linear(int inputs, int outputs, double scale) {
        Linear layer = Linear.builder().setUnits(outputs).build();
        UniformInitializer initializer = new UniformInitializer((float) (scale / Math.sqrt(inputs)));
        layer.setInitializer(initializer, Parameter.Type.WEIGHT);
        layer.setInitializer(initializer, Parameter.Type.BIAS);
        return layer;
    }
}
