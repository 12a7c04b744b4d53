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
    private final NDArray mean; // (..., dy)
    private final NDArray std; // (..., dy)
    private final NDArray decisions; // (..., da)
    private final NDArray m; // (..., K)
    private final NDArray s; // (..., K) with the candidate axis of length 1

    // Null where no penalty needs them.
    private final @Nullable NDArray cdf; // Φ(m/s), (..., K), for hinges and squared hinges
    private final @Nullable NDArray pdf; // φ(m/s), (..., K), for hinges
    private final @Nullable NDArray positive; // E[r₊], (..., K), for hinges and squared hinges

    ExpectedCost(PenaltyTensors cost, NDArray mean, NDArray std, NDArray decisions) {
        this.cost = cost;
        this.mean = mean;
        this.std = std;
        this.decisions = decisions;
        try (Intermediates scope = new Intermediates(decisions.getManager())) {
            m = scope.keep(cost.residuals(mean, decisions));
            s = scope.keep(cost.residualStd(std));
            if (cost.hinge() != null || cost.squaredHinge() != null) {
                NDArray z = m.div(s);
                cdf = scope.keep(z.mul(number(INVERSE_SQRT_TWO)).erf().add(1).mul(number(0.5)));
                NDArray density = z.square().mul(number(-0.5)).exp().mul(number(INVERSE_SQRT_TWO_PI));
                positive = scope.keep(m.mul(cdf).add(density.mul(s)));
                pdf = cost.hinge() == null ? null : scope.keep(density);
            } else {
                cdf = null;
                pdf = null;
                positive = null;
            }
        }
    }

    private NDArray number(double value) {
        return PenaltyTensors.scalar(decisions.getManager(), value);
    }

    /** E f(y, a), shape (...), the broadcast of the leading axes; computed at each call. */
    public NDArray value() {
        return value(false);
    }

    /**
     * The parts E f_j(y, a_j) of a separable cost, see {@link PenaltyTensors#costByDecision}; computed at each call.
     *
     * @return shape (..., da)
     * @throws IllegalStateException when the cost is not separable
     */
    public NDArray valueByDecision() {
        cost.requireSeparable();
        return value(true);
    }

    private NDArray value(boolean byDecision) {
        try (Intermediates scope = new Intermediates(decisions.getManager())) {
            NDArray total = cost.bilinearTerm(mean, decisions, byDecision);
            if (cost.identity() != null) {
                total = PenaltyTensors.plus(total, cost.weightedSum(m, cost.identity(), byDecision));
            }
            if (cost.square() != null) { // E[r²] = m² + s²
                total = PenaltyTensors.plus(
                        total, cost.weightedSum(m.square().add(s.square()), cost.square(), byDecision));
            }
            if (cost.hinge() != null && positive != null) {
                total = PenaltyTensors.plus(total, cost.weightedSum(positive, cost.hinge(), byDecision));
            }
            if (cost.squaredHinge() != null && positive != null && cdf != null) { // E[r₊²] = m·E[r₊] + s²Φ
                NDArray positiveSquare = m.mul(positive).add(cdf.mul(s.square()));
                total = PenaltyTensors.plus(total, cost.weightedSum(positiveSquare, cost.squaredHinge(), byDecision));
            }
            return scope.keep(total == null ? PenaltyTensors.zeros(mean, decisions, byDecision) : total);
        }
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
            return keep(scope, weightSum, w.matMul(decisions), w::matMul);
        }
    }

    /**
     * The gradients of Σ_m Σ_j weights_bmj E f_j(y, a_bmj) of a separable cost, each decision weighted for itself.
     *
     * @param weights shape (B, M, da), of any sign
     * @return as {@link #parameterGradient}
     * @throws IllegalStateException when the cost is not separable
     */
    public ParameterGradient parameterGradientByDecision(NDArray weights) {
        cost.requireSeparable();
        try (Intermediates scope = new Intermediates(weights.getManager())) {
            NDArray w = cost.toResiduals(weights); // (B, M, K)
            int[] candidates = {1};
            return keep(
                    scope,
                    w.sum(candidates, true), // (B, 1, K)
                    weights.mul(decisions).sum(candidates, true), // (B, 1, da)
                    values -> w.mul(values).sum(candidates, true));
        }
    }

    /**
     * ∂/∂a of E f(y, a) at each candidate.
     *
     * @return shape (..., da), belongs to the decisions' manager
     */
    public NDArray decisionGradient() {
        try (Intermediates scope = new Intermediates(decisions.getManager())) {
            NDArray byResidual = m.mul(number(0)); // (..., K)
            if (cost.identity() != null) {
                byResidual = byResidual.add(cost.identity());
            }
            if (cost.square() != null) {
                byResidual = byResidual.add(m.mul(cost.square()).mul(number(2)));
            }
            if (cost.hinge() != null && cdf != null) {
                byResidual = byResidual.add(cdf.mul(cost.hinge()));
            }
            if (cost.squaredHinge() != null && positive != null) {
                byResidual = byResidual.add(positive.mul(cost.squaredHinge()).mul(number(2)));
            }
            NDArray gradient = cost.toDecisionGradient(byResidual);
            if (cost.bilinear() != null) {
                gradient = gradient.add(cost.bilinear().times(mean));
            }
            return scope.keep(gradient);
        }
    }

    /** Sums (B, M, K) values over the candidates with their weights, to (B, 1, K). */
    private interface WeightedSum {
        NDArray of(NDArray values);
    }

    private ParameterGradient keep(
            Intermediates scope, NDArray weightSum, NDArray weightedDecisions, WeightedSum weightedSum) {
        NDArray byMean = s.mul(0); // (B, 1, K)
        NDArray byStd = byMean;
        if (cost.identity() != null) {
            byMean = byMean.add(weightSum.mul(cost.identity()));
        }
        if (cost.square() != null) {
            byMean = byMean.add(weightedSum.of(m).mul(cost.square()).mul(2));
            byStd = byStd.add(weightSum.mul(s).mul(cost.square()).mul(2));
        }
        if (cdf != null && positive != null) {
            NDArray weightedCdf = weightedSum.of(cdf);
            if (cost.hinge() != null && pdf != null) {
                byMean = byMean.add(weightedCdf.mul(cost.hinge()));
                byStd = byStd.add(weightedSum.of(pdf).mul(cost.hinge()));
            }
            if (cost.squaredHinge() != null) {
                byMean = byMean.add(
                        weightedSum.of(positive).mul(cost.squaredHinge()).mul(2));
                byStd = byStd.add(weightedCdf.mul(s).mul(cost.squaredHinge()).mul(2));
            }
        }
        NDArray meanGradient = cost.toMeanGradient(byMean);
        if (cost.bilinear() != null) {
            meanGradient = meanGradient.add(cost.bilinear().transposedTimes(weightedDecisions));
        }
        NDArray stdGradient = cost.toStdGradient(byStd, s, std);
        return new ParameterGradient(scope.keep(meanGradient.squeeze(1)), scope.keep(stdGradient.squeeze(1)));
    }

    /**
     * Gradients with respect to the parameters of a Gaussian.
     *
     * @param mean shape (B, dy)
     * @param std shape (B, dy)
     */
    public record ParameterGradient(NDArray mean, NDArray std) {}
}
