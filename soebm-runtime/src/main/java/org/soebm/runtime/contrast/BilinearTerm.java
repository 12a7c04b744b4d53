package org.soebm.runtime.contrast;

import java.util.List;
import org.soebm.api.linear.SparseVector;

/** E[yᵀQe_j] a_j of one decision j, for the mean of y as the mean of some vectors; its slope is that in yᵀQe_j. */
final class BilinearTerm implements EnergyTerm {
    private final SparseVector column; // Q e_j
    private final int decision;
    private final List<RowValues> gradients;
    private final Tile tile;
    private final float[] shifts; // of each draw
    private final Workspace workspace;
    private final float[] price; // E[yᵀQe_j]
    private final float[] base; // a_j at the centre
    private final SlopeSums slopes;

    /**
     * The term.
     *
     * @param column Q e_j
     * @param decision j
     * @param vectors whose mean is that of y
     * @param gradients in each of them
     * @param shifts the offsets of decision j
     */
    BilinearTerm(
            SparseVector column,
            int decision,
            List<RowValues> vectors,
            List<RowValues> gradients,
            Tile tile,
            float[] shifts,
            Workspace workspace) {
        this.column = column;
        this.decision = decision;
        this.gradients = gradients;
        this.tile = tile;
        this.shifts = shifts;
        this.workspace = workspace;
        price = workspace.vector();
        base = workspace.vector();
        slopes = workspace.slopeSums();
        for (int l = 0; l < price.length; l++) {
            double sum = 0;
            for (RowValues vector : vectors) {
                sum += vector.dot(column, tile.row(l));
            }
            price[l] = (float) (sum / vectors.size());
        }
    }

    @Override
    public void moveTo(RowValues decisions) {
        for (int l = 0; l < base.length; l++) {
            base[l] = decisions.get(tile.row(l), decision);
        }
    }

    @Override
    public void evaluate(float[] total, int candidate, int draw) {
        float[] a = slopes.at(candidate);
        VectorLoops.shift(a, base, candidate == OPTIMUM ? 0 : shifts[draw], workspace.lanes);
        VectorLoops.addProduct(total, 1, price, a, workspace.lanes);
    }

    @Override
    public void accumulate(int candidate, float[] q, float[] p) {
        slopes.add(candidate, q, p);
    }

    @Override
    public void rescale(float[] byQ, float[] byP) {
        slopes.rescale(byQ, byP);
    }

    @Override
    public void addGradient(float[] byQ, float[] byP, float ofOptimum) {
        float[] ofPrice = workspace.scratch[0];
        slopes.combine(ofPrice, byQ, byP, ofOptimum);
        for (int l = 0; l < tile.rows(); l++) {
            for (RowValues gradient : gradients) {
                gradient.add(column, tile.row(l), ofPrice[l] / gradients.size());
            }
        }
    }
}
