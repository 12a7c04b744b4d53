package org.soebm.api.cost;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soebm.api.linear.SparseVector;

/**
 * A convex task cost written once, f(y, a) = Σ_k w_k φ_k(r_k) + yᵀQa with affine residuals r_k = c_kᵀy + d_kᵀa + e_k,
 * from which the library derives all that it needs: plain doubles, batched tensors ({@link #bind}), the exact
 * objective of a solver for a known y ({@link #objective}), for samples ({@link #sampleAverage}) and for a Gaussian y
 * ({@link #expectedObjective}), and the closed-form expectation with its derivatives.
 *
 * <pre>{@code
 * PenaltyCost.Builder cost = PenaltyCost.builder(24, 24);
 * for (int hour = 0; hour < 24; hour++) {
 *     AffineResidual shortage = parameter(hour).minus(decision(hour));
 *     cost.hinge(50, shortage).hinge(0.5, shortage.negate()).square(0.5, shortage);
 * }
 * }</pre>
 *
 * <p>Penalties on the same residual or on its negative are merged into one {@link ResidualPenalty}, so a residual is
 * evaluated once however many penalties it has. Immutable and thread-safe.
 */
public final class PenaltyCost implements CostFunction {
    private final int parameterCount;
    private final int decisionCount;
    private final List<PenalisedResidual> residuals;
    private final List<SparseVector> bilinear; // row i: the coefficients of y_i, over the decisions

    private PenaltyCost(Builder builder) {
        parameterCount = builder.parameterCount;
        decisionCount = builder.decisionCount;
        List<PenalisedResidual> oriented = new ArrayList<>();
        builder.penalties.forEach((residual, penalty) -> {
            if (!penalty.equals(ResidualPenalty.ZERO)) {
                oriented.add(orient(residual, penalty));
            }
        });
        residuals = List.copyOf(oriented);
        bilinear = List.copyOf(builder.bilinear);
    }

    /**
     * Of the two ways to write a penalty (on r or on −r) takes the one with a squared hinge weight of at least 0, and
     * where there is none the one with the smaller identity weight: [r]₊ = r + [−r]₊ loses digits where r is large.
     */
    private static PenalisedResidual orient(AffineResidual residual, ResidualPenalty penalty) {
        boolean flip = penalty.squaredHinge() == 0
                ? Math.abs(penalty.flipped().identity()) < Math.abs(penalty.identity())
                : penalty.squaredHinge() < 0;
        return flip
                ? new PenalisedResidual(residual.negate(), penalty.flipped())
                : new PenalisedResidual(residual, penalty);
    }

    /** Starts a cost with dy uncertain parameters and da decisions. */
    public static Builder builder(int parameterCount, int decisionCount) {
        return new Builder(parameterCount, decisionCount);
    }

    @Override
    public int parameterCount() {
        return parameterCount;
    }

    @Override
    public int decisionCount() {
        return decisionCount;
    }

    /** The distinct residuals (up to sign) with the sums of their penalties; beside the bilinear term all of the cost. */
    public List<PenalisedResidual> residuals() {
        return residuals;
    }

    /** Q of the bilinear term yᵀQa: for each parameter, its coefficients over the decisions. */
    public List<SparseVector> bilinear() {
        return bilinear;
    }

    boolean hasBilinear() {
        return bilinear.stream().anyMatch(row -> row.size() > 0);
    }

    /** The number of distinct residuals (up to sign) after merging. */
    int residualCount() {
        return residuals.size();
    }

    /** Whether f is a sum over single decisions, so that changing one decision changes only that decision's terms. */
    public boolean isSeparable() {
        return residuals.stream()
                .allMatch(r -> r.residual().decisionCoefficients().size() <= 1);
    }

    /**
     * Whether f is affine in the decisions for every y: no residual with decisions has another penalty than the identity.
     */
    public boolean isLinear() {
        return residuals.stream()
                .filter(r -> r.residual().decisionCoefficients().size() > 0)
                .allMatch(r -> r.penalty().isIdentity());
    }

    /**
     * The decisions that y has to do with: directly, or through a residual that they share with one that has. The cost is
     * a function of them and y plus a function of the other decisions alone, so the others' part of exp(−f) is the same for
     * every y and every prediction of it.
     *
     * @return their indices, ascending
     */
    public int[] uncertainDecisions() {
        return UncertainDecisions.of(this);
    }

