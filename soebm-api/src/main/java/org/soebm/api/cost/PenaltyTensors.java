package org.soebm.api.cost;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.soebm.api.linear.SparseVector;

/**
 * A {@link PenaltyCost} as batched tensor operations on one device. Owns the coefficient tensors; results belong to
 * the manager of the decisions, and no intermediate stays behind anywhere. Differentiable by autograd throughout.
 *
 * <p>K is the number of distinct residuals. The part of r that comes from y and its std are computed once a row (they
 * do not depend on the candidate). Coefficients are a diagonal, a sparse matrix or a dense one, whichever fits them.
 */
public final class PenaltyTensors implements AutoCloseable {
    static final int[] LAST_AXIS = {-1};

    private final NDManager manager;
    private final CoefficientMatrix ofParameters; // c
    private final CoefficientMatrix ofStds; // |c| where each residual has at most one parameter, else c²
    private final boolean singleParameter;
    private final CoefficientMatrix ofDecisions; // d
    private final NDArray offsets; // (K)
    private final @Nullable CoefficientMatrix bilinear; // Q, from parameters to decisions
    private final @Nullable CoefficientMatrix owners; // each residual's decision; null unless separable and K ≠ da
    private final boolean separable;
    private final boolean linear;
    private final @Nullable NDArray
            certain; // (da), the part of a linear cost's coefficients that is the same for every y

    /** Weight vectors of shape (K), null where no residual has such a penalty. */
    private final @Nullable NDArray identity;

    private final @Nullable NDArray hinge;
    private final @Nullable NDArray square;
    private final @Nullable NDArray squaredHinge;

    PenaltyTensors(PenaltyCost cost, NDManager parent, DataType type) {
        if (type != DataType.FLOAT32 && type != DataType.FLOAT64) {
            throw new IllegalArgumentException("Costs are computed in FLOAT32 or FLOAT64, not in " + type + ".");
        }
        manager = parent.newSubManager();
        List<AffineResidual> residuals =
                cost.residuals().stream().map(PenalisedResidual::residual).toList();
        int dy = cost.parameterCount();
        int da = cost.decisionCount();
        List<SparseVector> c =
                residuals.stream().map(AffineResidual::parameterCoefficients).toList();
        List<SparseVector> d =
                residuals.stream().map(AffineResidual::decisionCoefficients).toList();
        singleParameter = c.stream().allMatch(form -> form.size() <= 1);
        ofParameters = new CoefficientMatrix(c, dy, manager, type);
        ofStds = new CoefficientMatrix(c.stream().map(this::spread).toList(), dy, manager, type);
        ofDecisions = new CoefficientMatrix(d, da, manager, type);
        offsets = CoefficientMatrix.tensor(
                residuals.stream().mapToDouble(AffineResidual::offset).toArray(), type, manager, residuals.size());
        separable = cost.isSeparable();
        linear = cost.isLinear();
        boolean isOneADecision = d.size() == da
                && IntStream.range(0, da)
                        .allMatch(j -> d.get(j).size() == 1 && d.get(j).index(0) == j);
        owners = separable && !isOneADecision
                ? new CoefficientMatrix(d.stream().map(PenaltyTensors::owner).toList(), da, manager, type)
                : null;
        bilinear = cost.hasBilinear() ? new CoefficientMatrix(columns(cost), dy, manager, type) : null;
        identity = weights(cost.residuals(), type, Penalty.IDENTITY);
        hinge = weights(cost.residuals(), type, Penalty.HINGE);
        square = weights(cost.residuals(), type, Penalty.SQUARE);
        squaredHinge = weights(cost.residuals(), type, Penalty.SQUARED_HINGE);
        certain = linear && identity != null
                ? CoefficientMatrix.tensor(cost.linearCoefficients(new double[dy]), type, manager, da)
                : null;
    }

    /** From c to what a residual's std is made with. */
    private SparseVector spread(SparseVector form) {
        int[] indices = new int[form.size()];
        double[] values = new double[form.size()];
        for (int k = 0; k < form.size(); k++) {
            indices[k] = form.index(k);
            values[k] = singleParameter ? Math.abs(form.value(k)) : form.value(k) * form.value(k);
        }
        return SparseVector.of(indices, values);
    }

