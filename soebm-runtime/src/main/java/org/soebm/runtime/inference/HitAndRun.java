package org.soebm.runtime.inference;

import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * A Markov chain whose states have in the long run a density proportional to exp(g(a)) on a {@link FreePolytope}: a random
 * direction, then a point of the line within the polytope by slice sampling (Smith, "Efficient Monte Carlo procedures for
 * generating points uniformly distributed over bounded regions", 1984; Neal, "Slice sampling", 2003, stepping out and
 * shrinkage). Nothing is to be tuned; on concave g it mixes quickly. Every other direction is along one coordinate; along
 * integer variables all are, in whole steps.
 */
final class HitAndRun {
    private static final int MOST_STEPS_OUT = 1000;

    private final FreePolytope polytope;
    private final ToDoubleFunction<double[]> logDensity;
    private final double width;
    private final Random random;
    private double[] decision;
    private double log;

    /**
     * A chain.
     *
     * @param logDensity g, up to a constant
     * @param width of the first interval on a line that has no end; the chain is right with any
     * @param start within the polytope
     */
    HitAndRun(
            FreePolytope polytope, ToDoubleFunction<double[]> logDensity, double width, double[] start, Random random) {
        this.polytope = polytope;
        this.logDensity = logDensity;
        this.width = width;
        this.random = random;
        decision = start.clone();
        log = logDensity.applyAsDouble(decision);
    }

    /** The state after so many more steps. */
    double[] after(int steps) {
        for (int i = 0; i < steps; i++) {
            boolean alongOne = polytope.hasIntegers() || i % 2 == 0;
            if (alongOne) {
                int coordinate = random.nextInt(polytope.dimension());
                step(polytope.alongCoordinate(coordinate), polytope.isInteger(coordinate));
            } else {
                double[] free = new double[polytope.dimension()];
                double sum = 0;
                for (int j = 0; j < free.length; j++) {
                    free[j] = random.nextGaussian();
                    sum += free[j] * free[j];
                }
                double norm = Math.sqrt(sum);
                for (int j = 0; j < free.length; j++) {
                    free[j] /= norm;
                }
                step(polytope.direction(free), false);
            }
        }
        return decision.clone();
    }

    private void step(double[] direction, boolean whole) {
        FreePolytope.Segment segment = polytope.segment(decision, direction);
        double level = log + Math.log(1 - random.nextDouble()); // in (0, 1]
        double offset = random.nextDouble() * width;
        double low = end(direction, -1, offset, segment.low(), level);
        double high = end(direction, 1, width - offset, segment.high(), level);
        if (whole) {
            low = Math.ceil(low - FreePolytope.TOLERANCE);
            high = Math.floor(high + FreePolytope.TOLERANCE);
        }
        while (low < high) {
            double t = whole
                    ? low + Math.floor(random.nextDouble() * (high - low + 1))
                    : low + random.nextDouble() * (high - low);
            double[] candidate = moved(direction, t);
            double there = logDensity.applyAsDouble(candidate);
            if (there >= level) {
                decision = candidate;
                log = there;
                return;
            }
            if (t == 0) {
                return; // rounding alone can make the present point fall below its own level
            }
            if (t < 0) {
                low = whole ? t + 1 : t;
            } else {
                high = whole ? t - 1 : t;
            }
        }
    }

    /** The end of the segment, or on a line without end the first of equal steps at which the density is below the level. */
    private double end(double[] direction, int sign, double first, double limit, double level) {
        if (Double.isFinite(limit)) {
            return limit;
        }
        double t = first;
        for (int i = 0; i < MOST_STEPS_OUT; i++) {
            if (logDensity.applyAsDouble(moved(direction, sign * t)) < level) {
                return sign * t;
            }
            t += width;
        }
        throw new ModelException(
                "The energy does not grow along a line of feasible decisions, so exp(-E/T) is no density."
                        + " Bound the decisions.");
    }

    private double[] moved(double[] direction, double t) {
        double[] moved = decision.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] += t * direction[i];
        }
        return polytope.clamped(moved);
    }
}