    /**
     * This cost as a function of some decisions alone; residuals of none of them are left out.
     *
     * @param decisions distinct indices; decision k of the new cost is the one at decisions[k]
     * @throws IllegalArgumentException when a residual ties one of them to a decision that is not among them
     */
    public PenaltyCost restrictedTo(int[] decisions) {
        int[] position = new int[decisionCount];
        Arrays.fill(position, -1);
        for (int k = 0; k < decisions.length; k++) {
            position[decisions[k]] = k;
        }
        Builder restricted = new Builder(parameterCount, decisions.length);
        for (PenalisedResidual r : residuals) {
            SparseVector d = moved(r.residual().decisionCoefficients(), position);
            int kept = d.size();
            if (kept > 0 && kept < r.residual().decisionCoefficients().size()) {
                throw new IllegalArgumentException(
                        "The residual " + r.residual() + " ties decisions that are wanted to others that are not.");
            }
            if (kept > 0) {
                restricted.penalties.put(
                        new AffineResidual(
                                r.residual().parameterCoefficients(),
                                d,
                                r.residual().offset()),
                        r.penalty());
            }
        }
        for (int i = 0; i < parameterCount; i++) {
            restricted.bilinear.set(i, moved(bilinear.get(i), position));
        }
        return restricted.build();
    }

    /** A vector over the decisions at their new positions; entries without one are dropped. */
    private static SparseVector moved(SparseVector vector, int[] position) {
        int[] indices = new int[vector.size()];
        double[] values = new double[vector.size()];
        for (int k = 0; k < vector.size(); k++) {
            int to = position[vector.index(k)];
            indices[k] = Math.max(to, 0);
            values[k] = to < 0 ? 0 : vector.value(k);
        }
        return SparseVector.of(indices, values);
    }

    /** f(y, a) in double precision. */
    public double cost(double[] parameters, double[] decisions) {
        requireLength("parameters", parameters.length, parameterCount);
        requireLength("decisions", decisions.length, decisionCount);
        double sum = 0;
        for (PenalisedResidual r : residuals) {
            sum += r.penalty().value(r.residual().value(parameters, decisions));
        }
        for (int i = 0; i < parameterCount; i++) {
            sum += parameters[i] * bilinear.get(i).dot(decisions);
        }
        return sum;
    }

    /** {@inheritDoc} For repeated use on one device, {@link #bind} avoids the upload of the coefficients at each call. */
    @Override
    public NDArray cost(NDArray parameters, NDArray decisions) {
        try (PenaltyTensors tensors = bind(decisions.getManager(), decisions.getDataType())) {
            return tensors.cost(parameters, decisions);
        }
    }

    /**
     * This cost's coefficients as tensors on the manager's device, for repeated evaluation.
     *
     * @param type {@code FLOAT32} or {@code FLOAT64}
     */
    public PenaltyTensors bind(NDManager manager, DataType type) {
        return new PenaltyTensors(this, manager, type);
    }

    /** The objective f(y, ·) of a known y: the hindsight problem. */
    public PenaltyObjective objective(double[] parameters) {
        return expectedObjective(parameters, new double[parameterCount]);
    }

    /**
     * The objective E f(y, ·) for independent y_i ~ N(mean_i, std_i²), in closed form.
     *
     * @param mean length dy
     * @param std length dy, at least 0; 0 where a parameter is known
     */
    public PenaltyObjective expectedObjective(double[] mean, double[] std) {
        requireFinite("mean", mean);
        requireFinite("std", std);
        for (int i = 0; i < parameterCount; i++) {
            if (std[i] < 0) {
                throw new IllegalArgumentException("Parameter " + i + " of the problem has the value " + std[i]
                        + " in its std, but must not be negative.");
            }
        }
        List<PenaltyTerm> terms = new ArrayList<>(residuals.size());
        for (PenalisedResidual r : residuals) {
            SparseVector c = r.residual().parameterCoefficients();
            terms.add(r.term(c.dot(mean), residualStd(c, std), r.penalty()));
        }
        return new PenaltyObjective(decisionCount, terms, linear(mean), 0);
    }

