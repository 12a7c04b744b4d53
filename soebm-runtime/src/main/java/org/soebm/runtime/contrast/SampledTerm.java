package org.soebm.runtime.contrast;

import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenalisedResidual;
import org.soebm.api.cost.ResidualPenalty;

/** w φ(r) of a residual r = cᵀy_s + dᵀa + e of one sample y_s a row; its slope is that in r. */
final class SampledTerm implements EnergyTerm {
    private final AffineResidual residual;
    private final RowValues sample;
    private final RowValues gradient;
    private final Tile tile;
    private final float[] shifts; // of each draw
    private final Workspace workspace;
    private final float[] base; // r at the centre
    private final SlopeSums slopes;
    private final float identity;
    private final float hinge;
    private final float square;
    private final float squaredHinge;

    /**
     * The term.
     *
     * @param sample y_s of each row
     * @param gradient in y_s, which the term adds to
     * @param weight w
     */
    SampledTerm(
            PenalisedResidual penalised,
            RowValues sample,
            RowValues gradient,
            double weight,
            Tile tile,
            float[] shifts,
            Workspace workspace) {
        residual = penalised.residual();
        this.sample = sample;
        this.gradient = gradient;
        this.tile = tile;
        this.shifts = shifts;
        this.workspace = workspace;
        base = workspace.vector();
        slopes = workspace.slopeSums();
        ResidualPenalty penalty = penalised.penalty().times(weight);
        identity = (float) penalty.identity();
        hinge = (float) penalty.hinge();
        square = (float) penalty.square();
        squaredHinge = (float) penalty.squaredHinge();
    }

    @Override
    public void moveTo(RowValues decisions) {
        RowValues.residuals(base, residual, sample, decisions, tile);
    }

    @Override
    public void evaluate(float[] total, int candidate, int draw) {
        float[] r = base;
        if (candidate != OPTIMUM) {
            r = workspace.scratch[0];
            VectorLoops.shift(r, base, shifts[draw], workspace.lanes);
        }
        VectorLoops.addPenalty(total, identity, square, hinge, squaredHinge, r, workspace.lanes);
        VectorLoops.penaltySlope(slopes.at(candidate), identity, square, hinge, squaredHinge, r, workspace.lanes);
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
        float[] ofResidual = workspace.scratch[0];
        slopes.combine(ofResidual, byQ, byP, ofOptimum);
        for (int l = 0; l < tile.rows(); l++) {
            gradient.add(residual.parameterCoefficients(), tile.row(l), ofResidual[l]);
        }
    }
}
