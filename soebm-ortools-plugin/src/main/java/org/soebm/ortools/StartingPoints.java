package org.soebm.ortools;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.soebm.api.constraint.ConstraintSet;

/**
 * Feasible points all over a {@link Polytope}, from which searches may start: vertices that minimise random linear
 * objectives, their mean as a centre, and mixtures. Where the set has no end, it is looked at as far as its bounds are wide, or
 * as its origin's decisions are large.
 */
final class StartingPoints {
    private static final int VERTICES = 15;

    private final Polytope polytope;
    private final Random random;
    private final double[] origin;
    private final int n;
    private final double radius;
    private final List<double[]> vertices = new ArrayList<>();

    /**
     * @param origin a feasible point, decisions and auxiliary variables
     */
    StartingPoints(Polytope polytope, ConstraintSet set, double[] origin, Random random) {
        this.polytope = polytope;
        this.random = random;
        this.origin = origin;
        n = set.decisionCount();
        double widest = 1;
        for (int i = 0; i < n; i++) {
            double width = set.upper(i) - set.lower(i);
            widest = Math.max(widest, Double.isFinite(width) ? width : 1 + Math.abs(origin[i]));
        }
        radius = widest;
        for (int k = 0; k < VERTICES; k++) {
            double[] vertex = randomVertex();
            vertices.add(vertex);
        }
    }

    /** The mean of random vertices. */
    double[] centre() {
        double[] centre = new double[origin.length];
        for (double[] vertex : vertices) {
            for (int i = 0; i < centre.length; i++) {
                centre[i] += vertex[i] / vertices.size();
            }
        }
        return centre;
    }

    /** The random vertices. */
    List<double[]> vertices() {
        return vertices;
    }

    /** The vertex to which a descent that starts at the point would head; the origin where a program fails. */
    double[] vertex(double[] slope) {
        Outcome vertex = polytope.vertex(slope, origin, radius);
        return vertex.hasDecision() ? vertex.variables() : origin;
    }

    double[] randomVertex() {
        return vertex(random.doubles(n, -1, 1).toArray());
    }

    /** A random point between two vertices and the centre. */
    double[] mixture() {
        double[] first = vertices.get(random.nextInt(vertices.size()));
        double[] second = vertices.get(random.nextInt(vertices.size()));
        double[] centre = centre();
        double share = random.nextDouble();
        double outwards = random.nextDouble();
        double[] mixture = new double[origin.length];
        for (int i = 0; i < mixture.length; i++) {
            double between = share * first[i] + (1 - share) * second[i];
            mixture[i] = centre[i] + outwards * (between - centre[i]);
        }
        return mixture;
    }
}
