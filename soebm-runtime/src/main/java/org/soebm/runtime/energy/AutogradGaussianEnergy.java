package org.soebm.runtime.energy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.PenaltyTensors;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.PredictiveDistribution;

/**
 * What {@link GaussianEnergy} computes, but with a graph over all candidates through which autograd finds the gradient: slow,
 * and independent of the derivatives that the others are written with. They are checked against it.
 */
public final class AutogradGaussianEnergy implements Energy {
    private final PenaltyTensors cost;
    private final GaussianEnergy withoutGraph;

    /** Puts the cost's coefficients on the manager's device. */
    public AutogradGaussianEnergy(PenaltyCost cost, NDManager manager) {
        this.cost = cost.bind(manager, DataType.FLOAT32);
        withoutGraph = new GaussianEnergy(cost, manager);
    }

    @Override
    public boolean isSeparable() {
        return cost.isSeparable();
    }

    @Override
    public Candidates evaluate(PredictiveDistribution distribution, NDArray candidates) {
        GaussianDistribution gaussian = GaussianEnergy.gaussian(distribution);
        var expected =
                cost.expectedCost(gaussian.mean().expandDims(1), gaussian.std().expandDims(1), candidates);
        return new RecordedEnergies(
                isSeparable() ? expected.valueByDecision() : expected.value().expandDims(2));
    }

    @Override
    public NDArray decisionGradient(PredictiveDistribution distribution, NDArray candidates) {
        return withoutGraph.decisionGradient(distribution, candidates);
    }

    @Override
    public PredictiveDistribution known(NDArray parameters) {
        return withoutGraph.known(parameters);
    }

    @Override
    public NDArray cost(NDArray parameters, NDArray candidates) {
        return withoutGraph.cost(parameters, candidates);
    }

    /** {@inheritDoc} The graph holds about twice what is held without it. */
    @Override
    public long bytesPerEvaluation() {
        return 2 * withoutGraph.bytesPerEvaluation();
    }

    @Override
    public void close() {
        try (withoutGraph) {
            cost.close();
        }
    }
}
