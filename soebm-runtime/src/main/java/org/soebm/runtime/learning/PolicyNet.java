package org.soebm.runtime.learning;

import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.energy.Energy;
import org.soebm.runtime.energy.SampleAverageEnergy;
import org.soebm.runtime.network.ForwardMode;
import org.soebm.runtime.objective.DecisionRule;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.proposal.DecisionBounds;

/**
 * From features straight to the decision: the task's network, with an output a decision, is trained from random weights on the
 * task loss f(y, â(x; θ)), and what is decided is the nearest decision in C. There is no forecast, and the feasible set is not
 * seen in training but by the choice of the model: validation projects, too. A baseline of the paper.
 *
 * <p>It has a schedule of its own, as a network that starts from random weights and is not fine-tuned. Outputs are in units of
 * the training rows' optimal decisions a*, so that it starts at their mean.
 */
public final class PolicyNet implements LearningMethod {
    @Override
    public String name() {
        return "policy-net";
    }

    @Override
    public String description() {
        return "network straight to the decision, trained on the task loss, projected onto the feasible set";
    }

    @Override
    public HyperParameters.Phase ownPhase() {
        return HyperParameters.Phase.POLICY;
    }

    @Override
    public DecisionRule decisionRule() {
        return DecisionRule.PROJECTION;
    }

    @Override
    public Support support(
            StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
        if (Objectives.scenariosWanted(problem.constraints()) > 0) {
            return Support.no("the feasible set's own model asks for scenarios of what is uncertain, of which a network"
                    + " that predicts decisions knows nothing");
        }
        String misfit = network.misfit(features, problem.cost().decisionCount());
        return misfit.isEmpty()
                ? Support.yes()
                : Support.no("the task's network cannot predict its "
                        + problem.cost().decisionCount() + " decisions. " + misfit);
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingControl control) {
        StochasticProblem stochastic = problem.problem();
        @Nullable
        DecisionBounds bounds = stochastic.cost().isDefinedBeyondBounds() ? null : EnergyTraining.bounds(stochastic);
        return TrainingSession.learn(problem, control, session -> {
            session.startAnew(decisionRule(), Standardizer.fit(problem.hindsight()));
            try (Energy cost = new SampleAverageEnergy(stochastic.cost(), session.scope())) {
                session.run(this, ForwardMode.REGULARISED, new PolicyObjective(cost, bounds));
            }
        });
    }
}
