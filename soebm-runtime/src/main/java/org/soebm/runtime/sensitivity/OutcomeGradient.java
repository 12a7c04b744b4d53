package org.soebm.runtime.sensitivity;

/**
 * The gradient of a loss with respect to {@link PredictedOutcomes}.
 *
 * @param means shape (S, dy)
 * @param stds shape (S, dy)
 */
public record OutcomeGradient(double[][] means, double[][] stds) {
    static OutcomeGradient zero(int count, int width) {
        return new OutcomeGradient(new double[count][width], new double[count][width]);
    }
}
