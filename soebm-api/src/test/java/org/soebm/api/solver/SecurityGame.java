package org.soebm.api.solver;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.SmoothObjective;

/**
 * A network security game in plain doubles, for tests of solvers: a non-convex smooth oracle with many local minima. An
 * attacker starts at a uniformly chosen source and walks over an undirected graph: from v to a neighbour w with probability
 * p_vw ∝ exp(−4·a_vw + φ_w), caught on the edge with probability a_vw, until caught or at a target t, which is worth u_t. The
 * objective is the expected worth, sᵀ(I − Q)⁻¹Ru with Q_vw = p_vw(1 − a_vw) between nodes that are no targets and R
 * likewise into targets; the decisions a are the coverage of the edges.
 *
 * <p>The gradient is that of the adjoint: with x = (I − Q)⁻¹Ru, continued by u on the targets, and z = (I − Q)⁻ᵀs, the way
 * from v to w over an edge adds z_v·p_vw·(4(x_v − (1 − a)x_w) − x_w) to the edge's entry.
 */
public final class SecurityGame implements SmoothObjective {
    private static final double DETERRENCE = 4;

    private final int nodes;
    private final int[][] edges; // (edge, 2)
    private final int[][] edgesOf; // by node
    private final double[] attraction; // φ, by node
    private final double[] worth; // by node, 0 where it is no target
    private final int[] transientIndex; // by node, −1 for targets
    private final int transientCount;
    private final double[] start; // s, by node

    /**
     * @param edges pairs of nodes
     * @param worth of each target
     */
    public SecurityGame(int nodes, int[][] edges, double[] attraction, int[] sources, int[] targets, double[] worth) {
        this.nodes = nodes;
        this.edges = edges;
        this.attraction = attraction;
        edgesOf = new int[nodes][];
        for (int v = 0; v < nodes; v++) {
            int node = v;
            edgesOf[v] = IntStream.range(0, edges.length)
                    .filter(e -> edges[e][0] == node || edges[e][1] == node)
                    .toArray();
        }
        this.worth = new double[nodes];
        transientIndex = new int[nodes];
        for (int t = 0; t < targets.length; t++) {
            this.worth[targets[t]] = worth[t];
            transientIndex[targets[t]] = -1;
        }
        int count = 0;
        for (int v = 0; v < nodes; v++) {
            transientIndex[v] = transientIndex[v] < 0 ? -1 : count++;
        }
        transientCount = count;
        start = new double[nodes];
        for (int source : sources) {
            start[source] = 1.0 / sources.length;
        }
    }

    /** A random geometric graph of the closest pairs of nodes, with three sources and three targets of worth 4 to 8. */
    public static SecurityGame random(int nodes, int edgeCount, Random random) {
        while (true) {
            double[][] places = new double[nodes][];
            Arrays.setAll(places, v -> new double[] {random.nextDouble(), random.nextDouble()});
            List<int[]> pairs = new ArrayList<>();
            for (int v = 0; v < nodes; v++) {
                for (int w = v + 1; w < nodes; w++) {
                    pairs.add(new int[] {v, w});
                }
            }
            pairs.sort(Comparator.comparingDouble(
                    p -> Math.hypot(places[p[0]][0] - places[p[1]][0], places[p[0]][1] - places[p[1]][1])));
            int[][] edges = pairs.subList(0, Math.min(edgeCount, pairs.size())).toArray(new int[0][]);
            if (isConnected(nodes, edges)) {
                double[] attraction = new double[nodes];
                Arrays.setAll(attraction, v -> 1.5 * random.nextGaussian() - 1);
                int[] order = IntStream.range(0, nodes).toArray();
                for (int k = 0; k < 6; k++) {
                    int other = k + random.nextInt(nodes - k);
                    int swapped = order[k];
                    order[k] = order[other];
                    order[other] = swapped;
                }
                double[] worth = random.doubles(3, 4, 8).toArray();
                return new SecurityGame(
                        nodes,
                        edges,
                        attraction,
                        Arrays.copyOfRange(order, 0, 3),
                        Arrays.copyOfRange(order, 3, 6),
                        worth);
            }
        }
    }

