package org.soebm.runtime.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Onto a budget {l ≤ a ≤ u, s₋ ≤ wᵀa ≤ s₊}, where the two sides may be equal and any of l, u, s be infinite. With the
 * multiplier τ of the row,
 *
 * <pre>  p(z) = clip(z − τ w, l, u),   wᵀp(z) = t,</pre>
 *
 * where t is the nearer side, or τ = 0 where the row holds already. wᵀp does not grow in τ and is piecewise linear, so
 * Newton's method on τ ends after a few steps. A bracket, halved where a step would leave it, and after
 * {@value #NEWTON_STEPS} steps every other time, keeps it from cycling.
 */
final class BudgetProjection implements Projection {
    private static final int[] LAST = {1};
    private static final int NEWTON_STEPS = 12;
    private static final int MOST_STEPS = 120;
    private static final double TOLERANCE = 2e-6; // of the size of the row's summands, which float32 bounds
    private static final double ACCEPTED = 1e-5;
    private static final double FAR = 1e30;

    private final NDArray lower; // (1, d)
    private final NDArray upper;
    private final NDArray weights; // of norm 1
    private final double low;
    private final double high;
    private final Way down;
    private final Way up;

    /**
     * A budget that is not empty.
     *
     * @param weights w, not all 0
     */
    BudgetProjection(double[] lower, double[] upper, double[] weights, double low, double high, NDManager manager) {
        double norm = 0;
        for (double w : weights) {
            norm = Math.hypot(norm, w);
        }
        double[] unit = new double[weights.length];
        for (int j = 0; j < unit.length; j++) {
            unit[j] = weights[j] / norm;
        }
        this.lower = Constants.row(manager, lower);
        this.upper = Constants.row(manager, upper);
        this.weights = Constants.row(manager, unit);
        this.low = low / norm;
        this.high = high / norm;
        down = Way.of(lower, upper, unit, 1, manager);
        up = Way.of(lower, upper, unit, -1, manager);
    }

    /**
     * How far τ has to go at most when wᵀp is to fall (τ &gt; 0) or to grow (τ &lt; 0).
     *
     * @param ends where each decision comes to rest, 0 where it never does, (1, d)
     * @param reciprocals 1/w of decisions that do, else 0, with the sign of the way
     * @param steepness 1/w² of decisions that never do, else 0
     * @param excluded {@value #FAR} for decisions that do, else 0
     * @param endless whether some decision never comes to rest
     */
    private record Way(NDArray ends, NDArray reciprocals, NDArray steepness, NDArray excluded, boolean endless) {
        static Way of(double[] lower, double[] upper, double[] weights, int sign, NDManager manager) {
            int d = weights.length;
            double[] ends = new double[d];
            double[] reciprocals = new double[d];
            double[] steepness = new double[d];
            double[] excluded = new double[d];
            boolean endless = false;
            for (int j = 0; j < d; j++) {
                double w = sign * weights[j];
                double end = w > 0 ? lower[j] : upper[j];
                if (w != 0 && Double.isInfinite(end)) {
                    endless = true;
                    steepness[j] = Math.min(FAR, 1 / (w * w));
                } else {
                    excluded[j] = FAR;
                    if (w != 0) {
                        ends[j] = end;
                        reciprocals[j] = Math.max(-FAR, Math.min(FAR, 1 / w));
                    }
                }
            }
            return new Way(
                    Constants.row(manager, ends),
                    Constants.row(manager, reciprocals),
                    Constants.row(manager, steepness),
                    Constants.row(manager, excluded),
                    endless);
        }

        /** A multiplier, shape (N, 1), at which the row is left no excess. */
        NDArray far(NDArray z, NDArray clipped, NDArray slopes, NDArray excess) {
            return endless
                    ? z.sub(clipped)
                            .mul(slopes)
                            .add(excess)
                            .mul(steepness)
                            .add(excluded)
                            .min(LAST, true)
                    : z.sub(ends).mul(reciprocals).max(LAST, true).maximum(0);
        }
    }

    @Override
    public NDArray of(NDArray points) {
        Shape shape = points.getShape();
        try (NDManager scope = points.getManager().newSubManager()) {
            NDArray z = points.reshape(-1, shape.get(shape.dimension() - 1));
            z.attach(scope);
            NDArray nearest = of(z, scope).reshape(shape);
            nearest.attach(points.getManager());
            return nearest;
        }
    }

    private NDArray of(NDArray z, NDManager scope) {
        NDArray clipped = clip(z);
        NDArray value = clipped.mul(weights).sum(LAST, true); // (N, 1)
        NDArray target = value;
        target = Double.isInfinite(high) ? target : target.minimum(high);
        target = Double.isInfinite(low) ? target : target.maximum(low);
        NDArray sign = value.sub(target).sign(); // 1 where τ > 0 is needed
        NDArray slopes = weights.mul(sign);
        slopes.attach(scope);
        NDArray excess = value.sub(target).abs();
        NDArray falls = sign.maximum(0);
        NDArray grows = sign.neg().maximum(0);
        NDArray most = down.far(z, clipped, slopes, excess)
                .mul(falls)
                .add(up.far(z, clipped, slopes, excess).mul(grows)); // (N, 1)
        NDArray least = most.zerosLike();
        NDArray tau = least;
        NDArray signedTarget = target.mul(sign);
        NDArray squares = slopes.square();
        NDArray rounding = z.mul(slopes).abs().sum(LAST, true).add(target.abs()).maximum(1e-20);
        double worst = 0;
        for (int step = 0; step < MOST_STEPS; step++) {
            try (NDManager inner = scope.newSubManager()) {
                tau.attach(inner);
                least.attach(inner);
                most.attach(inner);
                NDArray moved = tau.mul(slopes).neg().add(z);
                NDArray p = clip(moved);
                NDArray summands = p.mul(slopes);
                NDArray error = summands.sum(LAST, true).sub(signedTarget); // > 0 where τ is too small
                NDArray size = summands.abs().sum(LAST, true).add(rounding);
                worst = error.abs().div(size).max().getFloat();
                if (worst <= TOLERANCE) {
                    p.attach(scope);
                    return p;
                }
                NDArray small = real(error.gt(0), error);
                NDArray nextLeast = least.add(tau.sub(least).mul(small));
                NDArray nextMost = tau.add(most.sub(tau).mul(small));
                NDArray middle = nextLeast.add(nextMost).mul(0.5);
                NDArray next = middle;
                if (step < NEWTON_STEPS || step % 2 == 0) {
                    NDArray slope = real(moved.eq(p), error).mul(squares).sum(LAST, true);
                    NDArray newton = tau.add(error.div(slope.maximum(1e-20)))
                            .maximum(nextLeast)
                            .minimum(nextMost);
                    NDArray within = real(newton.gt(nextLeast), error).mul(real(newton.lt(nextMost), error));
                    next = middle.add(newton.sub(middle).mul(within));
                }
                least = kept(nextLeast, scope);
                most = kept(nextMost, scope);
                tau = kept(next, scope);
            }
        }
        if (!(worst <= ACCEPTED)) {
            throw new ProjectionException(
                    "The projection onto a budget misses its row by a share of " + worst + " after " + MOST_STEPS
                            + " steps. Scale the decisions or the row so that their numbers are of similar size.");
        }
        return clip(tau.mul(slopes).neg().add(z));
    }

    private NDArray clip(NDArray z) {
        return z.maximum(lower).minimum(upper);
    }

    private static NDArray real(NDArray condition, NDArray like) {
        return condition.toType(like.getDataType(), false);
    }

    private static NDArray kept(NDArray array, NDManager scope) {
        array.attach(scope);
        return array;
    }
}
