package org.soebm.runtime.learning;

import org.soebm.runtime.pool.SolutionPool;

/**
 * Differentiation of a black-box solver (Pogančić et al., "Differentiation of blackbox combinatorial solvers", ICLR 2020): the
 * task loss cᵀâ of the decision â = a*(ĉ) is given the gradient of a piecewise linear interpolation,
 *
 * <pre>  ∂ℓ/∂ĉ = −1/λ (a*(ĉ) − a*(ĉ + λ c)),</pre>
 *
 * c being the loss's derivative in the decision. Two solves a row and step, or a share of them with a solve ratio below 1.
 */
public final class BlackBox implements LinearCostMethod {
    /** λ of the benchmark of PyEPO (Tang and Khalil, 2023). */
    private static final double LAMBDA = 10;

    private final double lambda;

    /** With λ = 10. */
    public BlackBox() {
        this(LAMBDA);
    }

    /**
     * With another interpolation.
     *
     * @param lambda λ, positive
     */
    public BlackBox(double lambda) {
        this.lambda = lambda;
    }

    @Override
    public String name() {
        return "dbb";
    }

    @Override
    public String description() {
        return "linear costs: task loss through a black-box solver, two solves a row and step";
    }

    @Override
    public LinearCostLoss loss(PooledArgmin argmin, SolutionPool pool) {
        return (predicted, real, hindsight, random) -> {
            int rows = predicted.length;
            double[][] both = new double[2 * rows][];
            for (int row = 0; row < rows; row++) {
                both[row] = predicted[row];
                both[rows + row] = Vectors.sum(1, predicted[row], lambda, real[row]);
            }
            double[][] optima = argmin.of(both, random);
            double[] values = new double[rows];
            double[][] gradients = new double[rows][];
            for (int row = 0; row < rows; row++) {
                values[row] = Vectors.dot(argmin.coefficients(real[row]), optima[row]);
                gradients[row] = Vectors.sum(-1 / lambda, optima[row], 1 / lambda, optima[rows + row]);
            }
            return new LinearCostLoss.Gradients(values, gradients);
        };
    }
}