    private static boolean isConnected(int nodes, int[][] edges) {
        boolean[] seen = new boolean[nodes];
        Deque<Integer> open = new ArrayDeque<>();
        open.add(0);
        seen[0] = true;
        int count = 1;
        while (!open.isEmpty()) {
            int v = open.remove();
            for (int[] edge : edges) {
                int w = edge[0] == v ? edge[1] : edge[1] == v ? edge[0] : v;
                if (!seen[w]) {
                    seen[w] = true;
                    count++;
                    open.add(w);
                }
            }
        }
        return count == nodes;
    }

    /** The least expected worth with a coverage of at most the budget in all, 0 ≤ a ≤ 1. */
    public ArgminProblem problem(double budget) {
        return new ArgminProblem(
                this,
                ConstraintSet.builder(edges.length).box(0, 1).budget(budget).build());
    }

    @Override
    public int dimension() {
        return edges.length;
    }

    @Override
    public double value(double[] decisions) {
        return valueAndGradient(decisions, new double[edges.length]);
    }

    @Override
    public double valueAndGradient(double[] decisions, double[] gradient) {
        double[][] walk = new double[transientCount][transientCount]; // I − Q
        double[] arrival = new double[transientCount]; // Ru
        double[][] probability = new double[nodes][];
        for (int v = 0; v < nodes; v++) {
            int i = transientIndex[v];
            if (i < 0) {
                continue;
            }
            probability[v] = probabilities(v, decisions);
            walk[i][i] += 1;
            for (int k = 0; k < edgesOf[v].length; k++) {
                int e = edgesOf[v][k];
                int w = edges[e][0] + edges[e][1] - v;
                double passes = probability[v][k] * (1 - decisions[e]);
                if (transientIndex[w] < 0) {
                    arrival[i] += passes * worth[w];
                } else {
                    walk[i][transientIndex[w]] -= passes;
                }
            }
        }
        RealMatrix visits = new LUDecomposition(new Array2DRowRealMatrix(walk, false))
                .getSolver()
                .getInverse();
        double[] first = new double[transientCount];
        for (int v = 0; v < nodes; v++) {
            if (transientIndex[v] >= 0) {
                first[transientIndex[v]] = start[v];
            }
        }
        double[] x = visits.operate(arrival);
        double[] z = visits.preMultiply(first);
        Arrays.fill(gradient, 0, edges.length, 0);
        double value = 0;
        for (int v = 0; v < nodes; v++) {
            int i = transientIndex[v];
            value += start[v] * (i < 0 ? worth[v] : x[i]);
            for (int k = 0; i >= 0 && k < edgesOf[v].length; k++) {
                int e = edgesOf[v][k];
                int w = edges[e][0] + edges[e][1] - v;
                double there = transientIndex[w] < 0 ? worth[w] : x[transientIndex[w]];
                gradient[e] += z[i] * probability[v][k] * (DETERRENCE * (x[i] - (1 - decisions[e]) * there) - there);
            }
        }
        return value;
    }

    private double[] probabilities(int v, double[] decisions) {
        int[] leaving = edgesOf[v];
        double[] logits = new double[leaving.length];
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < leaving.length; k++) {
            int w = edges[leaving[k]][0] + edges[leaving[k]][1] - v;
            logits[k] = attraction[w] - DETERRENCE * decisions[leaving[k]];
            largest = Math.max(largest, logits[k]);
        }
        double sum = 0;
        for (int k = 0; k < logits.length; k++) {
            logits[k] = Math.exp(logits[k] - largest);
            sum += logits[k];
        }
        for (int k = 0; k < logits.length; k++) {
            logits[k] /= sum;
        }
        return logits;
    }
}
