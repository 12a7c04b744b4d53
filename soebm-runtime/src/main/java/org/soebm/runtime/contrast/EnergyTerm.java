package org.soebm.runtime.contrast;

/** A term of the energy of one factor, for a tile of rows, a lane a row. */
interface EnergyTerm {
    /** Stands for the optimal decision in place of a candidate's number in its block. */
    int OPTIMUM = -1;

    /** Places the term at decisions a of each row: those that candidates are offsets from, or the optimal ones. */
    void moveTo(RowValues decisions);

    /**
     * Adds the term's value at a candidate, and keeps its slopes.
     *
     * @param candidate of the block, or {@link #OPTIMUM}
     * @param draw the candidate's number among all draws; not looked at for the optimal decision
     */
    void evaluate(float[] total, int candidate, int draw);

    /** Adds a candidate's slopes with its weights. */
    void accumulate(int candidate, float[] q, float[] p);

    /** Changes what the weights so far are relative to. */
    void rescale(float[] byQ, float[] byP);

    /** Adds byQ Σ_q + byP Σ_p + ofOptimum · (at the optimal decision) of the term's slopes to the gradient of the rows. */
    void addGradient(float[] byQ, float[] byP, float ofOptimum);
}
