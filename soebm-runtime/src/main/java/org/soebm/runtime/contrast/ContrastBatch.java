package org.soebm.runtime.contrast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.soebm.api.cost.PenalisedResidual;
import org.soebm.runtime.proposal.Draws;

/** What all tiles of a batch share. */
final class ContrastBatch {
    private final PenaltyFactors factors;
    private final ContrastSettings settings;
    private final PredictedRows predicted;
    private final RowValues parameters;
    private final RowValues hindsight;
    private final RowValues centres;
    private final boolean areCentresOptimal;
    private final int samples;
    private final double scale;
    private final float[][] shifts; // of each residual, for each draw
    private final float[][] offsets; // of each decision, for each draw
    private final float[] logDensities; // of the proposal: factor by factor for each draw
    private final int densitiesADraw;

    /**
     * A batch.
     *
     * @param hindsight a*
     * @param scale what the derivative of the mean loss in an energy is a multiple of, 1/(T B)
     */
    ContrastBatch(
            PenaltyFactors factors,
            ContrastSettings settings,
            PredictedRows predicted,
            RowValues parameters,
            RowValues hindsight,
            Draws draws,
            double scale) {
        this.factors = factors;
        this.settings = settings;
        this.predicted = predicted;
        this.parameters = parameters;
        this.hindsight = hindsight;
        this.scale = scale;
        int decisions = factors.decisionCount();
        centres = RowValues.of(draws.centres(), decisions);
        areCentresOptimal = Arrays.equals(centres.values(), hindsight.values());
        samples = draws.samples();
        float[] values = draws.offsets().toFloatArray();
        shifts = factors.shifts(values, samples);
        offsets = new float[decisions][samples];
        for (int i = 0; i < values.length; i++) {
            offsets[i % decisions][i / decisions] = values[i];
        }
        densitiesADraw = factors.count();
        logDensities = draws.logDensity(factors.isSeparable()).toFloatArray();
    }

    PenaltyFactors factors() {
        return factors;
    }

    ContrastSettings settings() {
        return settings;
    }

    /** M. */
    int samples() {
        return samples;
    }

    double scale() {
        return scale;
    }

    /** a*. */
    RowValues hindsight() {
        return hindsight;
    }

    /** What candidates are offsets from. */
    RowValues centres() {
        return centres;
    }

    boolean areCentresOptimal() {
        return areCentresOptimal;
    }

    /** What a candidate's log-weight in a factor loses beside its energy. */
    float logProposalOverPrior(int draw, int factor) {
        return settings.hasUniformPrior() ? logDensities[draw * densitiesADraw + factor] : 0;
    }

    /** The terms of a factor's energy. */
    List<EnergyTerm> energyTerms(int factor, Tile tile, Workspace workspace) {
        List<EnergyTerm> terms = new ArrayList<>();
        for (int k : factors.residualsOf(factor)) {
            PenalisedResidual penalised = factors.residuals().get(k);
            terms.addAll(predicted.terms(penalised, shifts[k], tile, workspace));
        }
        for (int j : factors.bilinearOf(factor)) {
            terms.add(new BilinearTerm(
                    factors.bilinearColumn(j),
                    j,
                    predicted.vectors(),
                    predicted.gradients(),
                    tile,
                    offsets[j],
                    workspace));
        }
        return terms;
    }

    /** What a row of a tile takes for the terms of its largest factor. */
    long bytesPerLane() {
        long terms = (long) factors.mostTerms() * predicted.vectors().size();
        return terms * ContrastTile.FLOATS_PER_TERM * Float.BYTES;
    }

    /** The terms of a factor's cost under the true y. */
    List<CostTerm> costTerms(int factor, Tile tile, Workspace workspace) {
        List<CostTerm> terms = new ArrayList<>();
        for (int k : factors.residualsOf(factor)) {
            terms.add(CostTerm.penalty(factors.residuals().get(k), parameters, centres, shifts[k], tile, workspace));
        }
        for (int j : factors.bilinearOf(factor)) {
            terms.add(
                    CostTerm.bilinear(factors.bilinearColumn(j), j, parameters, centres, offsets[j], tile, workspace));
        }
        return terms;
    }
}
