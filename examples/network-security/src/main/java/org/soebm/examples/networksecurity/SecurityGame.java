package org.soebm.examples.networksecurity;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.soebm.api.task.GraphConvolutionSpec.Edge;

/**
 * A network to guard: an attacker enters at a source and walks along edges to a target, the defender covers edges. Node
 * and edge numbers start at 0; edge e is the e-th of the list, and decision e its coverage.
 *
 * @param nodes N, how many nodes there are
 * @param edges undirected, each pair of nodes at most once
 * @param sources where attackers enter, each with the same probability
 * @param targets where they end, and what they gain there
 * @param coverageEffect ω, by how much full coverage lowers the logit of a move along an edge
 * @param budget the largest sum of coverage
 */
public record SecurityGame(
        int nodes,
        List<Edge> edges,
        List<Integer> sources,
        List<Target> targets,
        double coverageEffect,
        double budget) {
    /**
     * A node that the attacker wants to reach.
     *
     * @param node its number
     * @param utility u, what the attacker gains there
     */
    public record Target(int node, double utility) {}

    /**
     * @throws IllegalArgumentException when this is no game; the message names the place
     */
    public SecurityGame {
        edges = List.copyOf(edges);
        sources = List.copyOf(sources);
        targets = List.copyOf(targets);
        require(nodes >= 2, "A game of " + nodes + " nodes is not possible: it needs a source and a target.");
        requireEdges(nodes, edges);
        requirePlaces(nodes, sources, targets);
        require(
                coverageEffect >= 0 && coverageEffect < Double.POSITIVE_INFINITY,
                "The effect of coverage is " + coverageEffect + ", but must be at least 0 and finite.");
        require(budget >= 0, "The budget is " + budget + ", but must be at least 0.");
        require(
                budget <= edges.size(),
                "The budget is " + budget + ", but full coverage of all " + edges.size() + " edges takes only "
                        + edges.size() + ". Maybe the budget is meant for a larger graph?");
        // Connected graphs have at least N − 1 edges: nothing of size N is made before that is known.
        require(
                edges.size() >= nodes - 1,
                "The graph has " + nodes + " nodes, but only " + edges.size()
                        + " edges, too few to connect them. Maybe edges are missing?");
        requireReachable(nodes, edges, sources, targets);
    }

    /** This game with another budget. */
    public SecurityGame withBudget(double newBudget) {
        return new SecurityGame(nodes, edges, sources, targets, coverageEffect, newBudget);
    }

    private static void requireEdges(int nodes, List<Edge> edges) {
        Set<Edge> seen = new HashSet<>();
        for (int e = 0; e < edges.size(); e++) {
            Edge edge = edges.get(e);
            int low = Math.min(edge.from(), edge.to());
            int high = Math.max(edge.from(), edge.to());
            String name = "Edge " + e + " (" + edge.from() + " - " + edge.to() + ")";
            require(
                    low >= 0 && high < nodes,
                    name + " leads to a node that does not exist: they are 0 to " + (nodes - 1) + ".");
            require(low != high, name + " leads from a node to itself.");
            require(seen.add(new Edge(low, high)), name + " is there twice; list each edge in one direction only.");
        }
    }

    private static void requirePlaces(int nodes, List<Integer> sources, List<Target> targets) {
        require(!sources.isEmpty(), "The game has no source. Name at least one node where attackers enter.");
        require(!targets.isEmpty(), "The game has no target. Name at least one node that attackers want to reach.");
        Set<Integer> taken = new HashSet<>();
        for (int source : sources) {
            require(
                    source >= 0 && source < nodes,
                    "Source " + source + " is not a node: they are 0 to " + (nodes - 1) + ".");
            require(taken.add(source), "Source " + source + " is there twice.");
        }
        Set<Integer> goals = new HashSet<>();
        for (Target target : targets) {
            require(
                    target.node() >= 0 && target.node() < nodes,
                    "Target " + target.node() + " is not a node: they are 0 to " + (nodes - 1) + ".");
            require(
                    !taken.contains(target.node()),
                    "Node " + target.node() + " is both a source and a target; it can only be one of them.");
            require(goals.add(target.node()), "Target " + target.node() + " is there twice.");
            require(
                    target.utility() > 0 && target.utility() < Double.POSITIVE_INFINITY,
                    "The utility of target " + target.node() + " is " + target.utility()
                            + ", but must be positive and finite.");
        }
    }

    private static void requireReachable(int nodes, List<Edge> edges, List<Integer> sources, List<Target> targets) {
        List<List<Integer>> neighbours = new ArrayList<>();
        for (int v = 0; v < nodes; v++) {
            neighbours.add(new ArrayList<>());
        }
        for (Edge edge : edges) {
            neighbours.get(edge.from()).add(edge.to());
            neighbours.get(edge.to()).add(edge.from());
        }
        Set<Integer> goals = new HashSet<>();
        targets.forEach(target -> goals.add(target.node()));
        boolean[] attacked = reached(neighbours, sources, v -> !goals.contains(v));
        for (Target target : targets) {
            require(
                    attacked[target.node()],
                    "Target " + target.node() + " is out of reach: no source reaches it without passing another target."
                            + " Maybe an edge is missing?");
        }
        boolean[] connected = reached(neighbours, sources.subList(0, 1), v -> true);
        for (int v = 0; v < nodes; v++) {
            require(
                    connected[v],
                    "Node " + v + " is not connected to source " + sources.get(0)
                            + ": the graph falls into parts. Maybe an edge is missing?");
        }
    }

    /** The nodes that walks from the given ones reach, where only some nodes let a walk go on. */
    private static boolean[] reached(List<List<Integer>> neighbours, List<Integer> from, IntPredicate goesOn) {
        boolean[] reached = new boolean[neighbours.size()];
        Deque<Integer> open = new ArrayDeque<>();
        for (int v : from) {
            reached[v] = true;
            open.add(v);
        }
        while (!open.isEmpty()) {
            int v = open.remove();
            if (!goesOn.test(v)) {
                continue;
            }
            for (int w : neighbours.get(v)) {
                if (!reached[w]) {
                    reached[w] = true;
                    open.add(w);
                }
            }
        }
        return reached;
    }

    private static void require(boolean fine, String message) {
        if (!fine) {
            throw new IllegalArgumentException(message);
        }
    }
}
