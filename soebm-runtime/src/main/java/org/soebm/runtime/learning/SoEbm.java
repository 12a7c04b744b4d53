package org.soebm.runtime.learning;

import java.util.function.UnaryOperator;
import org.soebm.api.solver.Support;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.NetworkSpec;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * SO-EBM: end-to-end stochastic optimisation with an energy-based model (Kong et al., NeurIPS 2022). After
 * two-stage training, the network is trained so that the energy E(x, a; θ), the expected task cost under its
 * prediction, has its optimum where the optimal decision in hindsight is; see {@link org.soebm.runtime.contrast.Contrast} for the formula.
 * No solver is called or differentiated in a step: a* was solved once for each row.
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
    public Support support(
            StochasticProblem problem, HyperParameters hyperParameters, int features, NetworkSpec network) {
        return EnergyTraining.support(problem, hyperParameters);
    }

    @Override
    public Learned learn(LearningProblem problem, TrainingControl control) {
        return EnergyTraining.learn(this, problem, control, UnaryOperator.identity());
    }
}
