package org.soebm.runtime.contrast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.soebm.api.cost.AffineResidual;
import org.soebm.api.cost.PenaltyCost;

/** All binary vectors under a row of weights, and a linear cost over them, with expectations by summation in doubles. */
final class EnumeratedSet {
    final PenaltyCost cost;
    final List<double[]> decisions = new ArrayList<>();

    /** Items of random weights, half of which fit. */
    EnumeratedSet(int items, Random random) {
        double[] weights = random.doubles(items, 1, 3).toArray();
        double capacity = 0.5 * Arrays.stream(weights).sum();
        for (int bits = 0; bits < 1 << items; bits++) {
            double[] decision = new double[items];
            double weight = 0;
            for (int i = 0; i < items; i++) {
                decision[i] = bits >> i & 1;
                weight += decision[i] * weights[i];
            }
            if (weight <= capacity) {
                decisions.add(decision);
            }
        }
        PenaltyCost.Builder linear = PenaltyCost.builder(items, items);
        for (int i = 0; i < items; i++) {
            linear.bilinear(i, i, -1).bilinear(i, (i + 1) % items, 0.25 * random.nextGaussian());
            linear.identity(0.1 * i, AffineResidual.decision(i));
        }
        cost = linear.build();
    }

    /** exp(−cᵀa/T) of each decision over their sum, times some prior. */
    double[] softmin(double[] coefficients, double temperature, double[] prior) {
        double[] weights = new double[decisions.size()];
        double sum = 0;
        for (int s = 0; s < weights.length; s++) {
            weights[s] = prior[s] * Math.exp(-dot(coefficients, decisions.get(s)) / temperature);
            sum += weights[s];
        }
        for (int s = 0; s < weights.length; s++) {
            weights[s] /= sum;
        }
        return weights;
    }

    double[] uniform() {
        double[] prior = new double[decisions.size()];
        Arrays.fill(prior, 1);
        return prior;
    }

    /** Σ_s w_s a_s. */
    double[] mean(double[] weights) {
        double[] mean = new double[cost.decisionCount()];
        for (int s = 0; s < weights.length; s++) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += weights[s] * decisions.get(s)[i];
            }
        }
        return mean;
    }

    double[] cheapest(double[] coefficients) {
        return decisions.stream()
                .min((a, b) -> Double.compare(dot(coefficients, a), dot(coefficients, b)))
                .orElseThrow();
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
