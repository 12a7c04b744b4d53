package org.soebm.runtime.contrast;

import org.soebm.api.task.DecisionPrior;
import org.soebm.api.task.EnergySettings;

/**
 * Which contrast.
 *
 * @param temperature T
 * @param hasMaximumLikelihood whether L_MLE is part of it; else a* counts only as the place where candidates are drawn
 * @param lambda λ, the weight of L_KL, at least 0
 * @param hasUniformPrior whether weights undo the proposal; else the prior is the proposal itself, which then cancels
 */
public record ContrastSettings(
        double temperature, boolean hasMaximumLikelihood, double lambda, boolean hasUniformPrior) {
    /** Both terms. */
    public static ContrastSettings of(EnergySettings settings) {
        return new ContrastSettings(
                settings.temperature(), true, settings.lambda(), settings.prior() == DecisionPrior.UNIFORM);
    }

    /** The same without L_MLE. */
    public ContrastSettings withoutMaximumLikelihood() {
        return new ContrastSettings(temperature, false, lambda, hasUniformPrior);
    }

    /** The same without L_KL. */
    public ContrastSettings withoutDivergence() {
        return new ContrastSettings(temperature, hasMaximumLikelihood, 0, hasUniformPrior);
    }

    /** How much the negatives, the expectation under q, weigh. */
    double negatives() {
        return (hasMaximumLikelihood ? 1 : 0) + lambda;
    }
}
