package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Samples of q(a) ∝ exp(−E(a)/T) by Langevin dynamics,
 *
 * <pre>  a ← a − η/2 · ∂E(a)/T + √η (ε + ε′)/2,   ε, ε′ ~ N(0, I),</pre>
 *
 * from given starts (Welling, Teh, ICML 2011; for contrastive divergence from data see Hinton 2002). ε′ is the next step's
 * ε: this keeps the variance right where E is quadratic, which fresh noise enlarges (Leimkuhler, Matthews 2013). At bounds, if
 * there are any, the path is reflected, noise and all, which leaves q within them unchanged. All chains of all rows take a step at once.
 *
 * <p>The step size suits each row's energy: η = r² h / (1 + κ) with h = {@value #STEP}, r the reach, the spread of decisions
 * over which energies matter, and κ the curvature of E/T in units of r, measured by the difference of the slopes a reach
 * before and a reach beyond the start: that of each decision where E is a sum over decisions, and elsewhere the largest of
 * all directions, by power iteration. Where E is curved, 1.4% of the start is left after {@value #DEFAULT_STEPS} steps; where
 * it is flat, a chain gets about 3 reaches far.
 */
public final class LangevinDynamics {
    /** The steps of the paper. */
    public static final int DEFAULT_STEPS = 32;

    /** The most that η times the curvature is. Stable below 4. */
    private static final double STEP = 0.25;

    private static final int POWER_ITERATIONS = 4;
    private static final int[] DECISIONS = {2};

    private final int steps;
    private final double temperature;
    private final double reach;
    private final @Nullable DecisionBounds bounds;

    /**
     * The dynamics.
     *
     * @param steps at least 1
     * @param temperature T, positive
     * @param reach r in units of the decisions, positive
     * @param bounds of the decisions, or null where there are none to be heeded
     */
    public LangevinDynamics(int steps, double temperature, double reach, @Nullable DecisionBounds bounds) {
        this.steps = steps;
        this.temperature = temperature;
        this.reach = reach;
        this.bounds = bounds;
    }

    /**
     * The ends of M chains a row. The random numbers come from the engine's generator.
     *
     * @param starts of each row's chains, shape (B, da)
     * @param chains M
     * @param separable whether E is a sum over single decisions
     * @param gradient from candidates (B, M, da) to ∂E/∂a there, in the same shape and manager; asked for several M
     * @param scope owns the answer
     * @return shape (B, M, da)
     */
    public NDArray run(
            NDArray starts, int chains, boolean separable, UnaryOperator<NDArray> gradient, NDManager scope) {
        long rows = starts.getShape().get(0);
        long decisions = starts.getShape().get(1);
        NDArray place = scope.zeros(new Shape(rows, chains, decisions)).add(starts.expandDims(1));
        try (NDManager constants = scope.newSubManager()) {
            NDArray spread = spread(decisions, constants); // r, (1, 1, da)
            NDArray size = stepSize(starts.expandDims(1), spread, separable, gradient, constants);
            NDArray eta = keep(spread.square().mul(size), constants); // (B, 1, da)
            NDArray drift = keep(eta.mul(-0.5 / temperature), constants);
            NDArray noise = keep(eta.sqrt().mul(0.5), constants);
            NDArray epsilon = constants.randomNormal(place.getShape());
            for (int k = 0; k < steps; k++) {
                try (NDManager step = scope.newSubManager()) {
                    place.attach(step);
                    epsilon.attach(step);
                    NDArray following = constants.randomNormal(place.getShape());
                    place = keep(
                            place.add(slope(place, gradient).mul(drift))
                                    .add(epsilon.add(following).mul(noise)),
                            scope);
                    epsilon = following;
                }
            }
            return bounds == null ? place : keep(bounds.reflected(place), scope);
        }
    }

    /** ∂E/∂a on the whole line, which E is continued to by reflection at the bounds. */
    private NDArray slope(NDArray place, UnaryOperator<NDArray> gradient) {
        return bounds == null
                ? gradient.apply(place)
                : gradient.apply(bounds.reflected(place)).mul(bounds.orientation(place));
    }

    private static NDArray keep(NDArray array, NDManager scope) {
        array.attach(scope);
        return array;
    }

    /** r of each decision, no more than half of its interval, (1, 1, da). */
    private NDArray spread(long decisions, NDManager scope) {
        NDArray everywhere = scope.ones(new Shape(1, 1, decisions)).mul(reach);
        return bounds == null
                ? everywhere
                : everywhere.minimum(bounds.width(scope).mul(0.5));
    }

    /** h / (1 + κ), (B, 1, da) or (B, 1, 1). */
    private NDArray stepSize(
            NDArray starts, NDArray spread, boolean separable, UnaryOperator<NDArray> gradient, NDManager constants) {
        try (NDManager scope = constants.newSubManager()) {
            NDArray centre = starts.add(scope.zeros(starts.getShape()));
            centre.attach(scope);
            if (bounds != null) { // so that a reach to both sides stays within
                NDArray least = bounds.lower(scope).add(spread);
                NDArray most = bounds.lower(scope).add(bounds.width(scope)).sub(spread);
                centre = centre.maximum(least).minimum(most);
            }
            NDArray curvature;
            if (separable) {
                curvature = bend(centre, spread, scope.ones(centre.getShape()), gradient)
                        .abs();
            } else {
                NDArray direction = unit(scope.randomNormal(centre.getShape()));
                curvature = scope.zeros(new Shape(1));
                for (int i = 0; i < POWER_ITERATIONS; i++) {
                    NDArray bend = bend(centre, spread, direction, gradient);
                    curvature = norm(bend);
                    direction = unit(bend);
                }
            }
            return keep(curvature.add(1).pow(-1).mul(STEP), constants);
        }
    }

    /** The curvature of E/T in units of r, times a direction: half the difference of the slopes there and opposite. */
    private NDArray bend(NDArray centre, NDArray spread, NDArray direction, UnaryOperator<NDArray> gradient) {
        NDArray way = direction.mul(spread);
        NDArray slopes = gradient.apply(centre.add(way).concat(centre.sub(way), 1)); // (B, 2, da)
        return slopes.get(":, 0:1").sub(slopes.get(":, 1:2")).mul(spread).mul(0.5 / temperature);
    }

    private static NDArray norm(NDArray vectors) {
        return vectors.square().sum(DECISIONS, true).sqrt();
    }

    private static NDArray unit(NDArray vectors) {
        return vectors.div(norm(vectors).add(1e-20));
    }
}
