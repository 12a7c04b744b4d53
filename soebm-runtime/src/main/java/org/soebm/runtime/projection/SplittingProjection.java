package org.soebm.runtime.projection;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Onto a polytope {a : l ≤ K(a, u) ≤ h for some u} by operator splitting (ADMM as in OSQP: Stellato, Banjac, Goulart, Bemporad,
 * Boyd, "OSQP: an operator splitting solver for quadratic programs", 2020), where K holds rows and bounds alike, each of norm
 * 1, and the other variables u cost nothing. With copies s of K(a, u), scaled multipliers m and penalties R = ρ diag(r),
 *
 * <pre>  (a, u) ← (P + KᵀRK)⁻¹ (P z + KᵀR (s − m)),   w ← α K(a, u) + (1 − α) s,
 *   s ← clip(w + m, l, h),   m ← m + w − s,</pre>
 *
 * P being 1 for decisions and 0 for u, and α = 1.6. The inverse is computed once for each ρ, in double precision on the CPU; an
 * iteration is one matrix product on the device for all points that are not there yet. ρ follows the residuals in steps of
 * {@value SplittingSystem#RHO_STEP}.
 */
final class SplittingProjection implements Projection {
    private final SplittingTensors tensors;

    private SplittingProjection(SplittingTensors tensors) {
        this.tensors = tensors;
    }

    /**
     * @throws ProjectionException when rows and bounds leave the variables beside the decisions undetermined
     */
    static SplittingProjection onto(Polytope polytope, NDManager manager) {
        SplittingTensors tensors = new SplittingTensors(polytope, SplittingSystem.of(polytope), manager);
        tensors.factor(0); // fails here rather than in training
        return new SplittingProjection(tensors);
    }

    @Override
    public NDArray of(NDArray points) {
        Shape shape = points.getShape();
        try (NDManager scope = points.getManager().newSubManager()) {
            NDArray z = points.reshape(-1, shape.get(shape.dimension() - 1));
            z.attach(scope);
            NDArray nearest = new SplittingRun(tensors, z, scope).run().reshape(shape);
            nearest.attach(points.getManager());
            return nearest;
        }
    }
}
