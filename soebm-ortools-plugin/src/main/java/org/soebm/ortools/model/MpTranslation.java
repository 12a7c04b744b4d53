package org.soebm.ortools.model;

import com.google.ortools.linearsolver.MPConstraintProto;
import com.google.ortools.linearsolver.MPGeneralConstraintProto;
import com.google.ortools.linearsolver.MPIndicatorConstraint;
import com.google.ortools.linearsolver.MPModelProto;
import com.google.ortools.linearsolver.MPQuadraticObjective;
import com.google.ortools.linearsolver.MPVariableProto;
import java.util.Locale;
import java.util.Set;
import org.soebm.api.linear.SparseVector;

/** Translates the linear models of OR-Tools. */
final class MpTranslation {
    /** Above it a big-M row lets the continuous side slip through the 1e-6 that solvers leave a binary. */
    private static final double LARGEST_BIG_M = 1e6;

    private final MPModelProto proto;
    private final Set<Integer> left;
    private final LinearModel.Builder model = new LinearModel.Builder();

    private MpTranslation(MPModelProto proto, Set<Integer> left) {
        this.proto = proto;
        this.left = left;
    }

    /**
     * Translates a model.
     *
     * @param left the numbers of rows to leave out, general constraints counted after the linear ones
     * @throws ModelImportException when the model has what bounds, rows and integrality cannot say
     */
    static LinearModel translate(MPModelProto proto, Set<Integer> left) {
        return new MpTranslation(proto, left).translate();
    }

    private LinearModel translate() {
        for (MPVariableProto variable : proto.getVariableList()) {
            model.variable(
                    variable.getName(), variable.getLowerBound(), variable.getUpperBound(), variable.getIsInteger());
        }
        for (int i = 0; i < proto.getConstraintCount(); i++) {
            if (!left.contains(i)) {
                MPConstraintProto row = proto.getConstraint(i);
                String name = nameOf(row.getName(), i);
                model.row(name, coefficients(row, "row " + name), row.getLowerBound(), row.getUpperBound());
            }
        }
        for (int i = 0; i < proto.getGeneralConstraintCount(); i++) {
            int number = proto.getConstraintCount() + i;
            if (!left.contains(number)) {
                general(proto.getGeneralConstraint(i), number);
            }
        }
        double sign = proto.getMaximize() ? -1 : 1;
        double[] squares = squares(sign);
        for (int i = 0; i < squares.length; i++) {
            double cost =
                    finite(sign * proto.getVariable(i).getObjectiveCoefficient(), "The objective coefficient of", i);
            model.objective(i, cost + 0.0, squares[i]);
        }
        double offset = sign * proto.getObjectiveOffset() + 0.0;
        if (!Double.isFinite(offset)) {
            throw new ModelImportException("The objective's offset is " + offset + ", but must be finite.");
        }
        return model.build(proto.getName(), offset, proto.getMaximize(), null);
    }

    static String nameOf(String name, int index) {
        return name.isEmpty() ? "#" + index : Names.shown(name);
    }

    private String variable(int index) {
        return "variable " + nameOf(proto.getVariable(index).getName(), index);
    }

    private double finite(double value, String what, int variable) {
        if (!Double.isFinite(value)) {
            throw new ModelImportException(what + " " + variable(variable) + " is " + value + ", but must be finite.");
        }
        return value;
    }

    private SparseVector coefficients(MPConstraintProto row, String where) {
        if (row.getVarIndexCount() != row.getCoefficientCount()) {
            throw new ModelImportException("In " + where + ", " + row.getVarIndexCount() + " variables have "
                    + row.getCoefficientCount() + " coefficients.");
        }
        int[] indices = new int[row.getVarIndexCount()];
        double[] values = new double[indices.length];
        for (int k = 0; k < indices.length; k++) {
            indices[k] = requireVariable(row.getVarIndex(k), where);
            values[k] = finite(row.getCoefficient(k), "In " + where + ", the coefficient of", indices[k]);
        }
        return SparseVector.of(indices, values);
    }

    private int requireVariable(int index, String where) {
        if (index < 0 || index >= proto.getVariableCount()) {
            throw new ModelImportException("There is no variable " + index + ", of which " + where
                    + " speaks; the model has " + proto.getVariableCount() + " variables.");
        }
        return index;
    }

