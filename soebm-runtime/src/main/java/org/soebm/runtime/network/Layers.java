package org.soebm.runtime.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.UniformInitializer;

/**
 * What networks are made of. Weights and biases of a layer start uniform in ±1/√(its inputs); the last layer's a hundredth
 * of that, so that training starts near the same prediction for every row.
 */
final class Layers {
    private static final double OUTPUT_SCALE = 0.01;

    private Layers() {}

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

    static Linear linear(long inputs, long outputs) {
        return linear(inputs, outputs, 1);
    }

    static Linear output(long inputs, long outputs) {
        return linear(inputs, outputs, OUTPUT_SCALE);
    }

    private static Linear linear(long inputs, long outputs, double scale) {
        Linear layer = Linear.builder().setUnits(outputs).build();
        initialise(layer, scale, inputs);
        return layer;
    }

    static void initialise(Block layer, double scale, long inputs) {
        UniformInitializer initializer = new UniformInitializer((float) (scale / Math.sqrt((double) inputs)));
        layer.setInitializer(initializer, Parameter.Type.WEIGHT);
        layer.setInitializer(initializer, Parameter.Type.BIAS);
    }

    static void addReluAndDropout(SequentialBlock block, double dropout) {
        block.add(Activation.reluBlock());
        if (dropout > 0) {
            block.add(new MaskDropout(dropout));
        }
    }
}
