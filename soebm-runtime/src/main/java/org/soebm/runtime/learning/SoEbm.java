package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.GaussianEnergy;
import org.soebm.runtime.energy.Outcomes;
import org.soebm.runtime.energy.ReparameterisedSamples;
import org.soebm.runtime.energy.SampleAverageEnergy;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.proposal.MixedOptimaProposal;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;
import org.soebm.runtime.proposal.Proposal;
import org.soebm.runtime.proposal.ReflectedGaussiansProposal;

/**
 * SO-EBM: end-to-end stochastic optimisation with an energy-based model (Kong et al., NeurIPS 2022). After
 * two-stage training, the network is trained so that the energy E(x, a; θ), the expected task cost under its
 * prediction, has its optimum where the optimal decision in hindsight is; see {@link EnergyObjective} for the formula.
 * No solver is called or differentiated in a step: a* was solved once for each row.
 *
 * <p>The energy of a penalty cost under the predicted Gaussian is taken in closed form, every other one as an average over
 * reparameterised samples, through the simulator where there is one.
 *
 * <p>Candidates are made of the decisions that y has to do with. The others' part of exp(−E) and exp(−f) does not depend
 * on the prediction nor on y, so it cancels in the gradient.
 *
 * <p>Batch norm keeps the statistics of two-stage training: this phase fine-tunes what is used in inference, at learning
 * rates at which the noise of a batch's own statistics would outweigh the step.
 */
public final class SoEbm implements LearningMethod {
    @Override
    public String name() {
        return "so-ebm";
    }

    @Override
    public String description() {
        return "energy-based model: maximum likelihood of a* plus lambda times KL to the oracle posterior";
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingListener listener, Cancellation cancellation) {
        EnergySettings settings = problem.hyperParameters().settings();
        StochasticProblem stochastic = problem.problem();
        Outcomes outcomes = stochastic.hasClosedForm()
                ? Outcomes.PREDICTED
                : new ReparameterisedSamples(stochastic.simulator(), stochastic.scenarios());
        Proposal proposal = proposal(stochastic, settings);
        return TrainingSession.learn(problem, listener, cancellation, session -> {
            try (Energy energy = energy(stochastic, session.scope())) {
                session.run(
                        name(),
                        problem.hyperParameters().energy(),
                        ForwardMode.FROZEN_STATISTICS,
                        new EnergyObjective(outcomes, energy, session.likelihood(), proposal, settings));
            }
        });
    }

    private static Energy energy(StochasticProblem problem, NDManager scope) {
        CostFunction cost = problem.cost() instanceof PenaltyCost penalties
                ? penalties.restrictedTo(problem.uncertainDecisions())
                : problem.cost();
        return cost instanceof PenaltyCost penalties && problem.hasClosedForm()
                ? new GaussianEnergy(penalties, scope)
                : new SampleAverageEnergy(cost, scope);
    }

    private static Proposal proposal(StochasticProblem problem, EnergySettings settings) {
        if (settings.prior() == DecisionPrior.OPTIMA) {
            return new MixedOptimaProposal();
        }
        return problem.cost().isDefinedBeyondBounds()
                ? new MixtureOfGaussiansProposal(settings.proposalStds())
                : ReflectedGaussiansProposal.within(
                        problem.constraints(), problem.uncertainDecisions(), settings.proposalStds());
    }
}
