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
    private final NDArray m; // (..., K)
    private final NDArray s; // (..., K) with the candidate axis of length 1
    private final @Nullable NDArray cdf; // Φ(m/s), (..., K), null without hinges
    private final @Nullable NDArray pdf; // φ(m/s), (..., K)
    private final @Nullable NDArray positive; // E[r₊], (..., K)
    private final NDArray value;

    ExpectedCost(PenaltyTensors cost, NDArray mean, NDArray std, NDArray decisions, NDArray m, NDArray s) {
        this.cost = cost;
        this.std = std;
        this.decisions = decisions;
        this.m = m;
        this.s = s;
        NDArray total = null;
        if (cost.identity() != null) {
            total = PenaltyTensors.weightedSum(m, cost.identity());
        }
        if (cost.square() != null) {
            total = PenaltyTensors.plus(total, PenaltyTensors.weightedSum(m.square(), cost.square()))
                    .add(PenaltyTensors.weightedSum(s.square(), cost.square()));
        }
        if (cost.hinge() != null || cost.squaredHinge() != null) {
            NDArray z = m.div(s);
            cdf = z.mul(INVERSE_SQRT_TWO).erf().add(1).mul(0.5);
            pdf = z.square().mul(-0.5).exp().mul(INVERSE_SQRT_TWO_PI);
            positive = m.mul(cdf).add(pdf.mul(s));
            if (cost.hinge() != null) {
                total = PenaltyTensors.plus(total, PenaltyTensors.weightedSum(positive, cost.hinge()));
            }
            if (cost.squaredHinge() != null) { // E[r₊²] = m·E[r₊] + s²Φ
                NDArray positiveSquare = m.mul(positive).add(cdf.mul(s.square()));
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
        value = total == null ? m.sum(new int[] {-1}) : total; // no penalty, so no residual: zeros
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
     * @return the gradients with respect to mean and std, each of shape (B, dy)
     */
    public ParameterGradient parameterGradient(NDArray weights) {
        NDArray w = weights.expandDims(1); // (B, 1, M)
        NDArray byMean = s.mul(0); // (B, 1, K)
        NDArray byStd = byMean;
        NDArray weightSum = w.sum(new int[] {-1}, true); // (B, 1, 1)
        if (cost.identity() != null) {
            byMean = byMean.add(weightSum.mul(cost.identity()));
        }
        if (cost.square() != null) {
            byMean = byMean.add(w.matMul(m).mul(cost.square()).mul(2));
            byStd = byStd.add(weightSum.mul(s).mul(cost.square()).mul(2));
        }
        if (cdf != null && pdf != null && positive != null) {
            NDArray weightedCdf = w.matMul(cdf); // (B, 1, K)
            if (cost.hinge() != null) {
                byMean = byMean.add(weightedCdf.mul(cost.hinge()));
                byStd = byStd.add(w.matMul(pdf).mul(cost.hinge()));
            }
            if (cost.squaredHinge() != null) {
                byMean = byMean.add(w.matMul(positive).mul(cost.squaredHinge()).mul(2));
                byStd = byStd.add(weightedCdf.mul(s).mul(cost.squaredHinge()).mul(2));
            }
        }
        NDArray meanGradient = cost.toMeanGradient(byMean).squeeze(1);
        if (cost.bilinear() != null) {
            NDArray weightedDecisions = w.matMul(decisions); // (B, 1, da)
            meanGradient = meanGradient.add(
                    weightedDecisions.matMul(cost.bilinear().transpose()).squeeze(1));
        }
        return new ParameterGradient(
                meanGradient, cost.toStdGradient(byStd, s, std).squeeze(1));
    }

    /**
     * Gradients with respect to the parameters of a Gaussian.
     *
     * @param mean shape (B, dy)
     * @param std shape (B, dy)
     */
    public record ParameterGradient(NDArray mean, NDArray std) {}
}
