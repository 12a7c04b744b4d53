package org.soebm.runtime.network;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.norm.BatchNorm;
import java.util.List;
import org.soebm.api.task.MultilayerPerceptronSpec;

/**
 * A multilayer perceptron from (B, dx) to (B, outputs): linear, batch norm, ReLU and dropout a hidden layer, then a
 * linear layer.
 */
final class MultilayerPerceptron {
    private static final int BATCH_NORM_ARRAYS = 4; // scale, shift, running mean, running variance

    private MultilayerPerceptron() {}

    static Block of(MultilayerPerceptronSpec spec, int inputs, int outputs) {
        SequentialBlock block = new SequentialBlock();
        int width = inputs;
        for (int size : spec.hiddenSizes()) {
            block.add(Layers.linear(width, size));
            if (spec.batchNorm()) {
                block.add(BatchNorm.builder().build());
            }
            Layers.addReluAndDropout(block, spec.dropout());
            width = size;
        }
        return block.add(Layers.output(width, outputs));
    }

    static void addWeightShapes(MultilayerPerceptronSpec spec, int inputs, int outputs, List<long[]> shapes) {
        long width = inputs;
        for (long size : spec.hiddenSizes()) {
            Architecture.addLinear(shapes, width, size);
            for (int i = 0; spec.batchNorm() && i < BATCH_NORM_ARRAYS; i++) {
                shapes.add(new long[] {size});
            }
            width = size;
        }
        Architecture.addLinear(shapes, width, outputs);
    }
}
