package org.soebm.runtime.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import java.util.List;
import org.soebm.api.task.GraphConvolutionSpec;

/**
 * Graph convolutions H ← ReLU(H V + Â H W + b) over the nodes' features (B, nodes · width), and a linear layer a node, to
 * (B, outputs): the first output of every node, then the second, and so on.
 */
final class GraphConvolutionNetwork {
    private GraphConvolutionNetwork() {}

    /**
     * The network.
     *
     * @param manager owns Â, and lives as long as the network
     */
    static Block of(GraphConvolutionSpec spec, int inputs, int outputs, NDManager manager) {
        int nodes = spec.nodes();
        NDArray adjacency = manager.create(normalisedAdjacency(spec), new Shape(nodes, nodes)); // symmetric
        SequentialBlock block = new SequentialBlock();
        long width = inputs / nodes;
        long features = width;
        block.add(x -> new NDList(x.singletonOrThrow().reshape(-1, nodes, features)));
        for (int size : spec.hiddenSizes()) {
            block.add(h -> new NDList(withNeighbours(h.singletonOrThrow(), adjacency)));
            block.add(Layers.linear(2 * width, size));
            Layers.addReluAndDropout(block, spec.dropout());
            width = size;
        }
        return block.add(Layers.output(width, outputs / nodes))
                .add(h -> new NDList(h.singletonOrThrow().transpose(0, 2, 1).reshape(-1, outputs)));
    }

    /**
     * H beside Â H, the latter as (Hᵀ Â)ᵀ, since a product belongs to the manager of its first factor, which must be the
     * shorter-lived one.
     */
    private static NDArray withNeighbours(NDArray nodeFeatures, NDArray adjacency) {
        NDArray neighbours = nodeFeatures.transpose(0, 2, 1).matMul(adjacency).transpose(0, 2, 1);
        return nodeFeatures.concat(neighbours, -1);
    }

    /** Â = D^(−½) (A + I) D^(−½), row-major. */
    static float[] normalisedAdjacency(GraphConvolutionSpec spec) {
        int nodes = spec.nodes();
        double[] degree = new double[nodes];
        boolean[] joined = new boolean[nodes * nodes];
        for (int v = 0; v < nodes; v++) {
            joined[v * nodes + v] = true;
            degree[v] = 1;
        }
        for (GraphConvolutionSpec.Edge edge : spec.edges()) {
            int there = edge.from() * nodes + edge.to();
            if (!joined[there]) {
                joined[there] = true;
                joined[edge.to() * nodes + edge.from()] = true;
                degree[edge.from()]++;
                degree[edge.to()]++;
            }
        }
        float[] normalised = new float[joined.length];
        for (int i = 0; i < joined.length; i++) {
            normalised[i] = joined[i] ? (float) (1 / Math.sqrt(degree[i / nodes] * degree[i % nodes])) : 0;
        }
        return normalised;
    }

    static void addWeightShapes(GraphConvolutionSpec spec, int inputs, int outputs, List<long[]> shapes) {
        long width = inputs / spec.nodes();
        for (long size : spec.hiddenSizes()) {
            Architecture.addLinear(shapes, 2 * width, size);
            width = size;
        }
        Architecture.addLinear(shapes, width, outputs / spec.nodes());
    }
}