    /** The form that is a residual's one decision, with coefficient 1; zero where it has none. */
    private static SparseVector owner(SparseVector d) {
        return d.size() == 1 ? SparseVector.unit(d.index(0), 1) : SparseVector.zero();
    }

    /** For each decision what the parameters multiply it by. */
    private static List<SparseVector> columns(PenaltyCost cost) {
        List<SparseVector> columns = new ArrayList<>(Collections.nCopies(cost.decisionCount(), SparseVector.zero()));
        for (int i = 0; i < cost.parameterCount(); i++) {
            SparseVector row = cost.bilinear().get(i);
            for (int k = 0; k < row.size(); k++) {
                columns.set(row.index(k), columns.get(row.index(k)).plus(SparseVector.unit(i, row.value(k))));
            }
        }
        return columns;
    }

    private @Nullable NDArray weights(List<PenalisedResidual> residuals, DataType type, Penalty penalty) {
        double[] w = residuals.stream()
                .map(PenalisedResidual::penalty)
                .mapToDouble(p -> switch (penalty) {
                    case IDENTITY -> p.identity();
                    case HINGE -> p.hinge();
                    case SQUARE -> p.square();
                    case SQUARED_HINGE -> p.squaredHinge();
                })
                .toArray();
        for (double value : w) {
            if (value != 0) {
                return CoefficientMatrix.tensor(w, type, manager, w.length);
            }
        }
        return null;
    }

    /** f(y, a), see {@link CostFunction#cost}; belongs to the decisions' manager. */
    public NDArray cost(NDArray parameters, NDArray decisions) {
        return cost(parameters, decisions, false);
    }

    /**
     * The parts f_j(y, a_j) of a separable cost f(y, a) = Σ_j f_j(y, a_j) + (what no decision changes).
     *
     * @return shape (..., da), belongs to the decisions' manager
     * @throws IllegalStateException when the cost is not separable
     */
    public NDArray costByDecision(NDArray parameters, NDArray decisions) {
        requireSeparable();
        return cost(parameters, decisions, true);
    }

    private NDArray cost(NDArray parameters, NDArray decisions, boolean byDecision) {
        try (Intermediates scope = new Intermediates(decisions.getManager())) {
            NDArray r = residuals(parameters, decisions); // (..., K)
            NDArray total = null;
            if (identity != null) {
                total = weightedSum(r, identity, byDecision);
            }
            if (square != null) {
                total = plus(total, weightedSum(r.square(), square, byDecision));
            }
            if (hinge != null || squaredHinge != null) {
                NDArray positive = r.maximum(scalar(decisions.getManager(), 0));
                if (hinge != null) {
                    total = plus(total, weightedSum(positive, hinge, byDecision));
                }
                if (squaredHinge != null) {
                    total = plus(total, weightedSum(positive.square(), squaredHinge, byDecision));
                }
            }
            total = plus(total, bilinearTerm(parameters, decisions, byDecision));
            return scope.keep(total == null ? zeros(parameters, decisions, byDecision) : total);
        }
    }

    /** Whether the cost is a sum over single decisions. */
    public boolean isSeparable() {
        return separable;
    }

    /**
     * c(y) of a cost that is {@linkplain PenaltyCost#isLinear() linear}, f(y, a) = c(y)ᵀa + (what no decision changes);
     * differentiable in y, whose manager it belongs to.
     *
     * @param parameters y, shape (..., dy)
     * @return shape (..., da)
     * @throws IllegalStateException when the cost is not linear, or y has no part in it
     */
    public NDArray linearCoefficients(NDArray parameters) {
        if (!linear || bilinear == null) {
            throw new IllegalStateException(
                    "The cost is curved, or nothing in it is uncertain; look at isLinear() first.");
        }
        NDArray uncertain = bilinear.times(parameters);
        return certain == null ? uncertain : uncertain.add(certain);
    }

    void requireSeparable() {
        if (!separable) {
            throw new IllegalStateException(
                    "The cost is not a sum over single decisions; look at isSeparable() first.");
        }
    }

    /**
     * A number that autograd may keep for the way back. DJL's own arithmetic with a {@code Number} borrows the memory of a
     * Java buffer that the garbage collector may free before the gradient is taken; a duplicate has its own.
     */
    static NDArray scalar(NDManager owner, double value) {
        try (NDArray borrowed = owner.create(value)) {
            return borrowed.duplicate();
        }
    }

