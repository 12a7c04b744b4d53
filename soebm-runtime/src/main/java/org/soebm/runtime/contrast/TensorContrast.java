package org.soebm.runtime.contrast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.soebm.api.distribution.PredictiveDistribution;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.ImportanceWeights;

/** The contrast as tensor operations, for every energy and device. All candidates of a batch are held at once. */
public final class TensorContrast implements Contrast {
    private static final int[] FACTORS = {1};

    private final Energy energy;
    private final ContrastSettings settings;

    /** The contrast of an energy, which is closed with it. */
    public TensorContrast(Energy energy, ContrastSettings settings) {
        this.energy = energy;
        this.settings = settings;
    }

    @Override
    public Loss of(
            PredictiveDistribution distribution, NDArray parameters, NDArray hindsight, Draws draws, NDManager scope) {
        double temperature = settings.temperature();
        double lambda = settings.lambda();
        NDArray candidates = draws.candidates();
        Energy.Candidates atDraws = energy.evaluate(distribution, candidates);
        NDArray logQ = atDraws.energies().mul(-1 / temperature); // log q up to a constant, (B, M, F)
        NDArray logProposal = logProposalOverPrior(draws);
        ImportanceWeights q = ImportanceWeights.of(logQ, logProposal);

        double scale = 1 / (temperature * distribution.rows());
        NDArray weights = q.weights().mul(-settings.negatives() * scale);
        NDArray value = q.logNormaliser().zerosLike(); // (B, F)
        if (lambda > 0) {
            NDArray logP = energy.cost(parameters, candidates).mul(-1 / temperature);
            ImportanceWeights p = ImportanceWeights.of(logP, logProposal);
            weights = weights.add(p.weights().mul(lambda * scale));
            NDArray divergence = p.weights()
                    .mul(logP.sub(logQ))
                    .sum(new int[] {1}) // E_p[log p̃ − log q̃], (B, F)
                    .sub(p.logNormaliser())
                    .add(q.logNormaliser());
            value = divergence.mul(lambda);
        }
        NDArray carrier = atDraws.weightedSum(weights);
        if (settings.hasMaximumLikelihood()) {
            Energy.Candidates atOptimum = energy.evaluate(distribution, hindsight.expandDims(1));
            NDArray energies = atOptimum.energies(); // (B, 1, F)
            value = energies.squeeze(1).div(temperature).add(q.logNormaliser()).add(value); // −log q(a*), (B, F)
            carrier = carrier.add(atOptimum.weightedSum(energies.onesLike().mul(scale)));
        }
        NDArray mean = settings.isJoint()
                ? q.weights().transpose(0, 2, 1).matMul(candidates).squeeze(1).mean(new int[] {0})
                : null;
        return new Loss(carrier, value.sum(FACTORS), q.effectiveSampleSize().mean(), mean);
    }

    /** log π − log p(a): what a draw's log-weight loses beside its energy; the prior is flat or the proposal itself. */
    private NDArray logProposalOverPrior(Draws draws) {
        NDArray logProposal = draws.logDensity(energy.isSeparable());
        return settings.hasUniformPrior() ? logProposal : logProposal.zerosLike();
    }

    @Override
    public long bytesPerRow(int samples, int scenarios) {
        return (long) samples * scenarios * energy.bytesPerEvaluation();
    }

    @Override
    public void close() {
        energy.close();
    }
}
