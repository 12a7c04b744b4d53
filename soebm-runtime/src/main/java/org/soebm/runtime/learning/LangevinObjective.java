package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.PredictiveDistribution;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.Likelihood;
import org.soebm.runtime.energy.Outcomes;
import org.soebm.runtime.proposal.LangevinDynamics;

/**
 * SO-EBM's objective as {@link org.soebm.runtime.contrast.Contrast} has it, under a uniform prior, but with each expectation as the mean over the
 * ends of short Langevin chains that start at a* (contrastive divergence),
 *
 * <pre>  1/T · ( ∂E(a*) − ∂E(ã) + λ (∂E(â) − ∂E(ã)) ),   ã from q ∝ exp(−E/T), â from p(a | y) ∝ exp(−f(y, a)/T).</pre>
 *
 * <p>Both come from chains since λ multiplies their difference: chains and weighted draws of a proposal reach different parts
 * of flat tails, and mixed, that difference outweighs the one between q and p. (On power-scheduling it made decisions worse
 * with every epoch.)
 *
 * <p>Normalising constants are not known this way, so the value of the loss is that of the difference of energies whose
 * gradient is followed.
 */
final class LangevinObjective implements LookAheadObjective {
    private static final int[] FACTORS = {1};
    private static final int[] CANDIDATES = {1};

    private final Outcomes outcomes;
    private final Energy energy;
    private final Likelihood likelihood;
    private final EnergySettings settings;
    private final LangevinDynamics dynamics;
    private final int chains;

    /**
     * The objective.
     *
     * @param dynamics at the temperature of the settings
     * @param chains a row, for each of q and p
     */
    LangevinObjective(
            Outcomes outcomes,
            Energy energy,
            Likelihood likelihood,
            EnergySettings settings,
            LangevinDynamics dynamics,
            int chains) {
        this.outcomes = outcomes;
        this.energy = energy;
        this.likelihood = likelihood;
        this.settings = settings;
        this.dynamics = dynamics;
        this.chains = chains;
    }

    /** Runs the chains, whose slopes may take a recording of their own. */
    @Override
    public TrainingObjective at(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        PredictiveDistribution distribution = outcomes.of(prediction, batch.unscaled(), scope);
        NDArray negatives = chainEnds(distribution, batch, scope);
        NDArray positives =
                settings.lambda() > 0 ? chainEnds(energy.known(batch.parameters()), batch, scope) : negatives;
        return (recorded, sameBatch, stepScope) -> loss(recorded, sameBatch, negatives, positives, stepScope);
    }

    private NDArray chainEnds(PredictiveDistribution distribution, RowBatch batch, NDManager scope) {
        return dynamics.run(
                batch.hindsight(),
                chains,
                energy.isSeparable(),
                candidates -> energy.decisionGradient(distribution, candidates),
                scope);
    }

    /** The loss for given ã and â, shape (B, chains, da). */
    private TrainingObjective.StepLoss loss(
            GaussianDistribution prediction, RowBatch batch, NDArray negatives, NDArray positives, NDManager scope) {
        double temperature = settings.temperature();
        double lambda = settings.lambda();
        double scale = 1 / (temperature * batch.hindsight().getShape().get(0));
        // Sampled outcomes are those that the chains saw: the step seeds both of its predictions alike, and ε is drawn
        // next.
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
            Energy.Candidates atPositives = energy.evaluate(distribution, positives);
            NDArray ofPositives = atPositives.energies();
            value = value.add(ofPositives.mean(CANDIDATES).sub(negative).mul(lambda));
            carrier = carrier.add(atPositives.weightedSum(ofPositives.onesLike().mul(lambda * scale / chains)));
        }
        NDArray loss = value.sum(FACTORS).div(temperature); // (B)
        if (settings.likelihoodWeight() > 0) {
            NDArray term = EnergyObjective.weightedLikelihood(
                    likelihood, settings.likelihoodWeight(), prediction, batch, scope);
            carrier = carrier.add(term.mean());
            loss = loss.add(term.stopGradient());
        }
        return new TrainingObjective.StepLoss(carrier, loss.mean(), null);
    }
}
