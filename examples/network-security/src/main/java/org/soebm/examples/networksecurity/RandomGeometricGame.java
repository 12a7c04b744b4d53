package org.soebm.examples.networksecurity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.GraphConvolutionSpec.Edge;
import org.soebm.examples.networksecurity.SecurityGame.Target;

/**
 * A game on a random geometric graph: nodes uniform in the unit square, joined where they are nearer than a radius at
 * which a node has 8 neighbours on average, whatever the number of nodes (so 20 nodes have about 80 edges). The
 * probability that two uniform points are nearer than r ≤ 1 is πr² − 8r³/3 + r⁴/2. Where the graph falls into parts, the
 * shortest missing edge between two parts joins them until it does not. Three sources and three targets are drawn among
 * the nodes, and utilities uniform from 4 to 10 in steps of one; where targets hide another one, sources and targets are
 * drawn anew.
 */
final class RandomGeometricGame {
    static final double COVERAGE_EFFECT = 4;

    private static final double NEIGHBOURS = 8;
    private static final int SOURCES = 3;
    private static final int TARGETS = 3;
    private static final int LOWEST_UTILITY = 4;
    private static final int UTILITIES = 7;
    private static final int FEWEST_NODES = 10;
    private static final int MOST_NODES = 2000;
    private static final int ATTEMPTS = 1000;

    private final double[] x;
    private final double[] y;
    private final List<Edge> edges = new ArrayList<>();

    private RandomGeometricGame(int nodes, Random random) {
        x = random.doubles(nodes).toArray();
        y = random.doubles(nodes).toArray();
    }

    /**
     * The game of a seed; the same seed gives the same game.
     *
     * @param nodes at least 10, at most 2000
     * @param budget of the game
     * @throws IllegalArgumentException when a number is out of its range
     */
    static SecurityGame generate(int nodes, long seed, double budget) {
        if (nodes < FEWEST_NODES || nodes > MOST_NODES) {
            throw new IllegalArgumentException(
                    "A random game has " + FEWEST_NODES + " to " + MOST_NODES + " nodes, not " + nodes + ".");
        }
        Random random = new Random(seed);
        RandomGeometricGame graph = new RandomGeometricGame(nodes, random);
        graph.joinWithin(radius(nodes));
        graph.joinParts();
        List<Integer> order = new ArrayList<>();
        for (int v = 0; v < nodes; v++) {
            order.add(v);
        }
        IllegalArgumentException reason = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Collections.shuffle(order, random);
            List<Integer> sources = List.copyOf(order.subList(0, SOURCES));
            List<Target> targets = new ArrayList<>();
            for (int node : order.subList(SOURCES, SOURCES + TARGETS)) {
                targets.add(new Target(node, LOWEST_UTILITY + random.nextInt(UTILITIES)));
            }
            SecurityGame unguarded;
            try {
                unguarded = new SecurityGame(nodes, graph.edges, sources, targets, COVERAGE_EFFECT, 0);
            } catch (IllegalArgumentException e) {
                reason = e;
                continue;
            }
            return unguarded.withBudget(budget);
        }
        throw new IllegalArgumentException(
                "Seed " + seed + " gives no game of " + nodes + " nodes in " + ATTEMPTS + " attempts.", reason);
    }

    /** The radius at which two of the nodes are neighbours with probability 8 / (N − 1). */
    private static double radius(int nodes) {
        double wanted = Math.min(1, NEIGHBOURS / (nodes - 1));
        double low = 0;
        double high = 1;
        while (high - low > 1e-12) {
            double r = (low + high) / 2;
            double nearer = Math.PI * r * r - 8 * r * r * r / 3 + r * r * r * r / 2;
            if (nearer < wanted) {
                low = r;
            } else {
                high = r;
            }
        }
        return high;
    }

    private void joinWithin(double radius) {
        for (int v = 0; v < x.length; v++) {
            for (int w = v + 1; w < x.length; w++) {
                if (distance(v, w) <= radius) {
                    edges.add(new Edge(v, w));
                }
            }
        }
    }

    private void joinParts() {
        int[] part = new int[x.length];
        for (int v = 0; v < part.length; v++) {
            part[v] = v;
        }
        for (Edge edge : edges) {
            merge(part, edge);
        }
        for (Edge shortest = shortestBetweenParts(part); shortest != null; shortest = shortestBetweenParts(part)) {
            edges.add(shortest);
            merge(part, shortest);
        }
    }

    private static void merge(int[] part, Edge edge) {
        int from = part[edge.from()];
        int to = part[edge.to()];
        for (int v = 0; v < part.length; v++) {
            if (part[v] == to) {
                part[v] = from;
            }
        }
    }

    private @Nullable Edge shortestBetweenParts(int[] part) {
        Edge shortest = null;
        double length = Double.POSITIVE_INFINITY;
        for (int v = 0; v < x.length; v++) {
            for (int w = v + 1; w < x.length; w++) {
                if (part[v] != part[w] && distance(v, w) < length) {
                    length = distance(v, w);
                    shortest = new Edge(v, w);
                }
            }
        }
        return shortest;
    }

    private double distance(int v, int w) {
        return Math.hypot(x[v] - x[w], y[v] - y[w]);
    }
}
