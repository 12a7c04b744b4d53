package org.soebm.api.cost;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * E f(y, a) of a batch of candidates under a Gaussian y, with the derivatives in mean and std as by-products of the
 * value: Φ(m/s) and φ(m/s) are computed once and serve both, without an autograd graph over the candidates.
 *
 * <p>With residual mean m and std s and z = m/s (formulas of {@link ResidualPenalty}): ∂E[r₊]/∂m = Φ(z),
 * ∂E[r₊]/∂s = φ(z), ∂E[r₊²]/∂m = 2E[r₊], ∂E[r₊²]/∂s = 2sΦ(z). The value is itself made of differentiable
 * operations, so autograd through it gives the same gradients.
 */
public final class ExpectedCost {
    private static final double INVERSE_SQRT_TWO = 1 / Math.sqrt(2);
    private static final double INVERSE_SQRT_TWO_PI = 1 / Math.sqrt(2 * Math.PI);

    private final PenaltyTensors cost;
    private final NDArray std; // (..., dy)
    private final NDArray decisions; // (..., da)
    private final NDArray value; // (...)

    // What the derivatives need of the pass over the candidates; null where no penalty needs it.
    private final NDArray s; // (..., K) with the candidate axis of length 1
    private final @Nullable NDArray m; // (..., K), for squares
    private final @Nullable NDArray cdf; // Φ(m/s), (..., K), for hinges and squared hinges
    private final @Nullable NDArray pdf; // φ(m/s), (..., K), for hinges
    private final @Nullable NDArray positive; // E[r₊], (..., K), for squared hinges

    ExpectedCost(PenaltyTensors cost, NDArray mean, NDArray std, NDArray decisions) {
        this.cost = cost;
        this.std = std;
        this.decisions = decisions;
        try (Intermediates scope = new Intermediates(decisions.getManager())) {
            NDArray residualMean = cost.residuals(mean, decisions);
            s = scope.keep(cost.residualStd(std));
            NDArray total = null;
            if (cost.identity() != null) {
                total = PenaltyTensors.weightedSum(residualMean, cost.identity());
            }
            if (cost.square() != null) {
                m = scope.keep(residualMean);
                total = PenaltyTensors.plus(total, PenaltyTensors.weightedSum(m.square(), cost.square()))
                        .add(PenaltyTensors.weightedSum(s.square(), cost.square()));
            } else {
                m = null;
            }
            if (cost.hinge() != null || cost.squaredHinge() != null) {
                NDArray z = residualMean.div(s);
                NDArray distribution = z.mul(INVERSE_SQRT_TWO).erf().add(1).mul(0.5);
                NDArray density = z.square().mul(-0.5).exp().mul(INVERSE_SQRT_TWO_PI);
                NDArray expectedPositive = residualMean.mul(distribution).add(density.mul(s));
                cdf = scope.keep(distribution);
                pdf = cost.hinge() == null ? null : scope.keep(density);
                positive = cost.squaredHinge() == null ? null : scope.keep(expectedPositive);
                if (cost.hinge() != null) {
                    total = PenaltyTensors.plus(total, PenaltyTensors.weightedSum(expectedPositive, cost.hinge()));
                }
                if (cost.squaredHinge() != null) { // E[r₊²] = m·E[r₊] + s²Φ
                    NDArray positiveSquare = residualMean.mul(expectedPositive).add(distribution.mul(s.square()));
                    total = PenaltyTensors.plus(total, PenaltyTensors.weightedSum(positiveSquare, cost.squaredHinge()));
                }
            } else {
                cdf = null;
                pdf = null;
                positive = null;
            }
            if (cost.bilinear() != null) {
                total = PenaltyTensors.plus(total, PenaltyTensors.bilinearTerm(mean, decisions, cost.bilinear()));
            }
            // Without a penalty there is no residual, and the sum over none is zero.
            value = scope.keep(total == null ? residualMean.sum(PenaltyTensors.LAST_AXIS) : total);
        }
    }

    /** E f(y, a), shape (...), the broadcast of the leading axes. */
    public NDArray value() {
        return value;
    }

    /**
     * The gradients of Σ_m weights_bm E f(y, a_bm) with respect to the row's mean and std, for candidates of shape
     * (B, M, da) under parameters of shape (B, 1, dy).
     *
     * @param weights shape (B, M), of any sign
     * @return the gradients with respect to mean and std, each of shape (B, dy), in the weights' manager
     */
    public ParameterGradient parameterGradient(NDArray weights) {
        try (Intermediates scope = new Intermediates(weights.getManager())) {
            NDArray w = weights.expandDims(1); // (B, 1, M)
            NDArray weightSum = w.sum(PenaltyTensors.LAST_AXIS, true); // (B, 1, 1)
            NDArray byMean = s.mul(0); // (B, 1, K)
            NDArray byStd = byMean;
            if (cost.identity() != null) {
                byMean = byMean.add(weightSum.mul(cost.identity()));
            }
            if (cost.square() != null && m != null) {
                byMean = byMean.add(w.matMul(m).mul(cost.square()).mul(2));
                byStd = byStd.add(weightSum.mul(s).mul(cost.square()).mul(2));
            }
            if (cost.hinge() != null && cdf != null && pdf != null) {
                byMean = byMean.add(w.matMul(cdf).mul(cost.hinge()));
                byStd = byStd.add(w.matMul(pdf).mul(cost.hinge()));
            }
            if (cost.squaredHinge() != null && cdf != null && positive != null) {
                byMean = byMean.add(w.matMul(positive).mul(cost.squaredHinge()).mul(2));
                byStd = byStd.add(w.matMul(cdf).mul(s).mul(cost.squaredHinge()).mul(2));
            }
            NDArray meanGradient = cost.toMeanGradient(byMean);
            if (cost.bilinear() != null) {
                NDArray weightedDecisions = w.matMul(decisions); // (B, 1, da)
                meanGradient = meanGradient.add(
                        weightedDecisions.matMul(cost.bilinear().transpose()));
            }
            NDArray stdGradient = cost.toStdGradient(byStd, s, std);
            return new ParameterGradient(scope.keep(meanGradient.squeeze(1)), scope.keep(stdGradient.squeeze(1)));
        }
    }

    /**
     * Gradients with respect to the parameters of a Gaussian.
     *
     * @param mean shape (B, dy)
     * @param std shape (B, dy)
     */
    public record ParameterGradient(NDArray mean, NDArray std) {}
}
