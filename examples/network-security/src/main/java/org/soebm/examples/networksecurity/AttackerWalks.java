package org.soebm.examples.networksecurity;

import java.util.Random;

/** Walks of attackers, one step after the other, until they are caught or at a target. */
final class AttackerWalks {
    private final SecurityGame game;
    private final Moves moves;

    AttackerWalks(SecurityGame game) {
        this.game = game;
        moves = Moves.of(game);
    }

    /**
     * How often attackers set out along each edge from its first node to its second (the first E numbers), then the other
     * way round, being caught on the way or not.
     *
     * @param attraction φ, length N
     * @param coverage a, length E, in [0, 1]
     * @param walks how many attackers there are
     */
    double[] counts(double[] attraction, double[] coverage, int walks, Random random) {
        double[][] choice = choices(attraction, coverage);
        int edges = game.edges().size();
        double[] counts = new double[2 * edges];
        for (int walk = 0; walk < walks; walk++) {
            int source = game.sources().get(random.nextInt(game.sources().size()));
            int mover = moves.moverOfNode()[source];
            while (mover >= 0) {
                int d = draw(choice[mover], moves.degree(mover), random);
                int edge = moves.edge()[mover][d];
                int next = moves.neighbour()[mover][d];
                counts[game.edges().get(edge).to() == next ? edge : edges + edge]++;
                boolean caught = random.nextDouble() < coverage[edge];
                mover = caught ? -1 : moves.moverOfNode()[next];
            }
        }
        return counts;
    }

    /** p of each move, (n, D). */
    private double[][] choices(double[] attraction, double[] coverage) {
        double[][] choice = new double[moves.moverCount()][moves.degree()];
        for (int i = 0; i < choice.length; i++) {
            int degree = moves.degree(i);
            double highest = Double.NEGATIVE_INFINITY;
            for (int d = 0; d < degree; d++) {
                choice[i][d] =
                        attraction[moves.neighbour()[i][d]] - game.coverageEffect() * coverage[moves.edge()[i][d]];
                highest = Math.max(highest, choice[i][d]);
            }
            double sum = 0;
            for (int d = 0; d < degree; d++) {
                choice[i][d] = Math.exp(choice[i][d] - highest);
                sum += choice[i][d];
            }
            for (int d = 0; d < degree; d++) {
                choice[i][d] /= sum;
            }
        }
        return choice;
    }

    private static int draw(double[] probabilities, int count, Random random) {
        double left = random.nextDouble();
        for (int d = 0; d < count - 1; d++) {
            left -= probabilities[d];
            if (left < 0) {
                return d;
            }
        }
        return count - 1;
    }
}
