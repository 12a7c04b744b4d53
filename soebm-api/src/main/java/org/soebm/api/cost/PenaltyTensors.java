package org.soebm.api.cost;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.linear.SparseVector;

/**
 * A {@link PenaltyCost} as batched tensor operations on one device. Owns the coefficient tensors; results belong to
 * the manager of the decisions, and no intermediate stays behind anywhere. Differentiable by autograd throughout.
 *
 * <p>K is the number of distinct residuals. The part of r that comes from y and its std are computed once a row (they
 * do not depend on the candidate), the part that comes from a is a product with a diagonal where every residual has
 * the decision of its own number, and a matrix product otherwise.
 */
public final class PenaltyTensors implements AutoCloseable {
    static final int[] LAST_AXIS = {-1};

    private final NDManager manager;
    private final NDArray parameterCoefficients; // (dy, K)
    private final NDArray stdCoefficients; // (dy, K), |c| where each residual has at most one parameter, else c²
    private final boolean singleParameter;
    private final NDArray decisionCoefficients; // (K) when diagonal, else (da, K)
    private final boolean diagonal;
    private final NDArray offsets; // (K)
    private final @Nullable NDArray bilinear; // (dy, da)
    private final @Nullable NDArray decisionOfResidual; // (K, da), 0 or 1; null unless separable and not diagonal
    private final boolean separable;

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
        List<PenalisedResidual> residuals = cost.residuals();
        int k = residuals.size();
        int dy = cost.parameterCount();
        int da = cost.decisionCount();
        double[] c = new double[dy * k];
        double[] d = new double[da * k];
        double[] e = new double[k];
        boolean oneParameter = true;
        boolean ownDecision = k == da;
        for (int j = 0; j < k; j++) {
            AffineResidual residual = residuals.get(j).residual();
            scatter(residual.parameterCoefficients(), c, j, k);
            scatter(residual.decisionCoefficients(), d, j, k);
            e[j] = residual.offset();
            oneParameter &= residual.parameterCoefficients().size() <= 1;
            SparseVector own = residual.decisionCoefficients();
            ownDecision &= own.size() == 1 && own.index(0) == j;
        }
        singleParameter = oneParameter;
        diagonal = ownDecision;
        double[] spread = new double[c.length];
        for (int i = 0; i < c.length; i++) {
            spread[i] = oneParameter ? Math.abs(c[i]) : c[i] * c[i];
        }
        parameterCoefficients = tensor(c, type, dy, k);
        stdCoefficients = tensor(spread, type, dy, k);
        offsets = tensor(e, type, k);
        if (diagonal) {
            double[] diagonalEntries = new double[k];
            for (int j = 0; j < k; j++) {
                diagonalEntries[j] = d[j * k + j];
            }
            decisionCoefficients = tensor(diagonalEntries, type, k);
        } else {
            decisionCoefficients = tensor(d, type, da, k);
        }
        separable = cost.isSeparable();
        decisionOfResidual = separable && !diagonal ? tensor(owners(residuals, da), type, k, da) : null;
        double[] q = new double[cost.hasBilinear() ? dy * da : 0];
        if (cost.hasBilinear()) {
            for (int i = 0; i < dy; i++) {
                SparseVector row = cost.bilinear().get(i);
                for (int m = 0; m < row.size(); m++) {
                    q[i * da + row.index(m)] = row.value(m);
                }
            }
        }
        bilinear = cost.hasBilinear() ? tensor(q, type, dy, da) : null;
        identity = weights(residuals, type, Penalty.IDENTITY);
        hinge = weights(residuals, type, Penalty.HINGE);
        square = weights(residuals, type, Penalty.SQUARE);
        squaredHinge = weights(residuals, type, Penalty.SQUARED_HINGE);
    }

    private static void scatter(SparseVector column, double[] matrix, int j, int columns) {
        for (int m = 0; m < column.size(); m++) {
            matrix[column.index(m) * columns + j] = column.value(m);
        }
    }

    private static double[] owners(List<PenalisedResidual> residuals, int da) {
        double[] owners = new double[residuals.size() * da];
        for (int j = 0; j < residuals.size(); j++) {
            SparseVector own = residuals.get(j).residual().decisionCoefficients();
            if (own.size() == 1) {
                owners[j * da + own.index(0)] = 1;
            }
        }
        return owners;
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
                return tensor(w, type, w.length);
            }
        }
        return null;
    }

    private NDArray tensor(double[] values, DataType type, long... shape) {
        try (NDArray doubles = manager.create(values, new Shape(shape))) {
            // On a CPU, create() borrows a Java buffer that lives as long as the array, and toType() to the same type
            // borrows it on without saying so: only duplicate() gives the tensor memory of its own.
            return type == DataType.FLOAT64 ? doubles.duplicate() : doubles.toType(type, true);
        }
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
        NDArray fromParameters = parameters.matMul(parameterCoefficients).add(offsets);
        NDArray fromDecisions = diagonal ? decisions.mul(decisionCoefficients) : decisions.matMul(decisionCoefficients);
        return fromDecisions.add(fromParameters);
    }

    /** The residuals' standard deviations, (..., K) with a candidate axis of length 1. */
    NDArray residualStd(NDArray std) {
        // Keeps a residual without uncertain parameters off 0/0; its square is still a normal number.
        double tiny = std.getDataType() == DataType.FLOAT64 ? 1e-150 : 1e-18;
        return singleParameter
                ? std.matMul(stdCoefficients).maximum(scalar(std.getManager(), tiny))
                : std.square()
                        .matMul(stdCoefficients)
                        .maximum(scalar(std.getManager(), tiny * tiny))
                        .sqrt();
    }

    /** Σ_k weights_k values_k over all residuals, (...), or over each decision's own, (..., da). */
    NDArray weightedSum(NDArray values, NDArray weights, boolean byDecision) {
        if (!byDecision) {
            return values.matMul(weights); // (..., K) times (K)
        }
        NDArray weighted = values.mul(weights);
        return decisionOfResidual == null ? weighted : weighted.matMul(decisionOfResidual);
    }

    /** yᵀQa, (...), or its summands by decision, (..., da); null without one. */
    @Nullable
    NDArray bilinearTerm(NDArray parameters, NDArray decisions, boolean byDecision) {
        if (bilinear == null) {
            return null;
        }
        NDArray summands = parameters.matMul(bilinear).mul(decisions);
        return byDecision ? summands : summands.sum(LAST_AXIS);
    }

    /** Each residual's weight, given its decision's, (..., da) to (..., K). */
    NDArray toResiduals(NDArray byDecision) {
        return decisionOfResidual == null ? byDecision : byDecision.matMul(decisionOfResidual.transpose());
    }

    @Nullable
    NDArray bilinear() {
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
        return diagonal
                ? residualGradient.mul(decisionCoefficients)
                : residualGradient.matMul(decisionCoefficients.transpose());
    }

    /** The gradient with respect to the parameters' mean, given the one with respect to the residuals' mean. */
    NDArray toMeanGradient(NDArray residualMeanGradient) {
        return residualMeanGradient.matMul(parameterCoefficients.transpose());
    }

    /** The gradient with respect to the parameters' std, given the one with respect to the residuals' std. */
    NDArray toStdGradient(NDArray residualStdGradient, NDArray residualStd, NDArray std) {
        return singleParameter
                ? residualStdGradient.matMul(stdCoefficients.transpose())
                : residualStdGradient
                        .div(residualStd)
                        .matMul(stdCoefficients.transpose())
                        .mul(std);
    }

    /** Frees the coefficient tensors. */
    @Override
    public void close() {
        manager.close();
    }
}
