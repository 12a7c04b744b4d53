package org.soebm.runtime.contrast;

import java.util.Arrays;
import java.util.List;

/** The contrast of a tile of rows, factor by factor, and in each a block of candidates after the other. */
final class ContrastTile {
    private static final int BLOCK = 16;

    /** What a term holds in each lane at most: slopes in two quantities and their sums, and what they are computed from. */
    static final int FLOATS_PER_TERM = 2 * (BLOCK + 3) + 4;

    private final ContrastBatch batch;
    private final ContrastSettings settings;
    private final Tile tile;
    private final int lanes;
    private final Workspace workspace;
    private final float[][] q; // of each candidate of a block: energy, then log-weight, then weight
    private final float[][] p; // the same of the cost
    private final float[] difference;
    private final float[] energyAtOptimum;
    private final float[] largestQ;
    private final float[] largestP;
    private final float[] rescaleQ;
    private final float[] rescaleP;
    private final float[] sumQ;
    private final float[] sumQSquared;
    private final float[] sumP;
    private final float[] sumDivergence; // Σ_p (log p̃ − log q̃)

    ContrastTile(ContrastBatch batch, Tile tile, int lanes) {
        this.batch = batch;
        settings = batch.settings();
        this.tile = tile;
        this.lanes = lanes;
        workspace = new Workspace(lanes, BLOCK);
        q = new float[BLOCK][lanes];
        p = new float[BLOCK][lanes];
        difference = new float[lanes];
        energyAtOptimum = new float[lanes];
        largestQ = new float[lanes];
        largestP = new float[lanes];
        rescaleQ = new float[lanes];
        rescaleP = new float[lanes];
        sumQ = new float[lanes];
        sumQSquared = new float[lanes];
        sumP = new float[lanes];
        sumDivergence = new float[lanes];
    }

    /**
     * Computes the tile's rows and adds their gradient to the batch's.
     *
     * @param values receives the loss of each row
     * @param sampleSizes receives the effective sample size of each row, mean over factors
     */
    void run(float[] values, float[] sampleSizes) {
        int factors = batch.factors().count();
        for (int factor = 0; factor < factors; factor++) {
            workspace.reset();
            List<EnergyTerm> terms = batch.energyTerms(factor, tile, workspace);
            List<CostTerm> costs = batch.costTerms(factor, tile, workspace);
            visitOptimum(terms);
            visitCandidates(factor, terms, costs);
            conclude(terms, values, sampleSizes, factors);
        }
    }

    private void visitOptimum(List<EnergyTerm> terms) {
        Arrays.fill(energyAtOptimum, 0);
        for (EnergyTerm term : terms) {
            if (settings.hasMaximumLikelihood()) {
                term.moveTo(batch.hindsight());
                term.evaluate(energyAtOptimum, EnergyTerm.OPTIMUM, 0);
            }
            if (!settings.hasMaximumLikelihood() || !batch.areCentresOptimal()) {
                term.moveTo(batch.centres());
            }
        }
    }

    private void visitCandidates(int factor, List<EnergyTerm> terms, List<CostTerm> costs) {
        for (float[] sum : new float[][] {sumQ, sumQSquared, sumP, sumDivergence}) {
            Arrays.fill(sum, 0);
        }
        Arrays.fill(largestQ, Float.NEGATIVE_INFINITY);
        Arrays.fill(largestP, Float.NEGATIVE_INFINITY);
        float perTemperature = (float) (-1 / settings.temperature());
        for (int first = 0; first < batch.samples(); first += BLOCK) {
            int count = Math.min(BLOCK, batch.samples() - first);
            System.arraycopy(largestQ, 0, rescaleQ, 0, lanes);
            System.arraycopy(largestP, 0, rescaleP, 0, lanes);
            for (int i = 0; i < count; i++) {
                int draw = first + i;
                float logProposal = batch.logProposalOverPrior(draw, factor);
                Arrays.fill(q[i], 0);
                for (EnergyTerm term : terms) {
                    term.evaluate(q[i], i, draw);
                }
                VectorLoops.affine(q[i], perTemperature, -logProposal, largestQ, lanes);
                if (settings.lambda() > 0) {
                    Arrays.fill(p[i], 0);
                    for (CostTerm cost : costs) {
                        cost.addTo(p[i], draw);
                    }
                    VectorLoops.affine(p[i], perTemperature, -logProposal, largestP, lanes);
                }
            }
            if (first > 0) {
                rescale(terms);
            }
            for (int i = 0; i < count; i++) {
                weigh(q[i], p[i]);
                for (EnergyTerm term : terms) {
                    term.accumulate(i, q[i], p[i]);
                }
            }
        }
    }

