package org.soebm.examples.networksecurity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.task.GraphConvolutionSpec.Edge;
import org.soebm.examples.networksecurity.SecurityGame.Target;

/**
 * A game on a random geometric graph: N nodes uniform in the unit square, joined where they are nearer than the radius at
 * which there are 4N edges, so that a node has 8 neighbours on average whatever N. Where the graph falls into parts, the
 * shortest missing edge between two parts joins them until it does not. Three sources and three targets are drawn among
 * the nodes, and utilities uniform from 4 to 10 in steps of one; where targets hide another one, sources and targets are
 * drawn anew.
 */
final class RandomGeometricGame {
    static final double COVERAGE_EFFECT = 4;

    private static final int EDGES_A_NODE = 4;
    private static final int SOURCES = 3;
    private static final int TARGETS = 3;
    private static final int LOWEST_UTILITY = 4;
    private static final int UTILITIES = 7;
    private static final int FEWEST_NODES = 10;
    private static final int MOST_NODES = 500;
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
     * @param nodes at least 10, at most 500
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
        graph.joinNearest(EDGES_A_NODE * nodes);
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

    private void joinNearest(int count) {
        List<Edge> pairs = new ArrayList<>();
        for (int v = 0; v < x.length; v++) {
            for (int w = v + 1; w < x.length; w++) {
                pairs.add(new Edge(v, w));
            }
        }
        pairs.sort(Comparator.comparingDouble(this::length));
        edges.addAll(pairs.subList(0, count));
        edges.sort(Comparator.comparingInt(Edge::from).thenComparingInt(Edge::to));
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
        for (int v = 0; v < x.length; v++) {
            for (int w = v + 1; w < x.length; w++) {
                Edge pair = new Edge(v, w);
                if (part[v] != part[w] && (shortest == null || length(pair) < length(shortest))) {
                    shortest = pair;
                }
            }
        }
        return shortest;
    }

    private double length(Edge pair) {
        return Math.hypot(x[pair.from()] - x[pair.to()], y[pair.from()] - y[pair.to()]);
    }
}
