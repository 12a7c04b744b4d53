package org.soebm.runtime.proposal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.task.DataException;

/**
 * The bounds [l, u] of each decision, for costs that are defined within them only: what to do with decisions beyond them.
 */
public final class DecisionBounds {
    private final double[] lower;
    private final double[] width;

    /**
     * Bounds of da decisions.
     *
     * @param lower l of each decision
     * @param upper u of each decision
     * @throws DataException when an interval is not finite or empty
     */
    public DecisionBounds(double[] lower, double[] upper) {
        this.lower = lower.clone();
        width = new double[lower.length];
        for (int j = 0; j < lower.length; j++) {
            width[j] = upper[j] - lower[j];
            if (!(width[j] > 0 && width[j] < Double.POSITIVE_INFINITY)) {
                throw new DataException(
                        "The task's cost is defined within the bounds of the decisions only, but those of"
                                + " decision " + j + " are [" + lower[j] + ", " + upper[j]
                                + "]. Give it a finite lower bound and a larger finite upper bound.");
            }
        }
    }

    /** The bounds that a feasible set puts on some of its decisions. */
    public static DecisionBounds of(ConstraintSet constraints, int[] decisions) {
        double[] lower = new double[decisions.length];
        double[] upper = new double[decisions.length];
        for (int j = 0; j < decisions.length; j++) {
            lower[j] = constraints.lower(decisions[j]);
            upper[j] = constraints.upper(decisions[j]);
        }
        return new DecisionBounds(lower, upper);
    }

    int decisionCount() {
        return lower.length;
    }

    /** l, shape (1, 1, da). */
    NDArray lower(NDManager scope) {
        return row(scope, lower);
    }

    /** L = u − l, shape (1, 1, da). */
    NDArray width(NDManager scope) {
        return row(scope, width);
    }

    double leastWidth() {
        double least = Double.POSITIVE_INFINITY;
        for (double w : width) {
            least = Math.min(least, w);
        }
        return least;
    }

    private static NDArray row(NDManager scope, double[] values) {
        float[] floats = new float[values.length];
        for (int j = 0; j < floats.length; j++) {
            floats[j] = (float) values[j];
        }
        return scope.create(floats, new Shape(1, 1, floats.length));
    }

    /** The nearest decisions within the bounds, (..., da). */
    public NDArray nearest(NDArray decisions) {
        try (NDManager scope = decisions.getManager().newSubManager()) {
            NDArray lower = lower(scope);
            NDArray nearest = decisions.maximum(lower).minimum(lower.add(width(scope)));
            nearest.attach(decisions.getManager());
            return nearest;
        }
    }

    /** Where decisions (..., da) come to lie when they are reflected at the bounds, as often as it takes. */
    NDArray reflected(NDArray decisions) {
        try (NDManager scope = decisions.getManager().newSubManager()) {
            NDArray lower = lower(scope);
            NDArray place = fold(decisions.sub(lower), width(scope).mul(2)).add(lower);
            place.attach(decisions.getManager());
            return place;
        }
    }

    /** 1 where decisions (..., da) are reflected an even number of times, else −1. */
    NDArray orientation(NDArray decisions) {
        try (NDManager scope = decisions.getManager().newSubManager()) {
            NDArray turns = decisions.sub(lower(scope)).div(width(scope)).floor();
            NDArray odd = turns.sub(turns.div(2).floor().mul(2)); // 0 or 1
            NDArray orientation = odd.mul(-2).add(1);
            orientation.attach(decisions.getManager());
            return orientation;
        }
    }

    /** Folds a line onto [0, L] by reflection at both ends: x modulo 2L, mirrored where it is above L. */
    static NDArray fold(NDArray x, NDArray period) {
        NDArray rest = x.sub(x.div(period).floor().mul(period)); // in [0, 2L]
        return rest.minimum(period.sub(rest)).maximum(0);
    }
}
