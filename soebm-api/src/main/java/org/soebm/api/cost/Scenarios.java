package org.soebm.api.cost;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Scenarios of the uncertain parameters y with their probabilities. The arrays are not copied; do not change them.
 *
 * @param parameters y, shape (S, dy)
 * @param weights probabilities, length S
 */
public record Scenarios(double[][] parameters, double[] weights) {
    private static final double SUM_TOLERANCE = 1e-9;

    /**
     * @throws IllegalArgumentException when there is no scenario, one is of another length than the first, a number is
     *     not finite, or the weights are not probabilities that sum to 1
     */
    public Scenarios {
        if (parameters.length == 0 || parameters.length != weights.length) {
            throw new IllegalArgumentException("There are " + parameters.length + " scenarios and " + weights.length
                    + " weights, but there must be as many of both, and at least one.");
        }
        double sum = 0;
        for (int s = 0; s < parameters.length; s++) {
            if (parameters[s].length != parameters[0].length) {
                throw new IllegalArgumentException("Scenario " + s + " has " + parameters[s].length
                        + " parameters, but scenario 0 has " + parameters[0].length + ".");
            }
            for (int i = 0; i < parameters[s].length; i++) {
                if (!Double.isFinite(parameters[s][i])) {
                    throw new IllegalArgumentException("Parameter " + i + " of scenario " + s + " is "
                            + parameters[s][i] + ", but must be finite.");
                }
            }
            if (!(weights[s] >= 0)) {
                throw new IllegalArgumentException(
                        "The weight of scenario " + s + " is " + weights[s] + ", but must not be negative.");
            }
            sum += weights[s];
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException("The weights of the scenarios sum to " + sum + ", but must sum to 1.");
        }
    }

    /** The one scenario of a known y. */
    public static Scenarios known(double[] parameters) {
        return new Scenarios(new double[][] {parameters.clone()}, new double[] {1});
    }

    /** Scenarios of equal probability. */
    public static Scenarios equallyLikely(double[][] parameters) {
        double[] weights = new double[parameters.length];
        Arrays.fill(weights, 1.0 / parameters.length);
        return new Scenarios(parameters, weights);
    }

    /**
     * Scenarios of independent y_i ~ N(mean_i, std_i²) by Latin hypercube sampling: each parameter takes the medians of
     * {@code count} equally likely intervals, one a scenario, in an order of its own. The same arguments give the same
     * scenarios, and the same order for all means, so that decisions change smoothly with the prediction.
     *
     * @param mean length dy
     * @param std length dy, at least 0
     * @param count S, at least 1
     */
    public static Scenarios ofGaussian(double[] mean, double[] std, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("The number of scenarios is " + count + ", but must be at least 1.");
        }
        if (mean.length != std.length) {
            throw new IllegalArgumentException(
                    "There are " + mean.length + " means, but " + std.length + " standard deviations.");
        }
        double[] quantiles = new double[count];
        for (int s = 0; s < count; s++) {
            quantiles[s] = StandardNormal.quantile((s + 0.5) / count);
        }
        double[][] parameters = new double[count][mean.length];
        Random random = new Random(count);
        for (int i = 0; i < mean.length; i++) {
            if (!(std[i] >= 0)) {
                throw new IllegalArgumentException(
                        "The std of parameter " + i + " is " + std[i] + ", but must not be negative.");
            }
            List<Integer> order = IntStream.range(0, count).boxed().collect(Collectors.toList());
            Collections.shuffle(order, random);
            for (int s = 0; s < count; s++) {
                parameters[s][i] = mean[i] + std[i] * quantiles[order.get(s)];
            }
        }
        return equallyLikely(parameters);
    }

    /** The number S of scenarios. */
    public int count() {
        return parameters.length;
    }
}
