package org.soebm.runtime.learning;

import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.task.EnergySettings;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.GaussianEnergy;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.proposal.MixtureOfGaussiansProposal;

/**
 * SO-EBM: end-to-end stochastic optimisation with an energy-based model (Kong et al., NeurIPS 2022). After
 * two-stage training, the network is trained so that the energy E(x, a; θ), the expected task cost under its
 * prediction, has its optimum where the optimal decision in hindsight is; see {@link EnergyObjective} for the formula.
 * No solver is called or differentiated in a step: a* was solved once for each row.
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
        PenaltyCost cost = problem.cost().restrictedTo(problem.cost().uncertainDecisions());
        return TrainingSession.learn(problem, listener, cancellation, session -> {
            try (Energy energy = new GaussianEnergy(cost, session.scope())) {
                session.run(
                        name(),
                        problem.hyperParameters().energy(),
                        ForwardMode.FROZEN_STATISTICS,
                        new EnergyObjective(energy, new MixtureOfGaussiansProposal(settings.proposalStds()), settings));
            }
        });
    }
}
