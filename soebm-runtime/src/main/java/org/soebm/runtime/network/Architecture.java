package org.soebm.runtime.network;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.List;
import org.soebm.api.task.GraphConvolutionSpec;
import org.soebm.api.task.GruSpec;
import org.soebm.api.task.LinearSpec;
import org.soebm.api.task.MultilayerPerceptronSpec;
import org.soebm.api.task.NetworkSpec;

/**
 * What a predictor's weights must fit.
 *
 * @param inputs dx, the number of features
 * @param predicted the number of quantities of which mean and std are predicted: dy, or dz under a simulator
 * @param network the layers between
 */
public record Architecture(int inputs, int predicted, NetworkSpec network) {
    /**
     * @throws IllegalArgumentException when the network is of another shape; the message is for users
     */
    public Architecture {
        String misfit = network.misfit(inputs, predicted);
        if (!misfit.isEmpty()) {
            throw new IllegalArgumentException(misfit);
        }
    }

    /** The network's outputs: the means of all quantities, then what becomes their stds. */
    private int outputs() {
        return 2 * predicted;
    }

    /** The layers, from (B, dx) to (B, 2 · predicted). */
    Block block(NDManager manager) {
        if (network instanceof GruSpec gru) {
            return RecurrentNetwork.of(gru, inputs, outputs());
        }
        if (network instanceof GraphConvolutionSpec graph) {
            return GraphConvolutionNetwork.of(graph, inputs, outputs(), manager);
        }
        if (network instanceof LinearSpec) {
            return LinearRegression.of(inputs, predicted);
        }
        return MultilayerPerceptron.of((MultilayerPerceptronSpec) network, inputs, outputs());
    }

    /** The shapes of a {@link GaussianPredictor}'s arrays of weights, in its order, without making one. */
    public List<long[]> weightShapes() {
        List<long[]> shapes = new ArrayList<>();
        if (network instanceof GruSpec gru) {
            RecurrentNetwork.addWeightShapes(gru, inputs, outputs(), shapes);
        } else if (network instanceof GraphConvolutionSpec graph) {
            GraphConvolutionNetwork.addWeightShapes(graph, inputs, outputs(), shapes);
        } else if (network instanceof LinearSpec) {
            LinearRegression.addWeightShapes(inputs, predicted, shapes);
        } else {
            MultilayerPerceptron.addWeightShapes((MultilayerPerceptronSpec) network, inputs, outputs(), shapes);
        }
        return shapes;
    }

    static void addLinear(List<long[]> shapes, long width, long size) {
        shapes.add(new long[] {size, width});
        shapes.add(new long[] {size});
    }
}