    static @Nullable NDArray plus(@Nullable NDArray total, @Nullable NDArray term) {
        if (total == null || term == null) {
            return total == null ? term : total;
        }
        return total.add(term);
    }

    /** A cost without any term. */
    static NDArray zeros(NDArray parameters, NDArray decisions, boolean byDecision) {
        NDArray zeros = decisions.mul(0).add(parameters.sum(LAST_AXIS, true).mul(0)); // (..., da)
        return byDecision ? zeros : zeros.sum(LAST_AXIS);
    }

    /**
     * E f(y, a) for independent y_i ~ N(mean_i, std_i²), in closed form; belongs to the decisions' manager.
     *
     * @param mean shape (..., dy), broadcasting against the decisions as in {@link CostFunction#cost}
     * @param std shape as mean, positive
     * @param decisions shape (..., da)
     */
    public ExpectedCost expectedCost(NDArray mean, NDArray std, NDArray decisions) {
        return new ExpectedCost(this, mean, std, decisions);
    }

    /** The residuals, or their means, (..., K). */
    NDArray residuals(NDArray parameters, NDArray decisions) {
        NDArray fromParameters = ofParameters.times(parameters).add(offsets);
        return ofDecisions.times(decisions).add(fromParameters);
    }

    /** The residuals' standard deviations, (..., K) with a candidate axis of length 1. */
    NDArray residualStd(NDArray std) {
        // Keeps a residual without uncertain parameters off 0/0; its square is still a normal number.
        double tiny = std.getDataType() == DataType.FLOAT64 ? 1e-150 : 1e-18;
        return singleParameter
                ? ofStds.times(std).maximum(scalar(std.getManager(), tiny))
                : ofStds.times(std.square())
                        .maximum(scalar(std.getManager(), tiny * tiny))
                        .sqrt();
    }

    /** Σ_k weights_k values_k over all residuals, (...), or over each decision's own, (..., da). */
    NDArray weightedSum(NDArray values, NDArray weights, boolean byDecision) {
        if (!byDecision) {
            return values.matMul(weights); // (..., K) times (K)
        }
        NDArray weighted = values.mul(weights);
        return owners == null ? weighted : owners.transposedTimes(weighted);
    }

    /** yᵀQa, (...), or its summands by decision, (..., da); null without one. */
    @Nullable
    NDArray bilinearTerm(NDArray parameters, NDArray decisions, boolean byDecision) {
        if (bilinear == null) {
            return null;
        }
        NDArray summands = bilinear.times(parameters).mul(decisions);
        return byDecision ? summands : summands.sum(LAST_AXIS);
    }

    /** Each residual's weight, given its decision's, (..., da) to (..., K). */
    NDArray toResiduals(NDArray byDecision) {
        return owners == null ? byDecision : owners.times(byDecision);
    }

    @Nullable
    CoefficientMatrix bilinear() {
        return bilinear;
    }

    @Nullable
    NDArray identity() {
        return identity;
    }

    @Nullable
    NDArray hinge() {
        return hinge;
    }

    @Nullable
    NDArray square() {
        return square;
    }

    @Nullable
    NDArray squaredHinge() {
        return squaredHinge;
    }

    /** The gradient with respect to the decisions, (..., da), given the one with respect to the residuals' mean. */
    NDArray toDecisionGradient(NDArray residualGradient) {
        return ofDecisions.transposedTimes(residualGradient);
    }

    /** The gradient with respect to the parameters' mean, given the one with respect to the residuals' mean. */
    NDArray toMeanGradient(NDArray residualMeanGradient) {
        return ofParameters.transposedTimes(residualMeanGradient);
    }

    /** The gradient with respect to the parameters' std, given the one with respect to the residuals' std. */
    NDArray toStdGradient(NDArray residualStdGradient, NDArray residualStd, NDArray std) {
        return singleParameter
                ? ofStds.transposedTimes(residualStdGradient)
                : ofStds.transposedTimes(residualStdGradient.div(residualStd)).mul(std);
    }

    /** Frees the coefficient tensors. */
    @Override
    public void close() {
        manager.close();
    }
}
