package org.soebm.examples.networksecurity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.soebm.api.task.GraphConvolutionSpec.Edge;
import org.soebm.examples.networksecurity.SecurityGame.Target;

/**
 * The moves of a game: from each of the n nodes that are no target (movers), in the order of their numbers, to each of at
 * most D neighbours, in the order of the edges. Tables of shape (n, D) are padded with −1.
 *
 * @param movers node numbers, length n
 * @param neighbour node numbers, (n, D)
 * @param edge edge numbers, (n, D)
 * @param moverOfNode the number of a node among the movers, length N; −1 for targets
 * @param utilityOfNode u for targets, length N; 0 for movers
 */
record Moves(int[] movers, int[][] neighbour, int[][] edge, int[] moverOfNode, double[] utilityOfNode) {
    /** Of both directions of all edges by all moves: a gigabyte. */
    private static final double LARGEST_TABLE = 1L << 27;

    /**
     * The moves of a game.
     *
     * @throws IllegalArgumentException when tables of edges by moves would fill the memory
     */
    static Moves of(SecurityGame game) {
        double[] utility = new double[game.nodes()];
        int[] moverOfNode = new int[game.nodes()];
        for (Target target : game.targets()) {
            utility[target.node()] = target.utility();
            moverOfNode[target.node()] = -1;
        }
        List<List<Integer>> incident = new ArrayList<>();
        int count = 0;
        for (int v = 0; v < game.nodes(); v++) {
            incident.add(new ArrayList<>());
            if (moverOfNode[v] == 0) {
                moverOfNode[v] = count++;
            }
        }
        for (int e = 0; e < game.edges().size(); e++) {
            incident.get(game.edges().get(e).from()).add(e);
            incident.get(game.edges().get(e).to()).add(e);
        }
        int[] movers = new int[count];
        int degree = 0;
        for (int v = 0; v < game.nodes(); v++) {
            if (moverOfNode[v] >= 0) {
                movers[moverOfNode[v]] = v;
                degree = Math.max(degree, incident.get(v).size());
            }
        }
        requireSize(game, count, degree);
        int[][] neighbour = new int[count][degree];
        int[][] edge = new int[count][degree];
        for (int i = 0; i < count; i++) {
            Arrays.fill(neighbour[i], -1);
            Arrays.fill(edge[i], -1);
            int d = 0;
            for (int e : incident.get(movers[i])) {
                Edge ends = game.edges().get(e);
                neighbour[i][d] = ends.from() == movers[i] ? ends.to() : ends.from();
                edge[i][d] = e;
                d++;
            }
        }
        return new Moves(movers, neighbour, edge, moverOfNode, utility);
    }

    private static void requireSize(SecurityGame game, int movers, int degree) {
        if (2.0 * game.edges().size() * movers * degree > LARGEST_TABLE) {
            throw new IllegalArgumentException("A game of " + game.nodes() + " nodes and "
                    + game.edges().size() + " edges, up to " + degree
                    + " of them at one node, is too large. Maybe it can be cut into parts?");
        }
    }

    /** n, the number of nodes that are no target. */
    int moverCount() {
        return movers.length;
    }

    /** D, the largest number of neighbours of a mover. */
    int degree() {
        return neighbour[0].length;
    }

    /** How many moves mover i has. */
    int degree(int i) {
        int d = 0;
        while (d < neighbour[i].length && neighbour[i][d] >= 0) {
            d++;
        }
        return d;
    }
}
