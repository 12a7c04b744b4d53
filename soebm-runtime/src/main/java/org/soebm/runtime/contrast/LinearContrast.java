package org.soebm.runtime.contrast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.PenaltyTensors;
import org.soebm.api.distribution.GaussianDistribution;
import org.soebm.api.distribution.PredictiveDistribution;
import org.soebm.api.distribution.SampleDistribution;
import org.soebm.runtime.proposal.Draws;
import org.soebm.runtime.proposal.ImportanceWeights;

/**
 * The contrast of a cost f(y, a) = c(y)ᵀa that is linear in the decisions, for candidates that are weighted as a whole. Its
 * energy is E(a) = ĉᵀa with ĉ = c(E y), so the energies of all candidates of all rows are one matrix product, and the
 * gradient in ĉ needs the mean candidates alone:
 *
 * <pre>  1/T · ( (1 + κ) (a* − E_qκ ã) + λ (E_p â − E_q ã) ).</pre>
 *
 * <p>With a margin κ above 0, L_MLE is taken under q_κ ∝ p(a) exp(−((1 + κ) E − κ f(y, ·))/T): decisions weigh the more in the
 * negatives the more they really cost, so that a* must stay ahead of them by a margin of κ times that (softmax-margin,
 * Gimpel and Smith 2010). For κ = 1 and T to 0, with all of C as candidates, it is the SPO+ loss of Elmachtoub and Grigas
 * (2022).
 *
 * <p>Where the candidates are all of C, as a pool that has gathered it, both expectations are exact; else they are those
 * of {@link Contrast}.
 */
public final class LinearContrast implements Contrast {
    private static final int[] DECISIONS = {1};

    private final PenaltyTensors cost;
    private final ContrastSettings settings;

    /**
     * The contrast of a cost.
     *
     * @param cost linear, with parameters in its bilinear term
     * @param manager owns the coefficients
     */
    public LinearContrast(PenaltyCost cost, ContrastSettings settings, NDManager manager) {
        this.cost = cost.bind(manager, DataType.FLOAT32);
        this.settings = settings;
    }

    /** Whether a cost has such a contrast. */
    static boolean takes(PenaltyCost cost) {
        return cost.isLinear() && cost.bilinear().stream().anyMatch(row -> row.size() > 0);
    }

    @Override
    public Loss of(
            PredictiveDistribution distribution, NDArray parameters, NDArray hindsight, Draws draws, NDManager scope) {
        Candidates candidates = new Candidates(draws, settings.hasUniformPrior());
        NDArray recorded = cost.linearCoefficients(mean(distribution)); // ĉ, (B, da)
        NDArray predicted = recorded.stopGradient();
        NDArray real = cost.linearCoefficients(parameters); // c, (B, da)
        double temperature = settings.temperature();
        double scale = 1 / (temperature * distribution.rows());
        NDArray optimum = hindsight.sub(candidates.centres); // relative to the centre, as all that follows
        NDArray gradient = null; // in ĉ, (B, da)
        NDArray value = null; // (B)
        NDArray sampleSize = null; // (B, 1)
        double margin = settings.margin();
        Weighted q = margin == 0 || settings.lambda() > 0 || !settings.hasMaximumLikelihood()
                ? candidates.weighted(predicted, temperature)
                : null;
        if (settings.hasMaximumLikelihood()) {
            NDArray ahead = margin == 0 ? predicted : predicted.mul(1 + margin).sub(real.mul(margin));
            Weighted negatives = margin == 0 && q != null ? q : candidates.weighted(ahead, temperature);
            gradient = optimum.sub(negatives.mean).mul((1 + margin) * scale);
            value = ahead.mul(optimum)
                    .sum(DECISIONS)
                    .div(temperature)
                    .add(negatives.weights.logNormaliser().squeeze(1));
            sampleSize = negatives.weights.effectiveSampleSize();
        }
        if (settings.lambda() > 0 && q != null) {
            Weighted p = candidates.weighted(real, temperature);
            NDArray towards = p.mean.sub(q.mean).mul(settings.lambda() * scale);
            NDArray divergence = p.weights
                    .weights()
                    .mul(p.logTarget.sub(q.logTarget))
                    .sum(new int[] {1})
                    .sub(p.weights.logNormaliser())
                    .add(q.weights.logNormaliser())
                    .squeeze(1)
                    .mul(settings.lambda());
            gradient = gradient == null ? towards : gradient.add(towards);
            value = value == null ? divergence : value.add(divergence);
            sampleSize = sampleSize == null ? q.weights.effectiveSampleSize() : sampleSize;
        }
        if (gradient == null || value == null || sampleSize == null) {
            throw new IllegalStateException("A contrast needs L_MLE or L_KL.");
        }
        return new Loss(recorded.mul(gradient).sum(), value, sampleSize.mean());
    }

    private static NDArray mean(PredictiveDistribution distribution) {
        if (distribution instanceof GaussianDistribution gaussian) {
            return gaussian.mean();
        }
        if (distribution instanceof SampleDistribution samples) {
            return samples.samples().mean(new int[] {1});
        }
        throw new IllegalArgumentException(
                "The mean of " + distribution.getClass().getSimpleName() + " is not known.");
    }

    /** Weighted candidates: their weights, log exp(−cᵀo/T), (B, M, 1), and their mean relative to the centre, (B, da). */
    private record Weighted(ImportanceWeights weights, NDArray logTarget, NDArray mean) {}

    /** Candidates as offsets from centres. */
    private static final class Candidates {
        private final NDArray centres; // (B or 1, da)
        private final NDArray offsets; // (M, da), or (B, M, da)
        private final NDArray logProposal; // (B or 1, M, 1)
        private final boolean isShared;

        Candidates(Draws draws, boolean hasUniformPrior) {
            centres = draws.centres().squeeze(1);
            isShared = draws.offsets().getShape().get(0) == 1;
            offsets = isShared ? draws.offsets().squeeze(0) : draws.offsets();
            logProposal = hasUniformPrior
                    ? draws.logDensity(false)
                    : draws.logDensity(false).zerosLike();
        }

        Weighted weighted(NDArray coefficients, double temperature) {
            NDArray energies = isShared
                    ? coefficients.matMul(offsets.transpose()).expandDims(2)
                    : offsets.matMul(coefficients.expandDims(2)); // (B, M, 1)
            NDArray logTarget = energies.mul(-1 / temperature);
            ImportanceWeights weights = ImportanceWeights.of(logTarget, logProposal);
            NDArray mean = isShared
                    ? weights.weights().squeeze(2).matMul(offsets)
                    : weights.weights().transpose(0, 2, 1).matMul(offsets).squeeze(1);
            return new Weighted(weights, logTarget, mean);
        }
    }

    /** {@inheritDoc} Beside candidates of its own, a row has a few numbers for each. */
    @Override
    public long bytesPerRow(int samples, int scenarios) {
        return 16L * Float.BYTES * samples;
    }

    @Override
    public void close() {
        cost.close();
    }
}
