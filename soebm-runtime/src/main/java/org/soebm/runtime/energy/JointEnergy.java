package org.soebm.runtime.energy;

import ai.djl.ndarray.NDArray;
import org.soebm.api.distribution.PredictiveDistribution;

/** An energy as a single factor, for candidates whose single decisions belong together. */
public final class JointEnergy implements Energy {
    private static final int[] FACTORS = {2};

    private final Energy energy;

    /** The sum of an energy's factors; the energy is closed with it. */
    public JointEnergy(Energy energy) {
        this.energy = energy;
    }

    @Override
    public boolean isSeparable() {
        return false;
    }

    @Override
    public Candidates evaluate(PredictiveDistribution distribution, NDArray candidates) {
        Candidates factors = energy.evaluate(distribution, candidates);
        NDArray energies = factors.energies(); // (B, M, F)
        return new Candidates() {
            @Override
            public NDArray energies() {
                return energies.sum(FACTORS, true);
            }

            @Override
            public NDArray weightedSum(NDArray weights) {
                return factors.weightedSum(energies.zerosLike().add(weights));
            }
        };
    }

    @Override
    public NDArray decisionGradient(PredictiveDistribution distribution, NDArray candidates) {
        return energy.decisionGradient(distribution, candidates);
    }

    @Override
    public PredictiveDistribution known(NDArray parameters) {
        return energy.known(parameters);
    }

    @Override
    public NDArray cost(NDArray parameters, NDArray candidates) {
        return energy.cost(parameters, candidates).sum(FACTORS, true);
    }

    @Override
    public long bytesPerEvaluation() {
        return energy.bytesPerEvaluation();
    }

    @Override
    public void close() {
        energy.close();
    }
}
