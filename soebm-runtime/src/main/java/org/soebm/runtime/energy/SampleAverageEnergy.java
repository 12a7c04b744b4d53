package org.soebm.runtime.energy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.jspecify.annotations.Nullable;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.PenaltyTensors;
import org.soebm.api.distribution.PredictiveDistribution;
import org.soebm.api.distribution.SampleDistribution;
import org.soebm.runtime.network.GradientRecording;

/**
 * The energy as an average over samples, E(x, a) ≈ 1/S Σ_s f(y_s, a), for costs without a closed form and for y that
 * comes from a simulator. Gradients go by autograd through the cost to the samples.
 */
public final class SampleAverageEnergy implements Energy {
    private static final int[] SAMPLES = {2};

    private final CostFunction cost;
    private final @Nullable PenaltyTensors penalties; // null where the cost is tensor code of its own

    /** Puts a penalty cost's coefficients on the manager's device. */
    public SampleAverageEnergy(CostFunction cost, NDManager manager) {
        this.cost = cost;
        penalties = cost instanceof PenaltyCost penaltyCost ? penaltyCost.bind(manager, DataType.FLOAT32) : null;
    }

    @Override
    public boolean isSeparable() {
        return penalties != null && penalties.isSeparable();
    }

    @Override
    public Candidates evaluate(PredictiveDistribution distribution, NDArray candidates) {
        return new RecordedEnergies(average(samples(distribution), candidates));
    }

    @Override
    public NDArray decisionGradient(PredictiveDistribution distribution, NDArray candidates) {
        NDArray samples = samples(distribution).stopGradient();
        NDArray variables = candidates.duplicate();
        variables.setRequiresGradient(true);
        try (GradientRecording recording = GradientRecording.start()) {
            recording.backward(average(samples, variables).sum());
            return variables.getGradient();
        }
    }

    @Override
    public PredictiveDistribution known(NDArray parameters) {
        return new SampleDistribution(parameters.expandDims(1));
    }

    private static NDArray samples(PredictiveDistribution distribution) {
        if (distribution instanceof SampleDistribution samples) {
            return samples.samples();
        }
        throw new IllegalArgumentException("The sample average needs samples, but was given "
                + distribution.getClass().getSimpleName() + ".");
    }

    /** 1/S Σ_s f(y_s, a), shape (B, M, F). */
    private NDArray average(NDArray samples, NDArray candidates) {
        NDArray y = samples.expandDims(1); // (B, 1, S, dy)
        NDArray a = candidates.expandDims(2); // (B, M, 1, da)
        return factors(y, a).mean(SAMPLES);
    }

    @Override
    public NDArray cost(NDArray parameters, NDArray candidates) {
        return factors(parameters.expandDims(1), candidates);
    }

    /** f in F factors, the last axis. */
    private NDArray factors(NDArray y, NDArray a) {
        if (penalties == null) {
            return cost.cost(y, a).expandDims(-1);
        }
        return penalties.isSeparable()
                ? penalties.costByDecision(y, a)
                : penalties.cost(y, a).expandDims(-1);
    }

    /** {@inheritDoc} Two dozen arrays of a number a residual, parameter or decision are held with the graph. */
    @Override
    public long bytesPerEvaluation() {
        int residuals = cost instanceof PenaltyCost penaltyCost
                ? penaltyCost.residuals().size()
                : 0;
        return 24L * Float.BYTES * Math.max(residuals, Math.max(cost.parameterCount(), cost.decisionCount()));
    }

    @Override
    public void close() {
        if (penalties != null) {
            penalties.close();
        }
    }
}
