package org.soebm.examples.networksecurity;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.soebm.api.task.GraphConvolutionSpec.Edge;

/**
 * What the records hold of the attackers' moves. A move to a place is put down to an attacker with the probability
 * 1 / (1 + e^z), z the standardised attractiveness of the place: half of the moves to an ordinary place, one in eight to a
 * place at z = 2, for what attracts attackers attracts others too, and who came is lost in the crowd. So records show less
 * of what attracts than there is, and a likelihood that takes them for complete believes it.
 */
final class CrowdedPlaces {
    private CrowdedPlaces() {}

    /**
     * The moves on record.
     *
     * @param counts moves from each edge's first node to its second, then the other way round, length 2E; not changed
     * @param standardised z of each node
     */
    static double[] recorded(double[] counts, List<Edge> edges, double[] standardised, RandomGenerator random) {
        double[] recorded = new double[counts.length];
        Arrays.setAll(recorded, move -> {
            Edge edge = edges.get(move % edges.size());
            double z = standardised[move < edges.size() ? edge.to() : edge.from()];
            double seen = 1 / (1 + Math.exp(z));
            return random.doubles((long) counts[move])
                    .filter(draw -> draw < seen)
                    .count();
        });
        return recorded;
    }
}
