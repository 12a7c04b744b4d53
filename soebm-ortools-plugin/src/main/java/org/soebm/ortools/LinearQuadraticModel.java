package org.soebm.ortools;

import com.google.ortools.linearsolver.MPConstraintProto;
import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPQuadraticObjective;
import com.google.ortools.linearsolver.MPVariableProto;
import java.util.Arrays;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.linear.SparseVector;

/**
 * A model min Σ_i q_i v_i² + cᵀv + constant over bounds, linear rows and integrality, in the form OR-Tools takes. Its first
 * variables are those of the feasible set; more may follow.
 */
final class LinearQuadraticModel {
    private final MPModelProto.Builder proto = MPModelProto.newBuilder();
    private double[] cost;
    private double[] square;
    private double constant;

    private LinearQuadraticModel(int capacity) {
        cost = new double[capacity];
        square = new double[capacity];
    }

    /** The feasible set without an objective. */
    static LinearQuadraticModel over(ConstraintSet set) {
        LinearQuadraticModel model = new LinearQuadraticModel(2 * set.variableCount());
        for (int i = 0; i < set.variableCount(); i++) {
            model.variable(set.lower(i), set.upper(i), set.isInteger(i));
        }
        for (LinearRow row : set.rows()) {
            model.row(row.coefficients(), row.lower(), row.upper());
        }
        return model;
    }

    /** Adds a continuous variable and returns its index. */
    int variable(double lower, double upper) {
        return variable(lower, upper, false);
    }

    private int variable(double lower, double upper, boolean integer) {
        int index = proto.getVariableCount();
        if (index == cost.length) {
            cost = Arrays.copyOf(cost, 2 * index);
            square = Arrays.copyOf(square, 2 * index);
        }
        MPVariableProto.Builder variable =
                MPVariableProto.newBuilder().setLowerBound(lower).setUpperBound(upper);
        if (integer) {
            variable.setIsInteger(true);
        }
        proto.addVariable(variable);
        return index;
    }

    /** Narrows a variable to [low, high] within the bounds it has. */
    void narrow(int variable, double low, double high) {
        MPVariableProto.Builder builder = proto.getVariableBuilder(variable);
        builder.setLowerBound(Math.min(Math.max(builder.getLowerBound(), low), builder.getUpperBound()));
        builder.setUpperBound(Math.max(Math.min(builder.getUpperBound(), high), builder.getLowerBound()));
    }

    /** Adds the row low ≤ coefficientsᵀv ≤ high. */
    void row(SparseVector coefficients, double low, double high) {
        proto.addConstraint(rowBuilder(coefficients, 1, low, high));
    }

    /** Adds the row low ≤ factor·coefficientsᵀv + extraCoefficient·v_extra ≤ high. */
    void row(SparseVector coefficients, double factor, int extra, double extraCoefficient, double low, double high) {
        proto.addConstraint(
                rowBuilder(coefficients, factor, low, high).addVarIndex(extra).addCoefficient(extraCoefficient));
    }

    /** Adds a row that the caller fills. */
    MPConstraintProto.Builder row(double low, double high) {
        return proto.addConstraintBuilder().setLowerBound(low).setUpperBound(high);
    }

    private static MPConstraintProto.Builder rowBuilder(
            SparseVector coefficients, double factor, double low, double high) {
        MPConstraintProto.Builder row =
                MPConstraintProto.newBuilder().setLowerBound(low).setUpperBound(high);
        for (int k = 0; k < coefficients.size(); k++) {
            row.addVarIndex(coefficients.index(k)).addCoefficient(factor * coefficients.value(k));
        }
        return row;
    }

    /** Adds weight·v to the objective. */
    void addCost(int variable, double weight) {
        cost[variable] += weight;
    }

    /** Adds weight·coefficientsᵀv to the objective. */
    void addCost(SparseVector coefficients, double weight) {
        coefficients.addTo(cost, weight);
    }

    /** Adds weight·v² to the objective. */
    void addSquare(int variable, double weight) {
        square[variable] += weight;
    }

    /** Adds a number to the objective. */
    void addConstant(double value) {
        constant += value;
    }

    /** The finished model. */
    MPModelProto build() {
        MPQuadraticObjective.Builder quadratic = MPQuadraticObjective.newBuilder();
        for (int i = 0; i < proto.getVariableCount(); i++) {
            if (cost[i] != 0) {
                proto.getVariableBuilder(i).setObjectiveCoefficient(cost[i]);
            }
            if (square[i] != 0) {
                quadratic.addQvar1Index(i).addQvar2Index(i).addCoefficient(square[i]);
            }
        }
        if (quadratic.getCoefficientCount() > 0) {
            proto.setQuadraticObjective(quadratic);
        }
        return proto.setObjectiveOffset(constant).build();
    }
}