    /**
     * @param number among all rows, the general constraints after the linear ones
     */
    private void general(MPGeneralConstraintProto constraint, int number) {
        String name = nameOf(constraint.getName(), number);
        if (constraint.getGeneralConstraintCase()
                == MPGeneralConstraintProto.GeneralConstraintCase.INDICATOR_CONSTRAINT) {
            indicator(constraint.getIndicatorConstraint(), name);
            return;
        }
        throw new ModelImportException("The model has "
                + switch (constraint.getGeneralConstraintCase()) {
                    case SOS_CONSTRAINT -> "a special ordered set";
                    case QUADRATIC_CONSTRAINT -> "a quadratic constraint";
                    case ABS_CONSTRAINT -> "an absolute value constraint";
                    case AND_CONSTRAINT -> "an and constraint";
                    case OR_CONSTRAINT -> "an or constraint";
                    case MIN_CONSTRAINT -> "a minimum constraint";
                    case MAX_CONSTRAINT -> "a maximum constraint";
                    default -> "a general constraint of unknown kind";
                }
                + " (" + name + "), but only linear rows can be imported, and indicator constraints with bounded rows."
                + " Maybe write it as linear rows with a binary variable?");
    }

    /** binary = value ⇒ lower ≤ form ≤ upper, with the ends relaxed by what the form can miss them by otherwise. */
    private void indicator(MPIndicatorConstraint indicator, String name) {
        int binary = requireVariable(indicator.getVarIndex(), "indicator constraint " + name);
        LinearModel.Variable z = model.variable(binary);
        boolean isBinary = z.integer() && z.lower() >= 0 && z.upper() <= 1;
        if (!isBinary || indicator.getVarValue() < 0 || indicator.getVarValue() > 1) {
            throw new ModelImportException("Indicator constraint " + name + " depends on " + variable(binary)
                    + " being " + indicator.getVarValue() + ", but that is not a variable of 0 and 1.");
        }
        MPConstraintProto row = indicator.getConstraint();
        SparseVector form = coefficients(row, "indicator constraint " + name);
        double[] range = model.range(form);
        double low = row.getLowerBound();
        double high = row.getUpperBound();
        if (low != Double.NEGATIVE_INFINITY) {
            bigM(name, form, low, Double.POSITIVE_INFINITY, low - range[0], binary, indicator);
        }
        if (high != Double.POSITIVE_INFINITY) {
            bigM(name, form, Double.NEGATIVE_INFINITY, high, range[1] - high, binary, indicator);
        }
    }

    /** One side of it; the miss is by how much the form may miss that side when the binary has the other value. */
    private void bigM(
            String name,
            SparseVector form,
            double lower,
            double upper,
            double miss,
            int binary,
            MPIndicatorConstraint indicator) {
        if (miss <= 0) {
            return; // holds anyway
        }
        if (!(miss <= LARGEST_BIG_M)) {
            throw new ModelImportException(String.format(
                    Locale.ROOT,
                    "Indicator constraint %s may be missed by %s when it is off, too much for a linear row (at most %.0e)."
                            + " Maybe bounds are missing on the variables of %s?",
                    name,
                    miss,
                    LARGEST_BIG_M,
                    name));
        }
        // off = 1 when the row need not hold: 1 − z for value 1, z for value 0.
        boolean onAtOne = indicator.getVarValue() == 1;
        double towardsSide = lower == Double.NEGATIVE_INFINITY ? -miss : miss; // added to the form when off
        SparseVector withOff = form.plus(SparseVector.unit(binary, onAtOne ? -towardsSide : towardsSide));
        double constant = onAtOne ? towardsSide : 0;
        model.row(name, withOff, lower - constant, upper - constant);
    }

    private double[] squares(double sign) {
        double[] squares = new double[proto.getVariableCount()];
        MPQuadraticObjective quadratic = proto.getQuadraticObjective();
        if (quadratic.getQvar1IndexCount() != quadratic.getCoefficientCount()
                || quadratic.getQvar2IndexCount() != quadratic.getCoefficientCount()) {
            throw new ModelImportException("The quadratic objective has " + quadratic.getCoefficientCount()
                    + " coefficients for " + quadratic.getQvar1IndexCount() + " and " + quadratic.getQvar2IndexCount()
                    + " variables.");
        }
        for (int k = 0; k < quadratic.getCoefficientCount(); k++) {
            int i = requireVariable(quadratic.getQvar1Index(k), "the quadratic objective");
            int j = requireVariable(quadratic.getQvar2Index(k), "the quadratic objective");
            double coefficient = sign * quadratic.getCoefficient(k);
            finite(coefficient, "The quadratic objective coefficient of", i);
            if (i != j && coefficient != 0) {
                throw new ModelImportException("The objective has the product of " + variable(i) + " and " + variable(j)
                        + ", but only squares of single variables can be imported.");
            }
            squares[i] += coefficient;
        }
        for (int i = 0; i < squares.length; i++) {
            if (squares[i] < 0) {
                throw new ModelImportException("The square of " + variable(i)
                        + " in the objective makes it " + (sign < 0 ? "convex" : "concave")
                        + ", but a cost that is minimised must be convex" + (sign < 0 ? ", a gain concave." : "."));
            }
        }
        return squares;
    }
}
