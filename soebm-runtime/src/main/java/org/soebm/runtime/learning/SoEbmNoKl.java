package org.soebm.runtime.learning;

import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.contrast.ContrastSettings;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * SO-EBM without the divergence from the oracle posterior, L = L_MLE: an ablation of Kong et al., NeurIPS 2022, Table 1. All
 * else is as in {@link SoEbm}, a weight of the likelihood of y included.
 */
public final class SoEbmNoKl implements LearningMethod {
    @Override
    public String name() {
        return "so-ebm-no-kl";
    }

    @Override
    public String description() {
        return "so-ebm without the KL term: an ablation";
    }

    @Override
    public Support support(
            StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
        return EnergyTraining.support(problem, hyperParameters);
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingControl control) {
        return EnergyTraining.learn(this, problem, control, ContrastSettings::withoutDivergence);
    }
}
