package org.soebm.examples.linearcosts;

import java.util.Random;

/**
 * The standard way to make up costs c that a linear predictor cannot quite learn from features x: a polynomial of a random
 * combination of them, times noise,
 *
 * <pre>
 *   x ~ N(0, I),   c_j = ((b_jᵀx / √dx + 3)^D + 1) / 3.5^D · ε_j,   b_jk ~ Bernoulli(½),   ε_j ~ U(½, 1½)
 * </pre>
 *
 * <p>The degree D says how far from linear that is; 1 is linear. (Elmachtoub, Grigas: Smart "predict, then optimize",
 * Management Science 68, 2022, section 6.1.)
 */
final class PolynomialCosts {
    static final int FEATURES = 5;

    /** By which noise multiplies costs: at least 1 − this, at most 1 + this. */
    static final double NOISE = 0.5;

    private final Random random;
    private final int degree;
    private final double[][] combinations; // (costs, features)

    /**
     * @param count how many costs
     * @param degree D
     * @param random for the combinations, and then for the rows
     */
    PolynomialCosts(int count, int degree, Random random) {
        this.random = random;
        this.degree = degree;
        combinations = new double[count][FEATURES];
        for (double[] combination : combinations) {
            for (int k = 0; k < FEATURES; k++) {
                combination[k] = random.nextBoolean() ? 1 : 0;
            }
        }
    }

    /** The costs of a row with the given features. */
    double[] next(double[] features) {
        double[] costs = new double[combinations.length];
        for (int j = 0; j < costs.length; j++) {
            costs[j] = (Math.pow(base(combinations[j], features), degree) + 1) / Math.pow(3.5, degree) * noise(random);
        }
        return costs;
    }

    /** bᵀx / √dx + 3. */
    static double base(double[] combination, double[] features) {
        double sum = 0;
        for (int k = 0; k < features.length; k++) {
            sum += combination[k] * features[k];
        }
        return sum / Math.sqrt(features.length) + 3;
    }

    /** ε. */
    static double noise(Random random) {
        return 1 + NOISE * (2 * random.nextDouble() - 1);
    }
}
