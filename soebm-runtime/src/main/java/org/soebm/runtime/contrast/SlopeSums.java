package org.soebm.runtime.contrast;

import java.util.Arrays;

/** The slopes of one energy term in one quantity, a lane a row: at the optimal decision, and summed over candidates. */
final class SlopeSums {
    private final int lanes;
    private final float[][] ofBlock;
    private final float[] underQ;
    private final float[] underP;
    private final float[] atOptimum;

    SlopeSums(int lanes, int block) {
        this.lanes = lanes;
        ofBlock = new float[block][lanes];
        underQ = new float[lanes];
        underP = new float[lanes];
        atOptimum = new float[lanes];
    }

    void clear() {
        Arrays.fill(underQ, 0);
        Arrays.fill(underP, 0);
        Arrays.fill(atOptimum, 0);
    }

    /** Receives the slopes at a candidate of the block, or at the optimal decision. */
    float[] at(int candidate) {
        return candidate == EnergyTerm.OPTIMUM ? atOptimum : ofBlock[candidate];
    }

    /** Adds a candidate's slopes with its weights. */
    void add(int candidate, float[] q, float[] p) {
        VectorLoops.addBoth(underQ, q, underP, p, ofBlock[candidate], lanes);
    }

    /** Changes what the weights so far are relative to. */
    void rescale(float[] byQ, float[] byP) {
        VectorLoops.multiply(underQ, byQ, lanes);
        VectorLoops.multiply(underP, byP, lanes);
    }

    /** out ← byQ Σ_q slope + byP Σ_p slope + atOptimum · (slope at the optimal decision). */
    void combine(float[] out, float[] byQ, float[] byP, float ofOptimum) {
        for (int l = 0; l < lanes; l++) {
            out[l] = byQ[l] * underQ[l] + byP[l] * underP[l] + ofOptimum * atOptimum[l];
        }
    }
}
