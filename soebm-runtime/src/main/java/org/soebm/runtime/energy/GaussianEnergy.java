package org.soebm.runtime.energy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.soebm.api.cost.ExpectedCost;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.PenaltyTensors;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.PredictiveDistribution;

/**
 * The energy of a {@link PenaltyCost} under independent Gaussians, in closed form. Value and derivatives come from one
 * pass over the candidates without an autograd graph; only (B, dy) gradients go back to the network, pushed by the
 * scalar Σ mean·∂/∂mean + std·∂/∂std.
 */
public final class GaussianEnergy implements Energy {
    private final PenaltyTensors cost;
    private final int numbers; // of a candidate: the larger of residuals and decisions

    /** Puts the cost's coefficients on the manager's device. */
    public GaussianEnergy(PenaltyCost cost, NDManager manager) {
        this.cost = cost.bind(manager, DataType.FLOAT32);
        numbers = Math.max(cost.residuals().size(), cost.decisionCount());
    }

    @Override
    public boolean isSeparable() {
        return cost.isSeparable();
    }

    @Override
    public Candidates evaluate(PredictiveDistribution distribution, NDArray candidates) {
        GaussianDistribution gaussian = gaussian(distribution);
        return new GaussianCandidates(gaussian, expectedCost(gaussian, candidates), isSeparable());
    }

    @Override
    public NDArray decisionGradient(PredictiveDistribution distribution, NDArray candidates) {
        return expectedCost(gaussian(distribution), candidates).decisionGradient();
    }

    @Override
    public PredictiveDistribution known(NDArray parameters) {
        return new GaussianDistribution(parameters, parameters.zerosLike());
    }

    static GaussianDistribution gaussian(PredictiveDistribution distribution) {
        if (distribution instanceof GaussianDistribution gaussian) {
            return gaussian;
        }
        throw new IllegalArgumentException("The closed-form energy needs a Gaussian distribution, but was given "
                + distribution.getClass().getSimpleName() + ".");
    }

    private ExpectedCost expectedCost(GaussianDistribution gaussian, NDArray candidates) {
        NDArray mean = gaussian.mean().stopGradient().expandDims(1); // (B, 1, dy)
        NDArray std = gaussian.std().stopGradient().expandDims(1);
        return cost.expectedCost(mean, std, candidates);
    }

    @Override
    public NDArray cost(NDArray parameters, NDArray candidates) {
        NDArray y = parameters.expandDims(1); // (B, 1, dy)
        return isSeparable()
                ? cost.costByDecision(y, candidates)
                : cost.cost(y, candidates).expandDims(2);
    }

    /** {@inheritDoc} A dozen arrays of a number a residual or decision are held at once. */
    @Override
    public long bytesPerEvaluation() {
        return 12L * Float.BYTES * numbers;
    }

    @Override
    public void close() {
        cost.close();
    }

    private record GaussianCandidates(GaussianDistribution gaussian, ExpectedCost expected, boolean separable)
            implements Candidates {
        @Override
        public NDArray energies() {
            return separable ? expected.valueByDecision() : expected.value().expandDims(2);
        }

        @Override
        public NDArray weightedSum(NDArray weights) {
            ExpectedCost.ParameterGradient gradient = separable
                    ? expected.parameterGradientByDecision(weights)
                    : expected.parameterGradient(weights.squeeze(2));
            return gaussian.mean()
                    .mul(gradient.mean())
                    .sum()
                    .add(gaussian.std().mul(gradient.std()).sum());
        }
    }
}
