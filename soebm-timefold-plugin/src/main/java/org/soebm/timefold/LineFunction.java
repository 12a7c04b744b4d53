package org.soebm.timefold;

import java.util.Arrays;
import org.soebm.api.cost.ResidualPenalty;

/**
 * A convex function of one number t ≥ 0, Σ_k E φ_k(r_k + d_k·t + s_k·ε): the objective, or the violation of the rows, along
 * a direction. One instance is filled again and again.
 */
final class LineFunction {
    private static final int MOST_STEPS = 200;
    /** A flatness for {@link #minimiser} that leaves nothing but rounding. */
    static final double EXACT = 0;

    /** A flatness that is enough where the line will be looked at again: Gaussian slopes are costly. */
    static final double ROUGH = 1e-3;

    private static final double ON_KINK = 1e-13;

    /** A sum of slopes counts as none below this part of the sum of their sizes. */
    private static final double CANCELLED = 1e-9;

    private double[] step = new double[32];
    private double[] residual = new double[32];
    private double[] std = new double[32];
    private ResidualPenalty[] penalty = new ResidualPenalty[32];
    private double[] kinks = new double[32];
    private int size;

    void clear() {
        size = 0;
    }

    /** Adds E φ(r + d·t + s·ε). */
    void add(ResidualPenalty phi, double r, double d, double s) {
        if (size == step.length) {
            step = Arrays.copyOf(step, 2 * size);
            residual = Arrays.copyOf(residual, 2 * size);
            std = Arrays.copyOf(std, 2 * size);
            penalty = Arrays.copyOf(penalty, 2 * size);
            kinks = new double[2 * size];
        }
        penalty[size] = phi;
        residual[size] = r;
        step[size] = d;
        std[size++] = s;
    }

    /** By how much the function falls from 0 to t. */
    double fall(double t) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
            sum += penalty[k].expectation(residual[k], std[k])
                    - penalty[k].expectation(residual[k] + step[k] * t, std[k]);
        }
        return sum;
    }

    /** The derivative at t, from the right or from the left. */
    double slope(double t, boolean fromRight) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
            sum += step[k] * derivative(penalty[k], residual[k], step[k] * t, std[k], fromRight == step[k] > 0);
        }
        return sum;
    }

    /** φ' at r + change, at a kink from the side of larger residuals or from the other one. */
    private static double derivative(ResidualPenalty phi, double r, double change, double std, boolean above) {
        double at = r + change;
        if (std == 0 && Math.abs(at) <= ON_KINK * (Math.abs(r) + Math.abs(change))) {
            return above ? phi.identity() + phi.hinge() : phi.identity();
        }
        if (std == 0 && at == 0) {
            return above ? phi.identity() + phi.hinge() : phi.identity();
        }
        return phi.expectedDerivative(at, std);
    }

    /** The limit of the derivative as t grows: +∞ with any curvature there. */
    double slopeAtInfinity() {
        double sum = 0;
        for (int k = 0; k < size; k++) {
            ResidualPenalty phi = penalty[k];
            boolean rises = step[k] > 0;
            double square = rises ? phi.square() + phi.squaredHinge() : phi.square();
            if (square != 0) {
                return Double.POSITIVE_INFINITY;
            }
            sum += step[k] * (phi.identity() + (rises ? phi.hinge() : 0));
        }
        return sum;
    }

    /** Whether the function falls without end, by more than rounding makes of slopes that cancel. */
    boolean fallsForEver() {
        double parts = 0;
        for (int k = 0; k < size; k++) {
            ResidualPenalty phi = penalty[k];
            parts += Math.abs(step[k]) * (Math.abs(phi.identity()) + (step[k] > 0 ? phi.hinge() : 0));
        }
        return slopeAtInfinity() < -CANCELLED * parts;
    }

    /**
     * The smallest minimiser in [0, most] of a function that falls at 0.
     *
     * @param most may be infinite
     * @param flatness where a Gaussian line's slope has fallen to this part of what it was, it counts as minimised
     * @return infinite when the function falls for ever
     */
    double minimiser(double most, double flatness) {
        int count = sortedKinks(most);
        int below = 0; // the function still falls to the right of the kinks before this one
        int above = count;
        while (below < above) {
            int middle = (below + above) >>> 1;
            if (slope(kinks[middle], true) < 0) {
                below = middle + 1;
            } else if (slope(kinks[middle], false) > 0) {
                above = middle;
            } else {
                return kinks[middle];
            }
        }
        double left = below == 0 ? 0 : kinks[below - 1];
        double right = below == count ? most : kinks[below];
        if (Double.isInfinite(right)) {
            if (isKnown() && Double.isFinite(slopeAtInfinity()) && !fallsForEver()) {
                return left; // flat from the last kink on
            }
            right = bracket(left);
            if (Double.isInfinite(right)) {
                return right;
            }
        } else if (slope(right, false) <= 0) {
            return right;
        }
        return root(left, right, isKnown() ? EXACT : flatness);
    }

    private int sortedKinks(double most) {
        int count = 0;
        for (int k = 0; k < size; k++) {
            if (std[k] == 0 && (penalty[k].hinge() != 0 || penalty[k].squaredHinge() != 0)) {
                double kink = -residual[k] / step[k];
                if (kink > 0 && kink < most) {
                    kinks[count++] = kink;
                }
            }
        }
        Arrays.sort(kinks, 0, count);
        return count;
    }

    /** A point right of left where the function no longer falls. */
    private double bracket(double left) {
        if (slopeAtInfinity() < 0) {
            return Double.POSITIVE_INFINITY;
        }
        double width = Math.max(1, Math.abs(left));
        for (int i = 0; i < MOST_STEPS; i++) {
            if (slope(left + width, true) >= 0) {
                return left + width;
            }
            width *= 2;
        }
        return Double.POSITIVE_INFINITY;
    }

    /** Newton's method between two points without kinks in between, kept in a bracket. */
    private double root(double left, double right, double flatness) {
        double low = left;
        double high = right;
        double t = low;
        double s = slope(low, true);
        double enough = flatness * -s;
        for (int i = 0; i < MOST_STEPS && Math.abs(s) > enough; i++) {
            double newton = t - s / curvature(t, i == 0);
            boolean safe = newton > low && newton < high && i % 3 != 2;
            double next = safe ? newton : 0.5 * (low + high);
            if (next <= low || next >= high) {
                return t > low ? t : next;
            }
            double previous = t;
            t = next;
            s = slope(t, true);
            if (s < 0) {
                low = t;
            } else {
                high = t;
            }
            if (safe && Math.abs(t - previous) <= 1e-15 * (Math.abs(t) + Math.abs(right))) {
                return t;
            }
        }
        return t;
    }

    private boolean isKnown() {
        for (int k = 0; k < size; k++) {
            if (std[k] != 0) {
                return false;
            }
        }
        return true;
    }

    private double curvature(double t, boolean fromRight) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
            double at = residual[k] + step[k] * t;
            if (std[k] == 0 && fromRight && Math.abs(at) <= ON_KINK * (Math.abs(residual[k]) + Math.abs(step[k] * t))) {
                at = step[k]; // on a kink: the branch ahead
            }
            sum += step[k] * step[k] * penalty[k].expectedCurvature(at, std[k]);
        }
        return sum;
    }
}