    /**
     * The objective Σ_s weight_s f(y_s, ·) over scenarios. The identity and square parts of a residual collapse to one
     * term, only hinges stay one a scenario.
     *
     * @param samples S rows of length dy
     * @param weights length S, not negative; they need not sum to 1
     */
    public PenaltyObjective sampleAverage(double[][] samples, double[] weights) {
        requireLength("weights of the samples", weights.length, samples.length);
        double totalWeight = 0;
        double[] weightedSum = new double[parameterCount];
        for (int s = 0; s < samples.length; s++) {
            requireFinite("sample " + s, samples[s]);
            if (!(weights[s] >= 0) || weights[s] == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "The weight of sample " + s + " is " + weights[s] + ", but must be finite and not negative.");
            }
            totalWeight += weights[s];
            for (int i = 0; i < parameterCount; i++) {
                weightedSum[i] += weights[s] * samples[s][i];
            }
        }
        if (!(totalWeight > 0)) {
            throw new IllegalArgumentException("The weights of " + samples.length + " samples sum to " + totalWeight
                    + ", but must have a positive sum.");
        }
        List<PenaltyTerm> terms = new ArrayList<>();
        double constant = 0;
        for (PenalisedResidual r : residuals) {
            ResidualPenalty penalty = r.penalty();
            SparseVector c = r.residual().parameterCoefficients();
            if (c.size() == 0) { // the same in every scenario
                terms.add(r.term(0, 0, penalty.times(totalWeight)));
                continue;
            }
            double[] offsets = new double[samples.length]; // cᵀy
            double mean = 0;
            for (int s = 0; s < samples.length; s++) {
                offsets[s] = c.dot(samples[s]);
                mean += weights[s] / totalWeight * offsets[s];
            }
            ResidualPenalty smooth = new ResidualPenalty(penalty.identity(), 0, penalty.square(), 0);
            if (!smooth.equals(ResidualPenalty.ZERO)) {
                terms.add(r.term(mean, 0, smooth.times(totalWeight)));
            }
            ResidualPenalty kinked = new ResidualPenalty(0, penalty.hinge(), 0, penalty.squaredHinge());
            for (int s = 0; s < samples.length; s++) {
                // The square of the mean leaves out how the scenarios spread around it.
                constant += weights[s] * penalty.square() * (offsets[s] - mean) * (offsets[s] - mean);
                if (weights[s] > 0 && !kinked.equals(ResidualPenalty.ZERO)) {
                    terms.add(r.term(offsets[s], 0, kinked.times(weights[s])));
                }
            }
        }
        return new PenaltyObjective(decisionCount, terms, linear(weightedSum), constant);
    }

    /** The expected objective under weighted scenarios; see {@link #sampleAverage(double[][], double[])}. */
    public PenaltyObjective sampleAverage(Scenarios scenarios) {
        return sampleAverage(scenarios.parameters(), scenarios.weights());
    }

    /** {@link #sampleAverage(double[][], double[])} with equal weights that sum to 1. */
    public PenaltyObjective sampleAverage(double[][] samples) {
        double[] weights = new double[samples.length];
        Arrays.fill(weights, 1.0 / samples.length);
        return sampleAverage(samples, weights);
    }

    /**
     * E f(y, a) with its derivatives for independent y_i ~ N(mean_i, std_i²).
     *
     * @param mean length dy
     * @param std length dy, at least 0
     * @param decisions length da
     */
    public ExpectedCostDerivatives expectedCost(double[] mean, double[] std, double[] decisions) {
        requireLength("decisions", decisions.length, decisionCount);
        double[] gradMean = new double[parameterCount];
        double[] gradStd = new double[parameterCount];
        PenaltyObjective objective = expectedObjective(mean, std);
        double[] gradDecisions = new double[decisionCount];
        double value = objective.valueAndGradient(decisions, gradDecisions);
        for (PenalisedResidual r : residuals) {
            SparseVector c = r.residual().parameterCoefficients();
            double residualMean = r.residual().value(mean, decisions);
            double residualStd = residualStd(c, std);
            c.addTo(gradMean, r.penalty().expectedDerivative(residualMean, residualStd));
            double byStd = r.penalty().expectedStdDerivative(residualMean, residualStd);
            for (int k = 0; k < c.size(); k++) {
                // ∂s/∂std_i = c_i² std_i / s; where all std are 0, s grows like |c_i| std_i.
                double slope = residualStd == 0
                        ? Math.abs(c.value(k))
                        : c.value(k) * c.value(k) * std[c.index(k)] / residualStd;
                gradStd[c.index(k)] += byStd * slope;
            }
        }
        for (int i = 0; i < parameterCount; i++) {
            gradMean[i] += bilinear.get(i).dot(decisions);
        }
        return new ExpectedCostDerivatives(value, gradMean, gradStd, gradDecisions);
    }

    private static double residualStd(SparseVector coefficients, double[] std) {
        double sum = 0;
        for (int k = 0; k < coefficients.size(); k++) {
            sum = Math.hypot(sum, coefficients.value(k) * std[coefficients.index(k)]);
        }
        return sum;
    }

    /**
     * c(y) of a cost that {@link #isLinear()}, f(y, a) = c(y)ᵀa + (what no decision changes).
     *
     * @param parameters y, length dy
     * @return length da
     * @throws IllegalStateException when the cost is not linear
     */
    public double[] linearCoefficients(double[] parameters) {
        if (!isLinear()) {
            throw new IllegalStateException("The cost is curved; look at isLinear() first.");
        }
        requireLength("parameters", parameters.length, parameterCount);
        double[] coefficients = linear(parameters);
        for (PenalisedResidual r : residuals) {
            r.residual().decisionCoefficients().addTo(coefficients, r.penalty().identity());
        }
        return coefficients;
    }

    private double[] linear(double[] parameters) {
        double[] linear = new double[decisionCount];
        for (int i = 0; i < parameterCount; i++) {
            bilinear.get(i).addTo(linear, parameters[i]);
        }
        return linear;
    }

    private void requireFinite(String what, double[] values) {
        requireLength("parameters in the " + what, values.length, parameterCount);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("Parameter " + i + " of the problem has the value " + values[i]
                        + " in its " + what + ", but must be finite.");
            }
        }
    }

    private static void requireLength(String what, int actual, int expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(
                    "There are " + actual + " " + what + ", but " + expected + " are needed.");
        }
    }

    @Override
    public String toString() {
        return "PenaltyCost[" + parameterCount + " parameters, " + decisionCount + " decisions, " + residuals.size()
                + " residuals]";
    }

    /** Collects penalties. Weights must be finite, and not negative except for {@link #identity}. */
    public static final class Builder {
        private final int parameterCount;
        private final int decisionCount;
        private final Map<AffineResidual, ResidualPenalty> penalties = new LinkedHashMap<>();
        private final List<SparseVector> bilinear = new ArrayList<>();

        private Builder(int parameterCount, int decisionCount) {
            if (parameterCount < 0 || decisionCount < 1) {
                throw new IllegalArgumentException("A cost with " + parameterCount + " parameters and " + decisionCount
                        + " decisions is not possible; at least one decision is needed.");
            }
            this.parameterCount = parameterCount;
            this.decisionCount = decisionCount;
            for (int i = 0; i < parameterCount; i++) {
                bilinear.add(SparseVector.zero());
            }
        }

        /** Adds weight·r, with a weight of any sign. */
        public Builder identity(double weight, AffineResidual residual) {
            return add(Penalty.IDENTITY, weight, residual);
        }

        /** Adds weight·[r]₊. */
        public Builder hinge(double weight, AffineResidual residual) {
            return add(Penalty.HINGE, weight, residual);
        }

        /** Adds weight·r². */
        public Builder square(double weight, AffineResidual residual) {
            return add(Penalty.SQUARE, weight, residual);
        }

        /** Adds weight·[r]₊². */
        public Builder squaredHinge(double weight, AffineResidual residual) {
            return add(Penalty.SQUARED_HINGE, weight, residual);
        }

        /** Adds weight·φ(r). */
        public Builder add(Penalty penalty, double weight, AffineResidual residual) {
            if (!Double.isFinite(weight) || (weight < 0 && penalty != Penalty.IDENTITY)) {
                throw new IllegalArgumentException("The weight of a " + penalty + " penalty is " + weight
                        + ", but must be finite" + (penalty == Penalty.IDENTITY ? "." : " and not negative."));
            }
            requireDimension("parameter", residual.parameterCoefficients(), parameterCount);
            requireDimension("decision", residual.decisionCoefficients(), decisionCount);
            ResidualPenalty weighted = ResidualPenalty.of(penalty, weight);
            AffineResidual negated = residual.negate();
            if (penalties.containsKey(negated)) {
                penalties.merge(negated, weighted.flipped(), ResidualPenalty::plus);
            } else {
                penalties.merge(residual, weighted, ResidualPenalty::plus);
            }
            return this;
        }

        /** Adds weight·y_parameter·a_decision, an entry of the bilinear term yᵀQa. */
        public Builder bilinear(int parameter, int decision, double weight) {
            requireBelow("parameter", parameter, parameterCount);
            requireBelow("decision", decision, decisionCount);
            bilinear.set(parameter, bilinear.get(parameter).plus(SparseVector.unit(decision, weight)));
            return this;
        }

        private static void requireDimension(String what, SparseVector coefficients, int count) {
            if (coefficients.size() > 0) {
                requireBelow(what, coefficients.minimumDimension() - 1, count);
            }
        }

        private static void requireBelow(String what, int index, int count) {
            if (index < 0 || index >= count) {
                throw new IllegalArgumentException(
                        "A penalty touches " + what + " " + index + ", but the cost has " + count + " of them.");
            }
        }

        /** The finished cost. */
        public PenaltyCost build() {
            return new PenaltyCost(this);
        }
    }
}
