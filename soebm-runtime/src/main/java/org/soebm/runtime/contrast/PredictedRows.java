package org.soebm.runtime.contrast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.soebm.api.cost.PenalisedResidual;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.PredictiveDistribution;
import org.soebm.api.distribution.SampleDistribution;

/** What is predicted for each row, on the host, with room for the gradient in it. */
sealed interface PredictedRows permits GaussianRows, SampledRows {
    /** Fetches a distribution. */
    static PredictedRows of(PredictiveDistribution distribution) {
        if (distribution instanceof GaussianDistribution gaussian) {
            return new GaussianRows(gaussian);
        }
        if (distribution instanceof SampleDistribution samples) {
            return new SampledRows(samples);
        }
        throw new IllegalArgumentException("The contrast needs a Gaussian or samples, but was given "
                + distribution.getClass().getSimpleName() + ".");
    }

    /**
     * The terms of E φ(r).
     *
     * @param shifts the part of r that comes from the offset of each draw
     */
    List<EnergyTerm> terms(PenalisedResidual penalised, float[] shifts, Tile tile, Workspace workspace);

    /** Vectors whose mean is that of y. */
    List<RowValues> vectors();

    /** The gradients in {@link #vectors()}. */
    List<RowValues> gradients();

    /**
     * A scalar with the gradient that has been added up.
     *
     * @param scope owns what is made, longer than the gradient is recorded
     */
    NDArray gradientCarrier(NDManager scope);
}
