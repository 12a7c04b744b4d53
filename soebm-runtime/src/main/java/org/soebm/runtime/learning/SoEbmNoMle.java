package org.soebm.runtime.learning;

import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.contrast.ContrastSettings;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * SO-EBM without the likelihood of the optimal decision, L = λ L_KL: an ablation of Kong et al., NeurIPS 2022, Table 1. All
 * else is as in {@link SoEbm}, a weight of the likelihood of y included.
 */
public final class SoEbmNoMle implements LearningMethod {
    @Override
    public String name() {
        return "so-ebm-no-mle";
    }

    @Override
    public String description() {
        return "so-ebm without maximum likelihood of a*: an ablation";
    }

    @Override
    public Support support(
            StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
        return hyperParameters.settings().lambda() > 0
                ? EnergyTraining.support(problem, hyperParameters)
                : Support.no("the KL term is all that it has, but its weight lambda is 0");
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingControl control) {
        return EnergyTraining.learn(this, problem, control, ContrastSettings::withoutMaximumLikelihood);
    }
}
