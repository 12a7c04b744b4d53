package org.soebm.runtime.contrast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.soebm.api.cost.PenalisedResidual;
import org.soebm.api.distribution.GaussianDistribution;

/** Independent Gaussians. */
final class GaussianRows implements PredictedRows {
    private final GaussianDistribution distribution;
    private final RowValues mean;
    private final RowValues std;
    private final RowValues meanGradient;
    private final RowValues stdGradient;

    GaussianRows(GaussianDistribution distribution) {
        this.distribution = distribution;
        int width = Math.toIntExact(distribution.parameterCount());
        mean = RowValues.of(distribution.mean(), width);
        std = RowValues.of(distribution.std(), width);
        meanGradient = mean.zeros();
        stdGradient = mean.zeros();
    }

    RowValues mean() {
        return mean;
    }

    RowValues std() {
        return std;
    }

    RowValues meanGradient() {
        return meanGradient;
    }

    RowValues stdGradient() {
        return stdGradient;
    }

    @Override
    public List<EnergyTerm> terms(PenalisedResidual penalised, float[] shifts, Tile tile, Workspace workspace) {
        return List.of(new GaussianTerm(penalised, this, tile, shifts, workspace));
    }

    @Override
    public List<RowValues> vectors() {
        return List.of(mean);
    }

    @Override
    public List<RowValues> gradients() {
        return List.of(meanGradient);
    }

    @Override
    public NDArray gradientCarrier(NDManager scope) {
        NDArray byMean = scope.create(meanGradient.values(), distribution.mean().getShape());
        NDArray byStd = scope.create(stdGradient.values(), distribution.std().getShape());
        return distribution
                .mean()
                .mul(byMean)
                .sum()
                .add(distribution.std().mul(byStd).sum());
    }
}
