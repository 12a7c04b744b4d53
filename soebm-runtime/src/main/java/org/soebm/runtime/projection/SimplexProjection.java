package org.soebm.runtime.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Onto the simplex {a ≥ l, Σ a = s} by sorting. With z − l sorted downwards into u_1 ≥ … ≥ u_d and r = s − Σ l,
 *
 * <pre>  p(z) = l + max(0, z − l − θ),   θ = max_k (u_1 + … + u_k − r) / k,</pre>
 *
 * (Duchi, Shalev-Shwartz, Singer, Chandra, "Efficient projections onto the l1-ball for learning in high dimensions", 2008;
 * the maximum is at their ρ). One Newton step on Σ p = s afterwards takes back what the sums have lost in float32.
 */
final class SimplexProjection implements Projection {
    private static final int[] LAST = {1};

    private final NDArray lower; // (1, d)
    private final NDArray counts; // 1, 2, …, d, (1, d)
    private final double rest; // r ≥ 0

    /** Onto {a ≥ lower, Σ a = sum}; not empty. */
    SimplexProjection(double[] lower, double sum, NDManager manager) {
        this.lower = Constants.row(manager, lower);
        double[] k = new double[lower.length];
        double atLeast = 0;
        for (int j = 0; j < k.length; j++) {
            k[j] = j + 1;
            atLeast += lower[j];
        }
        counts = Constants.row(manager, k);
        rest = sum - atLeast;
    }

    @Override
    public NDArray of(NDArray points) {
        Shape shape = points.getShape();
        try (NDManager scope = points.getManager().newSubManager()) {
            NDArray z = points.reshape(-1, shape.get(shape.dimension() - 1));
            z.attach(scope);
            z = z.sub(lower);
            z = z.sub(z.max(LAST, true)); // moves θ alone, and keeps the sums small
            NDArray u = z.neg().sort(1).neg();
            NDArray theta = u.cumSum(1).sub(rest).div(counts).max(LAST, true); // (N, 1)
            NDArray positive = z.sub(theta).maximum(0);
            NDArray support = positive.gt(0).toType(z.getDataType(), false).sum(LAST, true);
            theta = theta.add(positive.sum(LAST, true).sub(rest).div(support.maximum(1)));
            NDArray nearest = z.sub(theta).maximum(0).add(lower).reshape(shape);
            nearest.attach(points.getManager());
            return nearest;
        }
    }
}
