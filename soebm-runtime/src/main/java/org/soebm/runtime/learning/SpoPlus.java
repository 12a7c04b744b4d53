package org.soebm.runtime.learning;

import java.util.Arrays;
import org.soebm.runtime.pool.SolutionPool;

/**
 * The SPO+ loss (Elmachtoub and Grigas, "Smart predict, then optimize", Management Science 2022) of costs c(y)ᵀa,
 *
 * <pre>  ℓ(ĉ, c) = max_{a ∈ C} (c − 2ĉ)ᵀa + 2ĉᵀa*(c) − cᵀa*(c),   ∂ℓ/∂ĉ = 2 (a*(c) − a*(2ĉ − c)),</pre>
 *
 * a convex upper bound of the regret. A solve a row and step, or for a share of the rows with a solve ratio below 1
 * ({@link org.soebm.api.task.CandidateSettings#solveRatio}), the rest by the best decision of a cache of solutions.
 */
public final class SpoPlus implements LinearCostMethod {
    @Override
    public String name() {
        return "spo-plus";
    }

    @Override
    public String description() {
        return "linear costs: the SPO+ bound of the regret, a solve a row and step";
    }

    @Override
    public LinearCostLoss loss(PooledArgmin argmin, SolutionPool pool) {
        return (predicted, real, hindsight, random) -> {
            double[][] beyond = new double[predicted.length][];
            Arrays.setAll(beyond, row -> Vectors.sum(2, predicted[row], -1, real[row]));
            double[][] worst = argmin.of(beyond, random);
            double[] values = new double[beyond.length];
            double[][] gradients = new double[beyond.length][];
            for (int row = 0; row < beyond.length; row++) {
                double[] towards = Vectors.sum(1, hindsight[row], -1, worst[row]);
                values[row] = Vectors.dot(argmin.coefficients(beyond[row]), towards);
                gradients[row] = Vectors.sum(2, towards, 0, towards);
            }
            return new LinearCostLoss.Gradients(values, gradients);
        };
    }
}
