package org.soebm.ortools;

import com.google.ortools.linearsolver.MPModelProto;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;

/**
 * An outer approximation of a {@link RidgeSum}: each convex ridge function is replaced by the largest of some of its
 * tangents, η_j ≥ g_j(t̄) + g_j'(t̄)·(d_jᵀa − t̄). Its optimum over any set is a lower bound of the true one, which is what
 * makes gaps honest; more tangents make it tighter.
 */
final class TangentModel {
    private record Tangent(double slope, double intercept) {
        double at(double t) {
            return slope * t + intercept;
        }
    }

    private static final int MOST_STDS = 4;
    private static final int MOST_TO_A_SIDE = 20;
    private static final double FLAT = 1e-3; // of the curvature at the kink

    private final RidgeSum objective;
    private final List<List<Tangent>> tangents = new ArrayList<>(); // one list a ridge function

    TangentModel(RidgeSum objective) {
        this.objective = objective;
        objective.ridges().forEach(ridge -> tangents.add(new ArrayList<>()));
    }

    /** Adds the tangents at a point. */
    void touch(double[] variables) {
        for (int j = 0; j < tangents.size(); j++) {
            touch(j, objective.ridges().get(j).position(variables));
        }
    }

    /** Adds the tangents a fixed step to both sides of a point. */
    void touchBeside(double[] variables, double step) {
        for (int j = 0; j < tangents.size(); j++) {
            double t = objective.ridges().get(j).position(variables);
            touch(j, t - step);
            touch(j, t + step);
        }
    }

    /**
     * Adds the tangents at a point and close to it on both sides, so that near the point the approximation misses the
     * objective by about the given error only.
     */
    void touchClosely(double[] variables, double error) {
        touch(variables);
        for (int j = 0; j < tangents.size(); j++) {
            RidgeFunction ridge = objective.ridges().get(j);
            double t = ridge.position(variables);
            double step = Math.sqrt(error / (tangents.size() * Math.max(ridge.curvature(t), Double.MIN_NORMAL)));
            step = Math.min(step, 1 + Math.abs(t));
            touch(j, t - step);
            touch(j, t + step);
        }
    }

    /** Adds tangents at each ridge function's middle kink and a few standard deviations to both sides. */
    void touchKinks() {
        for (int j = 0; j < tangents.size(); j++) {
            RidgeFunction ridge = objective.ridges().get(j);
            double kink = ridge.middleKink();
            for (int k = -MOST_STDS; k <= MOST_STDS; k++) {
                touch(j, kink + k * ridge.largestSpread());
            }
        }
    }

    /**
     * Adds tangents to both sides of each ridge function's middle kink, as far as there is curvature and so close that
     * between them the approximation misses the objective by about the given error only, up to a few dozen.
     */
    void touchAlongCurves(double error) {
        for (int j = 0; j < tangents.size(); j++) {
            RidgeFunction ridge = objective.ridges().get(j);
            double kink = ridge.middleKink();
            touch(j, kink);
            for (int side = -1; side <= 1; side += 2) {
                double t = kink;
                for (int k = 0; k < MOST_TO_A_SIDE && ridge.curvature(t) > FLAT * ridge.curvature(kink); k++) {
                    // Two tangents h apart miss a parabola of curvature c by c h² / 8 where they cross.
                    t += side * Math.sqrt(8 * error / (tangents.size() * ridge.curvature(t)));
                    touch(j, t);
                }
            }
        }
    }

    private void touch(int j, double t) {
        RidgeFunction ridge = objective.ridges().get(j);
        double value = ridge.value(t);
        double left = ridge.slope(t, false);
        double right = ridge.slope(t, true);
        add(j, new Tangent(left, value - left * t));
        if (right > left) {
            add(j, new Tangent(right, value - right * t));
        }
    }

    private void add(int j, Tangent tangent) {
        if (!tangents.get(j).contains(tangent)) {
            tangents.get(j).add(tangent);
        }
    }

    /** The approximation's value at a point, a lower bound of the objective's. */
    double value(double[] variables) {
        double sum = objective.constant();
        for (int i = 0; i < objective.linear().length; i++) {
            sum += objective.linear()[i] * variables[i];
        }
        for (int j = 0; j < tangents.size(); j++) {
            double t = objective.ridges().get(j).position(variables);
            sum += tangents.get(j).stream()
                    .mapToDouble(tangent -> tangent.at(t))
                    .max()
                    .orElse(Double.NEGATIVE_INFINITY);
        }
        return sum;
    }

    /**
     * The linear (or mixed-integer linear) program min approximation over a set.
     *
     * @param centre where not null, only points within the radius of it (in every decision) count
     */
    MPModelProto build(ConstraintSet set, double @Nullable [] centre, double radius) {
        LinearQuadraticModel model = LinearQuadraticModel.over(set);
        if (centre != null) {
            for (int i = 0; i < set.decisionCount(); i++) {
                model.narrow(i, centre[i] - radius, centre[i] + radius);
            }
        }
        model.addConstant(objective.constant());
        for (int i = 0; i < objective.linear().length; i++) {
            model.addCost(i, objective.linear()[i]);
        }
        for (int j = 0; j < tangents.size(); j++) {
            int eta = model.variable(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
            model.addCost(eta, 1);
            for (Tangent tangent : tangents.get(j)) {
                model.row(
                        objective.ridges().get(j).direction(),
                        -tangent.slope(),
                        eta,
                        1,
                        tangent.intercept(),
                        Double.POSITIVE_INFINITY);
            }
        }
        return model.build();
    }
}
