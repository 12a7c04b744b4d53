package org.soebm.runtime.network;

import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import java.util.List;

/** A linear layer from (B, dx) to the means of what is predicted, beside which stands what becomes its stds. */
final class LinearRegression {
    private LinearRegression() {}

    /**
     * The network.
     *
     * @param predicted the number of predicted quantities, half of the outputs
     */
    static Block of(int inputs, int predicted) {
        return new SequentialBlock().add(Layers.output(inputs, predicted)).add(new ConstantSpread(predicted));
    }

    static void addWeightShapes(int inputs, int predicted, List<long[]> shapes) {
        Architecture.addLinear(shapes, inputs, predicted);
        shapes.add(new long[] {predicted});
    }
}
