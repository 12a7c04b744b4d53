package org.soebm.runtime.contrast;

import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenalisedResidual;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.linear.SparseVector;

/**
 * E φ(r) of a residual r = cᵀy + dᵀa + e under a Gaussian y, so r ~ N(m, s²), in closed form; see {@link ResidualPenalty} and
 * {@link org.soebm.api.cost.ExpectedCost} for the formulas. Slopes are those in m and in s.
 */
final class GaussianTerm implements EnergyTerm {
    /** Keeps z = m/s finite for a residual without uncertainty. */
    private static final float LEAST_STD = 1e-18f;

    private final AffineResidual residual;
    private final GaussianRows prediction;
    private final Tile tile;
    private final float[] shifts; // of each draw
    private final Workspace workspace;
    private final float[] base; // m at the centre
    private final float[] std;
    private final float[] inverseStd;
    private final SlopeSums byMean;
    private final SlopeSums byStd;
    private final float identity;
    private final float hinge;
    private final float square;
    private final float squaredHinge;

    GaussianTerm(PenalisedResidual penalised, GaussianRows prediction, Tile tile, float[] shifts, Workspace workspace) {
        residual = penalised.residual();
        this.prediction = prediction;
        this.tile = tile;
        this.shifts = shifts;
        this.workspace = workspace;
        base = workspace.vector();
        std = workspace.vector();
        inverseStd = workspace.vector();
        byMean = workspace.slopeSums();
        byStd = workspace.slopeSums();
        ResidualPenalty penalty = penalised.penalty();
        identity = (float) penalty.identity();
        hinge = (float) penalty.hinge();
        square = (float) penalty.square();
        squaredHinge = (float) penalty.squaredHinge();
        for (int l = 0; l < std.length; l++) {
            std[l] = Math.max((float) std(tile.row(l)), LEAST_STD);
            inverseStd[l] = 1 / std[l];
        }
    }

    private double std(int row) {
        SparseVector c = residual.parameterCoefficients();
        double variance = 0;
        for (int k = 0; k < c.size(); k++) {
            double part = c.value(k) * prediction.std().get(row, c.index(k));
            variance += part * part;
        }
        return Math.sqrt(variance);
    }

    @Override
    public void moveTo(RowValues decisions) {
        RowValues.residuals(base, residual, prediction.mean(), decisions, tile);
    }

    @Override
    public void evaluate(float[] total, int candidate, int draw) {
        int n = workspace.lanes;
        float[] m = base;
        if (candidate != OPTIMUM) {
            m = workspace.scratch[0];
            VectorLoops.shift(m, base, shifts[draw], n);
        }
        float[] slope = byMean.at(candidate);
        float[] stdSlope = byStd.at(candidate);
        if (hinge == 0 && squaredHinge == 0) {
            VectorLoops.addExpected(total, identity, square, 0, m, std, m, n);
            VectorLoops.combine(slope, identity, 2 * square, m, 0, m, n);
            VectorLoops.combine(stdSlope, 0, 2 * square, std, 0, std, n);
            return;
        }
        float[] z = workspace.scratch[1];
        float[] exponential = workspace.scratch[2];
        float[] density = workspace.scratch[3];
        float[] distribution = workspace.scratch[4];
        float[] positive = workspace.scratch[5];
        VectorLoops.standardise(m, inverseStd, z, exponential, n);
        VectorLoops.exp(exponential, n);
        VectorLoops.normal(z, exponential, density, distribution, n);
        VectorLoops.expectedHinge(m, std, density, distribution, positive, n);
        VectorLoops.addExpected(total, identity, square, hinge, m, std, positive, n);
        VectorLoops.combine(slope, identity, 2 * square, m, hinge, distribution, n);
        VectorLoops.combine(stdSlope, 0, 2 * square, std, hinge, density, n);
        if (squaredHinge != 0) {
            VectorLoops.addExpectedSquaredHinge(total, squaredHinge, m, std, distribution, positive, n);
            VectorLoops.addCombination(slope, 2 * squaredHinge, positive, 0, positive, n);
            VectorLoops.addProduct(stdSlope, 2 * squaredHinge, std, distribution, n);
        }
    }

    @Override
    public void accumulate(int candidate, float[] q, float[] p) {
        byMean.add(candidate, q, p);
        byStd.add(candidate, q, p);
    }

    @Override
    public void rescale(float[] byQ, float[] byP) {
        byMean.rescale(byQ, byP);
        byStd.rescale(byQ, byP);
    }

    @Override
    public void addGradient(float[] byQ, float[] byP, float ofOptimum) {
        float[] ofMean = workspace.scratch[0];
        float[] ofStd = workspace.scratch[1];
        byMean.combine(ofMean, byQ, byP, ofOptimum);
        byStd.combine(ofStd, byQ, byP, ofOptimum);
        SparseVector c = residual.parameterCoefficients();
        for (int l = 0; l < tile.rows(); l++) {
            int row = tile.row(l);
            prediction.meanGradient().add(c, row, ofMean[l]);
            // s = √Σ c_i² std_i², so ∂s/∂std_i = c_i² std_i / s.
            for (int k = 0; k < c.size(); k++) {
                double share = c.value(k) * c.value(k) * prediction.std().get(row, c.index(k)) / std[l];
                prediction.stdGradient().addTo(row, c.index(k), share * ofStd[l]);
            }
        }
    }
}
