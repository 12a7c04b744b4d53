package org.soebm.runtime.contrast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.stream.IntStream;
import org.soebm.api.cost.PenalisedResidual;
import org.soebm.api.distribution.SampleDistribution;

/** Equally likely samples. */
final class SampledRows implements PredictedRows {
    private final SampleDistribution distribution;
    private final List<RowValues> samples;
    private final List<RowValues> gradients;
    private final RowValues gradient; // of all samples

    SampledRows(SampleDistribution distribution) {
        this.distribution = distribution;
        int width = Math.toIntExact(distribution.parameterCount());
        int count = Math.toIntExact(distribution.samples().getShape().get(1));
        RowValues values = RowValues.of(distribution.samples(), count * width);
        gradient = values.zeros();
        samples =
                IntStream.range(0, count).mapToObj(s -> values.from(s * width)).toList();
        gradients = IntStream.range(0, count)
                .mapToObj(s -> gradient.from(s * width))
                .toList();
    }

    /** One term a sample; a single one where they would all be the same. */
    @Override
    public List<EnergyTerm> terms(PenalisedResidual penalised, float[] shifts, Tile tile, Workspace workspace) {
        boolean isCertain = penalised.residual().parameterCoefficients().size() == 0;
        int count = isCertain ? 1 : samples.size();
        return IntStream.range(0, count)
                .<EnergyTerm>mapToObj(s -> new SampledTerm(
                        penalised, samples.get(s), gradients.get(s), 1.0 / count, tile, shifts, workspace))
                .toList();
    }

    @Override
    public List<RowValues> vectors() {
        return samples;
    }

    @Override
    public List<RowValues> gradients() {
        return gradients;
    }

    @Override
    public NDArray gradientCarrier(NDManager scope) {
        NDArray bySamples =
                scope.create(gradient.values(), distribution.samples().getShape());
        return distribution.samples().mul(bySamples).sum();
    }
}
