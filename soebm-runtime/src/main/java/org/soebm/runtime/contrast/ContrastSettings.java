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
 * @param isJoint whether candidates are weighted as a whole, even where the cost is a sum over single decisions
 * @param margin κ of {@link LinearContrast}, 0 for the paper's objective
 */
public record ContrastSettings(
        double temperature,
        boolean hasMaximumLikelihood,
        double lambda,
        boolean hasUniformPrior,
        boolean isJoint,
        double margin) {
    /** Both terms, with weights by decision where the cost admits them. */
    public static ContrastSettings of(EnergySettings settings) {
        return of(settings, false);
    }

    /** Both terms. */
    public static ContrastSettings of(EnergySettings settings, boolean isJoint) {
        return new ContrastSettings(
                settings.temperature(),
                true,
                settings.lambda(),
                settings.prior() == DecisionPrior.UNIFORM,
                isJoint,
                settings.margin());
    }

    /** The same without L_MLE. */
    public ContrastSettings withoutMaximumLikelihood() {
        return new ContrastSettings(temperature, false, lambda, hasUniformPrior, isJoint, margin);
    }

    /** The same without L_KL. */
    public ContrastSettings withoutDivergence() {
        return new ContrastSettings(temperature, hasMaximumLikelihood, 0, hasUniformPrior, isJoint, margin);
    }

    /** How much the negatives, the expectation under q, weigh. */
    double negatives() {
        return (hasMaximumLikelihood ? 1 : 0) + lambda;
    }
}
