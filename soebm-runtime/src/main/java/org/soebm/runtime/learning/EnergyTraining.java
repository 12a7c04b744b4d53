package org.soebm.runtime.learning;

import ai.djl.ndarray.NDManager;
import java.util.function.UnaryOperator;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.Support;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.runtime.contrast.Contrast;
import org.soebm.runtime.contrast.ContrastPath;
import org.soebm.runtime.contrast.ContrastSettings;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.GaussianEnergy;
import org.soebm.runtime.energy.Outcomes;
import org.soebm.runtime.energy.ReparameterisedSamples;
import org.soebm.runtime.energy.SampleAverageEnergy;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.proposal.DecisionBounds;
import org.soebm.runtime.proposal.Proposal;

/**
 * What {@link SoEbm} and its variants share: two-stage training, then training of the energy E(x, a; θ).
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
final class EnergyTraining {
    private EnergyTraining() {}

    /** Learns by a method whose own phase minimises a contrast. */
    static Learned learn(
            LearningMethod method,
            LearningProblem problem,
            TrainingControl control,
            UnaryOperator<ContrastSettings> variant) {
        EnergySettings settings = problem.hyperParameters().settings();
        StochasticProblem stochastic = problem.problem();
        Outcomes outcomes = outcomes(stochastic);
        CostFunction cost = cost(stochastic);
        return TrainingSession.learn(problem, control, session -> {
            CandidateDraws candidates = CandidateDraws.of(problem, session.scope(), control.cancellation());
            Proposal proposal = candidates.proposal();
            ContrastPath path = ContrastPath.of(cost, problem.device(), proposal);
            try (Contrast contrast = path.contrast(
                    cost,
                    stochastic.hasClosedForm(),
                    variant.apply(ContrastSettings.of(settings, proposal.isJoint())),
                    session.scope())) {
                EnergyObjective objective = new EnergyObjective(
                        outcomes,
                        contrast,
                        session.likelihood(),
                        settings.likelihoodWeight(),
                        proposal,
                        settings.samples(),
                        contrast.bytesPerRow(
                                settings.samples(), stochastic.hasClosedForm() ? 1 : stochastic.scenarios()));
                session.run(method, ForwardMode.FROZEN_STATISTICS, candidates.growing(objective));
            }
        });
    }

    /** Whether a method of this kind can learn a task, and if not why. */
    static Support support(StochasticProblem problem, HyperParameters hyperParameters) {
        return CandidateChoice.support(problem, hyperParameters);
    }

    /** What the energy is computed from. */
    static Outcomes outcomes(StochasticProblem problem) {
        return problem.hasClosedForm()
                ? Outcomes.PREDICTED
                : new ReparameterisedSamples(problem.simulator(), problem.scenarios());
    }

    /** The cost of the decisions that y has to do with. */
    private static CostFunction cost(StochasticProblem problem) {
        return problem.cost() instanceof PenaltyCost penalties
                ? penalties.restrictedTo(problem.uncertainDecisions())
                : problem.cost();
    }

    /** The energy as tensors; close it after use. */
    static Energy energy(StochasticProblem problem, NDManager scope) {
        CostFunction cost = cost(problem);
        return cost instanceof PenaltyCost penalties && problem.hasClosedForm()
                ? new GaussianEnergy(penalties, scope)
                : new SampleAverageEnergy(cost, scope);
    }

    /** The bounds of the decisions that candidates are made of. */
    static DecisionBounds bounds(StochasticProblem problem) {
        return DecisionBounds.of(problem.constraints(), problem.uncertainDecisions());
    }
}
