package org.soebm.runtime.learning;

import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.Support;
import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.Outcomes;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.proposal.DecisionBounds;
import org.soebm.runtime.proposal.LangevinDynamics;

/**
 * SO-EBM with negatives by Langevin dynamics in place of importance sampling: {@value #CHAINS} chains a row start at a* and take
 * {@value LangevinDynamics#DEFAULT_STEPS} steps towards q(a | x; θ) ∝ exp(−E/T), and as many towards the oracle posterior; see {@link LangevinObjective} for the
 * formula. The baseline of the paper for how to sample: the gradient of E in the decisions is needed at each step of each
 * chain. All else is as in {@link SoEbm}.
 */
public final class SoEbmLangevin implements LearningMethod {
    /**
     * Contrastive divergence takes one a row and leaves the rest to the batch; with λ in the hundreds their noise would
     * drown the rest.
     */
    private static final int CHAINS = 8;

    @Override
    public String name() {
        return "so-ebm-langevin";
    }

    @Override
    public String description() {
        return "so-ebm with Langevin dynamics in place of importance sampling";
    }

    @Override
    public Support support(
            StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
        if (CandidateChoice.isLinear(problem)) {
            return Support.no(
                    "its cost is linear in the decisions, so exp(-E) over all of R^d has no finite integral and"
                            + " chains would run away. Use so-ebm");
        }
        DecisionPrior prior = hyperParameters.settings().prior();
        return prior == DecisionPrior.UNIFORM
                ? Support.yes()
                : Support.no("its chains need a uniform prior of the decisions, but the task's is " + prior);
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingControl control) {
        EnergySettings common = problem.hyperParameters().settings();
        @Nullable
        DecisionBounds bounds =
                problem.problem().cost().isDefinedBeyondBounds() ? null : EnergyTraining.bounds(problem.problem());
        LangevinDynamics dynamics = new LangevinDynamics(
                LangevinDynamics.DEFAULT_STEPS, common.temperature(), Collections.max(common.proposalStds()), bounds);
        Outcomes outcomes = EnergyTraining.outcomes(problem.problem());
        return TrainingSession.learn(problem, control, session -> {
            try (Energy energy = EnergyTraining.energy(problem.problem(), session.scope())) {
                session.run(
                        this,
                        ForwardMode.FROZEN_STATISTICS,
                        new LangevinObjective(outcomes, energy, session.likelihood(), common, dynamics, CHAINS));
            }
        });
    }
}
