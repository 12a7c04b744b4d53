package org.soebm.runtime.contrast;

import org.soebm.api.cost.PenalisedResidual;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.linear.SparseVector;

/** A term of the cost f(y, a) of one factor under the true y, for a tile of rows, a lane a row. */
@FunctionalInterface
interface CostTerm {
    /** Adds the term's value at a draw. */
    void addTo(float[] total, int draw);

    /**
     * w φ(r).
     *
     * @param shifts the part of r that comes from the offset of each draw
     */
    static CostTerm penalty(
            PenalisedResidual penalised,
            RowValues parameters,
            RowValues centres,
            float[] shifts,
            Tile tile,
            Workspace workspace) {
        float[] base = workspace.vector();
        RowValues.residuals(base, penalised.residual(), parameters, centres, tile);
        ResidualPenalty penalty = penalised.penalty();
        float identity = (float) penalty.identity();
        float square = (float) penalty.square();
        float hinge = (float) penalty.hinge();
        float squaredHinge = (float) penalty.squaredHinge();
        float[] r = workspace.scratch[0];
        return (total, draw) -> {
            VectorLoops.shift(r, base, shifts[draw], workspace.lanes);
            VectorLoops.addPenalty(total, identity, square, hinge, squaredHinge, r, workspace.lanes);
        };
    }

    /**
     * yᵀQe_j a_j.
     *
     * @param column Q e_j
     * @param shifts the offsets of decision j
     */
    static CostTerm bilinear(
            SparseVector column,
            int decision,
            RowValues parameters,
            RowValues centres,
            float[] shifts,
            Tile tile,
            Workspace workspace) {
        float[] price = workspace.vector();
        float[] base = workspace.vector();
        for (int l = 0; l < price.length; l++) {
            price[l] = (float) parameters.dot(column, tile.row(l));
            base[l] = centres.get(tile.row(l), decision);
        }
        float[] a = workspace.scratch[0];
        return (total, draw) -> {
            VectorLoops.shift(a, base, shifts[draw], workspace.lanes);
            VectorLoops.addProduct(total, 1, price, a, workspace.lanes);
        };
    }
}
