package org.soebm.api.task;

import java.util.List;

/**
 * A graph convolution network with a Gaussian head a node. A layer is H ← ReLU(H V + Â H W + b), a node's own features
 * beside those of its neighbourhood (as in Morris et al. 2019), with Â = D^(−½) (A + I) D^(−½) of Kipf and Welling (2017),
 * A the adjacency matrix of the undirected graph and D the degrees of A + I. The features are
 * those of the nodes one after the other: column {@code v · (dx / nodes) + i} is feature i of node v. The predicted
 * quantities are one a node.
 *
 * @param nodes how many nodes there are
 * @param edges pairs of different nodes, each pair once
 * @param hiddenSizes the widths of the convolutions
 * @param dropout the share of hidden units dropped in training, at least 0 and below 1
 */
public record GraphConvolutionSpec(int nodes, List<Edge> edges, List<Integer> hiddenSizes, double dropout)
        implements NetworkSpec {
    /**
     * An undirected edge.
     *
     * @param from one node, from 0
     * @param to the other
     */
    public record Edge(int from, int to) {}

    /**
     * @throws IllegalArgumentException when a value is out of range; the message names the edge
     */
    public GraphConvolutionSpec {
        edges = List.copyOf(edges);
        hiddenSizes = List.copyOf(hiddenSizes);
        if (nodes < 1) {
            throw new IllegalArgumentException("A graph of " + nodes + " nodes is not possible.");
        }
        for (Edge edge : edges) {
            if (edge.from() == edge.to()
                    || Math.min(edge.from(), edge.to()) < 0
                    || Math.max(edge.from(), edge.to()) >= nodes) {
                throw new IllegalArgumentException("The edge " + edge.from() + " - " + edge.to()
                        + " does not join two different nodes of 0 to " + (nodes - 1) + ".");
            }
        }
        NetworkSpec.requireWidths(hiddenSizes);
        NetworkSpec.requireDropout(dropout);
    }

    @Override
    public String misfit(int features, int outputs) {
        if (features % nodes != 0) {
            return "The " + features + " features are not those of " + nodes
                    + " nodes: their number is no multiple of it.";
        }
        return outputs == nodes
                ? ""
                : "A graph convolution network predicts one quantity a node, but there are " + outputs
                        + " to predict and " + nodes + " nodes.";
    }
}
