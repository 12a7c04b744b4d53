package org.soebm.runtime.learning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.PredictiveDistribution;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.Likelihood;
import org.soebm.runtime.energy.Outcomes;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.ImportanceWeights;
import org.soebm.runtime.proposal.Proposal;

/**
 * SO-EBM's objective L = L_MLE + λ L_KL with L_MLE = −log q(a* | x; θ) and L_KL = KL(p(a | y) ‖ q(a | x; θ)), where
 * q ∝ exp(−E/T) and p(a | y) ∝ exp(−f(y, a)/T). Its gradient is
 *
 * <pre>  1/T · ( ∂E(a*) − E_q ∂E(ã) + λ (E_{p(a|y)} ∂E(â) − E_q ∂E(ã)) ),</pre>
 *
 * both expectations by self-normalised importance sampling from the same M draws of the proposal. The weights are
 * constants of the gradient; a self-normalised estimate has a bias of order 1/M.
 *
 * <p>Under {@link DecisionPrior#PROPOSAL} and {@link DecisionPrior#OPTIMA} both distributions have the factor π(a) in place
 * of a flat prior, and their weights no longer have to undo the proposal.
 *
 * <p>With a likelihood weight γ the objective has a third term γ L_NLL = −γ log p(y | x; θ): the energy alone does not see
 * how far the prediction is off where the costs are flat.
 *
 * <p>Where energy and cost are sums over single decisions, q, p and ∂E fall apart into factors, and each expectation is
 * taken under the factor's own one-dimensional density, with the marginal of the proposal. The expectation is the same;
 * the effective sample size is that of one dimension instead of collapsing with the number of decisions.
 *
 * <p>Either of the paper's two terms can be left out, for its ablations.
 */
final class EnergyObjective implements TrainingObjective {
    private static final int[] FACTORS = {1};

    private final Outcomes outcomes;
    private final Energy energy;
    private final Likelihood likelihood;
    private final Proposal proposal;
    private final EnergySettings settings;
    private final boolean hasMaximumLikelihood;

    private EnergyObjective(
            Outcomes outcomes,
            Energy energy,
            Likelihood likelihood,
            Proposal proposal,
            EnergySettings settings,
            boolean hasMaximumLikelihood) {
        this.hasMaximumLikelihood = hasMaximumLikelihood;
        this.outcomes = outcomes;
        this.energy = energy;
        this.likelihood = likelihood;
        this.proposal = proposal;
        this.settings = settings;
    }

    /**
     * The whole objective.
     *
     * @param outcomes what the energy is computed from
     * @param likelihood of the third term; not called where its weight is 0
     */
    EnergyObjective(
            Outcomes outcomes, Energy energy, Likelihood likelihood, Proposal proposal, EnergySettings settings) {
        this(outcomes, energy, likelihood, proposal, settings, true);
    }

    /** λ L_KL + γ L_NLL; a* counts only as the place where candidates are drawn. */
    static EnergyObjective withoutMaximumLikelihood(
            Outcomes outcomes, Energy energy, Likelihood likelihood, Proposal proposal, EnergySettings settings) {
        return new EnergyObjective(outcomes, energy, likelihood, proposal, settings, false);
    }

    /** L_MLE + γ L_NLL. */
    static EnergyObjective withoutDivergence(
            Outcomes outcomes, Energy energy, Likelihood likelihood, Proposal proposal, EnergySettings settings) {
        return new EnergyObjective(outcomes, energy, likelihood, proposal, settings.withLambda(0));
    }

    @Override
    public StepLoss loss(GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        double temperature = settings.temperature();
        double lambda = settings.lambda();
        long rows = batch.hindsight().getShape().get(0);
        Draws draws = proposal.draw(batch.hindsight(), settings.samples(), scope);
        PredictiveDistribution distribution = outcomes.of(prediction, batch.unscaled(), scope);
        Energy.Candidates atDraws = energy.evaluate(distribution, draws.candidates());
        NDArray logQ = atDraws.energies().mul(-1 / temperature); // log q up to a constant, (B, M, F)
        NDArray logProposal = logProposalOverPrior(draws);
        ImportanceWeights q = ImportanceWeights.of(logQ, logProposal);

        double scale = 1 / (temperature * rows);
        double negatives = (hasMaximumLikelihood ? 1 : 0) + lambda;
        NDArray weights = q.weights().mul(-negatives * scale);
        NDArray value = q.logNormaliser().zerosLike(); // (B, F)
        if (lambda > 0) {
            NDArray logP = energy.cost(batch.parameters(), draws.candidates()).mul(-1 / temperature);
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
        if (hasMaximumLikelihood) {
            Energy.Candidates atOptimum =
                    energy.evaluate(distribution, batch.hindsight().expandDims(1));
            NDArray energies = atOptimum.energies(); // (B, 1, F)
            value = energies.squeeze(1).div(temperature).add(q.logNormaliser()).add(value); // −log q(a*), (B, F)
            carrier = carrier.add(atOptimum.weightedSum(energies.onesLike().mul(scale)));
        }
        NDArray loss = value.sum(FACTORS); // (B)
        if (settings.likelihoodWeight() > 0) {
            NDArray term = weightedLikelihood(likelihood, settings.likelihoodWeight(), prediction, batch, scope);
            carrier = carrier.add(term.mean());
            loss = loss.add(term.stopGradient());
        }
        return new StepLoss(carrier, loss.mean(), q.effectiveSampleSize().mean());
    }

    /** log π − log p(a): what a draw's log-weight loses beside its energy; the prior is flat or the proposal itself. */
    private NDArray logProposalOverPrior(Draws draws) {
        NDArray logProposal = energy.isSeparable() ? draws.marginalLogDensity() : draws.logDensity();
        return settings.prior() == DecisionPrior.UNIFORM ? logProposal : logProposal.zerosLike();
    }

    /** γ · (−log p(o | x; θ)) of each row, differentiable in the prediction, shape (B). */
    static NDArray weightedLikelihood(
            Likelihood likelihood, double weight, GaussianDistribution prediction, RowBatch batch, NDManager scope) {
        NDArray term = likelihood.negativeLogLikelihood(prediction, batch.observations(), scope);
        // A tensor and not a number: autograd keeps the factor, and DJL lends a number memory that may be freed before.
        return term.mul(term.zerosLike().add(weight));
    }
}
