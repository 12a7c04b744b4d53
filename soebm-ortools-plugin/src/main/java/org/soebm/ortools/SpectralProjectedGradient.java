package org.soebm.ortools;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * The spectral projected gradient method (Birgin, Martínez and Raydan 2000) for a smooth oracle over a set without
 * integers, from one point to a stationary one. Each iteration projects a gradient step onto the {@link Polytope} and
 * searches along the way there without asking for descent at every step. Stops when the Frank-Wolfe gap max g(a)ᵀ(a − v)
 * over the feasible v within 1 + max|aᵢ| is within the tolerance: a is then stationary, and optimal where the objective is
 * convex. Where projections are too inexact to lead on before that, the step goes towards the vertex v instead (Frank and
 * Wolfe 1956). Answers UNBOUNDED where the objective keeps falling along a direction in which the set never ends, as far as a
 * look a billion times as far as the decisions can tell.
 *
 * <p>It does not evaluate the objective along its way but says where it wants to know it, so that {@link MultiStart} can
 * ask for the points of several searches at once: while {@link #outcome()} is null, {@link #trial()} is to be evaluated and
 * the answer given to {@link #evaluated}.
 */
final class SpectralProjectedGradient {
    private static final int MEMORY = 8;
    private static final int MOST_VERTEX_STEPS = 50;
    private static final int GAP_PERIOD = 10; // where a gap takes a program
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double SHORTEST_STEP = 1e-12;
    private static final double LEAST_SPECTRAL_STEP = 1e-10;
    private static final double LARGEST_SPECTRAL_STEP = 1e10;
    private static final double LEAST_SCALE = 1e-3; // below it, small objectives are not solved to more digits
    private static final double FAR = 1e3; // as a multiple of max(1, |a|) at the start

    private final SmoothObjective objective;
    private final ConstraintSet set;
    private final Polytope polytope;
    private final SolverOptions options;
    private final SolveBudget budget;
    private final int n;

    private double[] trial;
    private @Nullable Outcome outcome;
    private double[] best;
    private double bestValue = Double.POSITIVE_INFINITY;

    private double[] point; // decisions and auxiliary variables
    private double[] gradient;
    private double value = Double.NaN; // NaN before the first evaluation
    private double spectral;
    private double far;
    private int iteration;
    private final Deque<Double> recent = new ArrayDeque<>();

    // The line search of an iteration
    private double[] projected;
    private double slope;
    private double[] lowestVertex; // of the last gap
    private int vertexSteps;
    private double length;

    /**
     * @param start a feasible point, decisions and auxiliary variables
     */
    SpectralProjectedGradient(
            SmoothObjective objective,
            ConstraintSet set,
            Polytope polytope,
            SolverOptions options,
            SolveBudget budget,
            double[] start) {
        this.objective = objective;
        this.set = set;
        this.polytope = polytope;
        this.options = options;
        this.budget = budget;
        n = set.decisionCount();
        point = start;
        trial = start;
        best = start;
        projected = start;
        lowestVertex = start;
        gradient = new double[n];
        far = FAR * Math.max(1, largest(start));
    }

    /** The point at which the objective is wanted, decisions and auxiliary variables; feasible. */
    double[] trial() {
        return trial;
    }

    /** How the search ended, or null while it goes on. */
    @Nullable
    Outcome outcome() {
        return outcome;
    }

    /** The best point so far, decisions and auxiliary variables. */
    double[] best() {
        return best;
    }

    /** The objective at the best point; +∞ before the first evaluation. */
    double bestValue() {
        return bestValue;
    }

    /**
     * Goes on with the objective at the {@link #trial()}.
     *
     * @param trialGradient kept; length da
     */
    void evaluated(double trialValue, double[] trialGradient) {
        if (Double.isNaN(value)) {
            requireFinite(trial, trialValue, trialGradient);
            spectral = 1 / Math.max(1, largest(trialGradient));
        } else {
            // An infinite barrier only means that the step was too long.
            if (trialValue != Double.POSITIVE_INFINITY) {
                requireFinite(trial, trialValue, trialGradient);
            }
            double reference = Collections.max(recent);
            if (trialValue > reference + SUFFICIENT_DECREASE * length * slope) {
                length = shorter(trialValue);
                if (length > SHORTEST_STEP) {
                    trial = between(point, projected, length);
                } else {
                    endOfLineSearch();
                }
                return;
            }
            updateSpectralStep(trialGradient);
        }
        point = trial;
        value = trialValue;
        gradient = trialGradient;
        recent.addLast(value);
        if (recent.size() > MEMORY) {
            recent.removeFirst();
        }
        if (value < bestValue) {
            best = point;
            bestValue = value;
        }
        iterate();
    }

    private void endOfLineSearch() {
        double gap = frankWolfeGap();
        if (gap <= OptimalityGap.allowed(value, options)) {
            outcome = Outcome.feasible(point, "");
        } else {
            stop("Stopped with a stationarity gap of " + gap
                    + ": no step along the gradient lowers the objective. Maybe its gradient is too inexact?");
        }
    }

    /** By the parabola through the value and slope here and the value there, at least halving the step. */
    private double shorter(double trialValue) {
        double excess = trialValue - value - length * slope;
        double minimiser =
                excess > 0 && excess < Double.POSITIVE_INFINITY ? -slope * length * length / (2 * excess) : 0;
        return Math.min(Math.max(minimiser, 0.1 * length), 0.5 * length);
    }

    private void updateSpectralStep(double[] trialGradient) {
        double stepStep = 0;
        double stepChange = 0;
        for (int i = 0; i < n; i++) {
            double s = trial[i] - point[i];
            stepStep += s * s;
            stepChange += s * (trialGradient[i] - gradient[i]);
        }
        spectral = stepChange <= 0
                ? LARGEST_SPECTRAL_STEP
                : Math.min(LARGEST_SPECTRAL_STEP, Math.max(LEAST_SPECTRAL_STEP, stepStep / stepChange));
        spectral = Math.min(spectral, 1e3 * Math.max(1, largest(trial)) / Math.max(1e-300, largest(trialGradient)));
    }

    /** From a point with its gradient to the next trial, or to the end. */
    private void iterate() {
        if (largest(point) > far) {
            if (fallsForEver()) {
                outcome = unbounded();
                return;
            }
            far *= 10;
        }
        iteration++;
        boolean still = aim();
        double firstStep = Math.max(1, largest(point)) / Math.max(1e-300, largest(gradient));
        if (still && outcome == null && spectral < firstStep) { // the curvature of the last step misled it
            spectral = firstStep;
            still = aim();
        }
        if (outcome != null) {
            return;
        }
        double wanted = OptimalityGap.allowed(value, options) * Math.min(1, Math.max(Math.abs(value), LEAST_SCALE));
        if (still || -slope <= wanted || polytope.isClosedForm() || iteration % GAP_PERIOD == 0) {
            double gap = frankWolfeGap();
            if (gap <= wanted || (still && gap <= OptimalityGap.allowed(value, options))) {
                outcome = Outcome.feasible(point, "");
                return;
            }
            if (still && (Double.isInfinite(gap) || ++vertexSteps > MOST_VERTEX_STEPS)) {
                stop("Stopped with a stationarity gap of " + gap + ".");
                return;
            }
            if (still) {
                projected = lowestVertex;
                slope = -gap;
            }
        }
        length = 1;
        trial = projected;
    }

    /** Projects a step of the spectral length; whether that leads nowhere. */
    private boolean aim() {
        double[] target = new double[n];
        for (int i = 0; i < n; i++) {
            target[i] = point[i] - spectral * gradient[i];
        }
        Outcome nearest = polytope.project(target);
        if (!nearest.hasDecision()) {
            stop("Stopped: " + nearest.message());
            return true;
        }
        projected = nearest.variables();
        slope = 0;
        double longest = 0;
        for (int i = 0; i < n; i++) {
            double d = projected[i] - point[i];
            slope += gradient[i] * d;
            longest = Math.max(longest, Math.abs(d));
        }
        return slope >= 0 || longest <= 1e-9 * Math.max(1, largest(point));
    }

    /** Far away projections are too inexact to go on, so the reason to stop may be that there is no end. */
    private void stop(String message) {
        outcome = fallsForEver() ? unbounded() : Outcome.feasible(best, message);
    }

    private static Outcome unbounded() {
        return Outcome.none(
                SolveStatus.UNBOUNDED,
                "The objective falls without end along a direction that the constraints leave open, as far as was"
                        + " looked. Maybe a bound on a decision is missing?");
    }

    /**
     * Whether the set never ends in a direction in which the gradient falls, and the objective falls there on and on: by
     * each factor of a thousand at least half as much as by the one before, as a logarithm does and no bounded power.
     */
    private boolean fallsForEver() {
        double scale = largest(gradient);
        if (scale == 0) {
            return false;
        }
        double[] descent = Arrays.stream(gradient).map(g -> g / scale).toArray();
        double[] direction = NoOptimum.recession(new RidgeSum(List.of(), descent, 0), set, options, budget);
        if (direction == null) {
            return false;
        }
        double size = Math.max(1, largest(point));
        double near = valueAlong(direction, 1e3 * size);
        double farther = valueAlong(direction, 1e6 * size);
        double farthest = valueAlong(direction, 1e9 * size);
        return near > farther && farther - farthest >= (near - farther) / 2;
    }

    private double valueAlong(double[] direction, double way) {
        double[] decisions = new double[n];
        Arrays.setAll(decisions, i -> point[i] + way * direction[i]);
        return objective.value(decisions);
    }

    private void requireFinite(double[] at, double atValue, double[] atGradient) {
        boolean finite = Double.isFinite(atValue);
        for (int i = 0; i < n && finite; i++) {
            finite = Double.isFinite(atGradient[i]);
        }
        if (!finite) {
            throw new IllegalArgumentException("The objective at " + Arrays.toString(Arrays.copyOf(at, n)) + " is "
                    + atValue + " with gradient " + Arrays.toString(atGradient) + ", but both must be finite."
                    + " Maybe the problem's parameters hold a NaN?");
        }
    }

    private double frankWolfeGap() {
        Outcome vertex = polytope.vertex(gradient, point, 1 + largest(point));
        if (!vertex.hasDecision()) {
            return Double.POSITIVE_INFINITY;
        }
        lowestVertex = vertex.variables();
        double gap = 0;
        for (int i = 0; i < n; i++) {
            gap += gradient[i] * (point[i] - vertex.variables()[i]);
        }
        return Math.max(0, gap);
    }

    private static double[] between(double[] from, double[] to, double share) {
        double[] between = new double[from.length];
        for (int i = 0; i < between.length; i++) {
            between[i] = from[i] + share * (to[i] - from[i]);
        }
        return between;
    }

    /** Of the decisions among the values. */
    private double largest(double[] values) {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(values[i]));
        }
        return largest;
    }
}
