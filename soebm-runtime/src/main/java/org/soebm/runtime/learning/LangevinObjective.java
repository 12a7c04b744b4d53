package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.PredictiveDistribution;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.Likelihood;
import org.soebm.runtime.energy.Outcomes;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.ImportanceWeights;
import org.soebm.runtime.proposal.LangevinDynamics;
import org.soebm.runtime.proposal.Proposal;

/**
 * SO-EBM's objective as {@link EnergyObjective} has it, under a uniform prior, but with E_q ∂E(ã) as the mean over the ends of
 * short Langevin chains that start at a* (contrastive divergence),
 *
 * <pre>  1/T · ( ∂E(a*) − ∂E(ã) + λ (E_{p(a|y)} ∂E(â) − ∂E(ã)) ).</pre>
 *
 * <p>The oracle posterior p does not depend on θ, and its expectation stays one by self-normalised importance sampling. The
 * normalising constant of q is not known this way, so the value of the loss is that of the difference of energies whose
 * gradient is followed.
 */
final class LangevinObjective implements TrainingObjective {
    private static final int[] FACTORS = {1};
    private static final int[] CANDIDATES = {1};

    private final Outcomes outcomes;
    private final Energy energy;
    private final Likelihood likelihood;
    private final Proposal proposal;
    private final EnergySettings settings;
    private final LangevinDynamics dynamics;
    private final int chains;

    /**
     * The objective.
     *
     * @param proposal of the draws for p
     * @param dynamics at the temperature of the settings
     * @param chains a row, for q
     */
    LangevinObjective(
            Outcomes outcomes,
            Energy energy,
            Likelihood likelihood,
            Proposal proposal,
            EnergySettings settings,
            LangevinDynamics dynamics,
            int chains) {
        this.outcomes = outcomes;
        this.energy = energy;
        this.likelihood = likelihood;
        this.proposal = proposal;
        this.settings = settings;
        this.dynamics = dynamics;
        this.chains = chains;
    }

    @Override
    public boolean looksAhead() {
        return true;
    }

    /** Runs the chains, whose slopes may take a recording of their own. */
    @Override
    public TrainingObjective at(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        PredictiveDistribution distribution = outcomes.of(prediction, batch.unscaled(), scope);
        NDArray negatives = dynamics.run(
                batch.hindsight(),
                chains,
                energy.isSeparable(),
                candidates -> energy.decisionGradient(distribution, candidates),
                scope);
        return (recorded, sameBatch, stepScope) -> loss(recorded, sameBatch, negatives, stepScope);
    }

    @Override
    public StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        throw new IllegalStateException("The chains cannot run while gradients are recorded; call at() before.");
    }

    /** The loss for given ã, shape (B, chains, da). */
    private StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDArray negatives, NDManager scope) {
        double temperature = settings.temperature();
        double lambda = settings.lambda();
        double scale = 1 / (temperature * batch.hindsight().getShape().get(0));
        PredictiveDistribution distribution = outcomes.of(prediction, batch.unscaled(), scope);
        Energy.Candidates atOptimum =
                energy.evaluate(distribution, batch.hindsight().expandDims(1));
        Energy.Candidates atNegatives = energy.evaluate(distribution, negatives);
        NDArray ofOptimum = atOptimum.energies(); // (B, 1, F)
        NDArray ofNegatives = atNegatives.energies(); // (B, chains, F)

        NDArray negative = ofNegatives.mean(CANDIDATES);
        NDArray value = ofOptimum.squeeze(1).sub(negative); // (B, F)
        NDArray carrier = atOptimum
                .weightedSum(ofOptimum.onesLike().mul(scale))
                .add(atNegatives.weightedSum(ofNegatives.onesLike().mul(-(1 + lambda) * scale / chains)));
        if (lambda > 0) {
            Draws draws = proposal.draw(batch.hindsight(), settings.samples(), scope);
            Energy.Candidates atDraws = energy.evaluate(distribution, draws.candidates());
            NDArray logP = energy.cost(batch.parameters(), draws.candidates()).mul(-1 / temperature);
            NDArray p = ImportanceWeights.of(
                            logP, energy.isSeparable() ? draws.marginalLogDensity() : draws.logDensity())
                    .weights(); // (B, M, F)
            NDArray positive = p.mul(atDraws.energies()).sum(CANDIDATES);
            value = value.add(positive.sub(negative).mul(lambda));
            carrier = carrier.add(atDraws.weightedSum(p.mul(lambda * scale)));
        }
        NDArray loss = value.sum(FACTORS).div(temperature); // (B)
        if (settings.likelihoodWeight() > 0) {
            NDArray term = EnergyObjective.weightedLikelihood(
                    likelihood, settings.likelihoodWeight(), prediction, batch, scope);
            carrier = carrier.add(term.mean());
            loss = loss.add(term.stopGradient());
        }
        return new StepLoss(carrier, loss.mean(), null);
    }
}