    /** Makes what has been added up relative to the largest log-weights including this block's. */
    private void rescale(List<EnergyTerm> terms) {
        VectorLoops.subtract(rescaleQ, rescaleQ, largestQ, lanes);
        VectorLoops.exp(rescaleQ, lanes);
        VectorLoops.multiply(sumQ, rescaleQ, lanes);
        VectorLoops.multiply(sumQSquared, rescaleQ, lanes);
        VectorLoops.multiply(sumQSquared, rescaleQ, lanes);
        if (settings.lambda() > 0) {
            VectorLoops.subtract(rescaleP, rescaleP, largestP, lanes);
            VectorLoops.exp(rescaleP, lanes);
            VectorLoops.multiply(sumP, rescaleP, lanes);
            VectorLoops.multiply(sumDivergence, rescaleP, lanes);
        } else {
            Arrays.fill(rescaleP, 0);
        }
        for (EnergyTerm term : terms) {
            term.rescale(rescaleQ, rescaleP);
        }
    }

    /** From a candidate's log-weights to its weights, and adds them up. */
    private void weigh(float[] logQ, float[] logP) {
        boolean hasDivergence = settings.lambda() > 0;
        if (hasDivergence) {
            VectorLoops.subtract(difference, logP, logQ, lanes); // the proposal cancels
            VectorLoops.subtract(logP, logP, largestP, lanes);
            VectorLoops.exp(logP, lanes);
            VectorLoops.addWeighted(sumP, sumDivergence, logP, difference, lanes);
        }
        VectorLoops.subtract(logQ, logQ, largestQ, lanes);
        VectorLoops.exp(logQ, lanes);
        VectorLoops.addMoments(sumQ, sumQSquared, logQ, lanes);
    }

    private void conclude(List<EnergyTerm> terms, float[] values, float[] sampleSizes, int factors) {
        double lambda = settings.lambda();
        float[] byQ = rescaleQ;
        float[] byP = rescaleP;
        for (int l = 0; l < lanes; l++) {
            byQ[l] = (float) (-settings.negatives() * batch.scale() / sumQ[l]);
            byP[l] = lambda > 0 ? (float) (lambda * batch.scale() / sumP[l]) : 0;
        }
        float ofOptimum = settings.hasMaximumLikelihood() ? (float) batch.scale() : 0;
        for (EnergyTerm term : terms) {
            term.addGradient(byQ, byP, ofOptimum);
        }
        for (int l = 0; l < tile.rows(); l++) {
            int row = tile.row(l);
            double logNormaliser = largestQ[l] + Math.log(sumQ[l] / batch.samples());
            double value = 0;
            if (settings.hasMaximumLikelihood()) {
                value += energyAtOptimum[l] / settings.temperature() + logNormaliser;
            }
            if (lambda > 0) {
                double logNormaliserP = largestP[l] + Math.log(sumP[l] / batch.samples());
                value += lambda * (sumDivergence[l] / sumP[l] - logNormaliserP + logNormaliser);
            }
            values[row] += (float) value;
            sampleSizes[row] += sumQ[l] * sumQ[l] / sumQSquared[l] / factors;
        }
    }
}
