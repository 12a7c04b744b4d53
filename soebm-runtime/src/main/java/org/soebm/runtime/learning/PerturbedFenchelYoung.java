package org.soebm.runtime.learning;

import java.util.Arrays;
import org.soebm.runtime.pool.SolutionPool;

/**
 * The perturbed Fenchel-Young loss (Berthet et al., "Learning with differentiable perturbed optimizers", NeurIPS 2020) of
 * costs c(y)ᵀa, whose gradient needs no derivative of the solver,
 *
 * <pre>  ∂ℓ/∂ĉ = a*(c) − 1/M Σ_m a*(ĉ + σ ε_m),   ε_m ~ N(0, I).</pre>
 *
 * <p>M solves a row and step, or a share of them with a solve ratio below 1; ĉ is perturbed through ŷ, in units of y. The value
 * that is reported is ĉᵀa* − 1/M Σ_m (ĉ + σε_m)ᵀa*(ĉ + σε_m), the loss up to a term that does not depend on ĉ.
 */
public final class PerturbedFenchelYoung implements LinearCostMethod {
    /** M of the benchmark of PyEPO (Tang and Khalil, 2023). */
    private static final int SAMPLES = 1;

    /** σ of the same. */
    private static final double SIGMA = 1;

    private final int samples;
    private final double sigma;

    /** With one perturbation a row and step, of standard deviation 1. */
    public PerturbedFenchelYoung() {
        this(SAMPLES, SIGMA);
    }

    /**
     * With other perturbations.
     *
     * @param samples M, at least 1
     * @param sigma σ, positive, in units of y
     */
    public PerturbedFenchelYoung(int samples, double sigma) {
        this.samples = samples;
        this.sigma = sigma;
    }

    @Override
    public String name() {
        return "pfyl";
    }

    @Override
    public String description() {
        return "linear costs: perturbed Fenchel-Young loss, solves of perturbed predictions";
    }

    @Override
    public LinearCostLoss loss(PooledArgmin argmin, SolutionPool pool) {
        return (predicted, real, hindsight, random) -> {
            double[][] perturbed = new double[predicted.length * samples][];
            Arrays.setAll(perturbed, i -> {
                double[] y = predicted[i / samples].clone();
                for (int j = 0; j < y.length; j++) {
                    y[j] += sigma * random.nextGaussian();
                }
                return y;
            });
            double[][] optima = argmin.of(perturbed, random);
            double[] values = new double[predicted.length];
            double[][] gradients = new double[predicted.length][];
            for (int row = 0; row < predicted.length; row++) {
                gradients[row] = hindsight[row].clone();
                values[row] = Vectors.dot(argmin.coefficients(predicted[row]), hindsight[row]);
                for (int i = row * samples; i < (row + 1) * samples; i++) {
                    gradients[row] = Vectors.sum(1, gradients[row], -1.0 / samples, optima[i]);
                    values[row] -= Vectors.dot(argmin.coefficients(perturbed[i]), optima[i]) / samples;
                }
            }
            return new LinearCostLoss.Gradients(values, gradients);
        };
    }
}
