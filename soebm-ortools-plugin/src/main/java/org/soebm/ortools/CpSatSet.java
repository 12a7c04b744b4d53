package org.soebm.ortools;

import com.google.ortools.sat.ConstraintProto;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.IntegerVariableProto;
import com.google.ortools.sat.LinearConstraintProto;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.linear.SparseVector;
import org.soebm.ortools.model.CpSatModel;

/** A feasible set as CP-SAT takes it: a model without an objective, and which of its variables are those of the set. */
final class CpSatSet {
    /** What decisions may come to at most, so that costs of them fit in. */
    static final double LARGEST_DECISION = 0x1p40;

    private static final double LARGEST_ROW_SCALE = 1e6;
    private static final double ROUNDING = 1e-12; // relative, of decimal fractions in binary

    private final CpModelProto proto;
    private final int[] variables;
    private final String title;

    private CpSatSet(CpModelProto proto, int[] variables, String title) {
        this.proto = proto;
        this.variables = variables;
        this.title = title;
    }

    /** A set with a native model, which says all that the set's rows say. */
    static CpSatSet of(ConstraintSet set, CpSatModel model) {
        int[] variables = new int[set.variableCount()];
        Arrays.setAll(variables, model::variable);
        return new CpSatSet(model.proto(), variables, title(model));
    }

    /**
     * A set of integers with linear rows that hold exactly; null where a variable is continuous or has wide or no bounds, or
     * a row is not one of integers once it is multiplied by a power of ten.
     */
    static @Nullable CpSatSet ofRows(ConstraintSet set) {
        CpModelProto.Builder proto = CpModelProto.newBuilder();
        int[] variables = new int[set.variableCount()];
        for (int i = 0; i < variables.length; i++) {
            if (!set.isInteger(i) || isWide(set, i)) {
                return null;
            }
            variables[i] = i;
            proto.addVariables(IntegerVariableProto.newBuilder()
                    .addDomain((long) Math.ceil(set.lower(i)))
                    .addDomain((long) Math.floor(set.upper(i))));
        }
        for (LinearRow row : set.rows()) {
            LinearConstraintProto linear = integers(row, set);
            if (linear == null) {
                return null;
            }
            proto.addConstraints(ConstraintProto.newBuilder().setLinear(linear));
        }
        return new CpSatSet(proto.build(), variables, "the rows");
    }

    private static @Nullable LinearConstraintProto integers(LinearRow row, ConstraintSet set) {
        SparseVector coefficients = row.coefficients();
        double scale = 1;
        while (!isWhole(coefficients, scale)) {
            scale *= 10;
            if (scale > LARGEST_ROW_SCALE) {
                return null;
            }
        }
        LinearConstraintProto.Builder linear = LinearConstraintProto.newBuilder();
        double sum = 0;
        for (int k = 0; k < coefficients.size(); k++) {
            int variable = coefficients.index(k);
            double coefficient = Math.rint(coefficients.value(k) * scale);
            sum += Math.abs(coefficient) * Math.max(Math.abs(set.lower(variable)), Math.abs(set.upper(variable)));
            linear.addVars(variable).addCoeffs((long) coefficient);
        }
        if (!(sum < CpSatObjective.LARGEST_SUM)) {
            return null;
        }
        // What a sum cannot reach says as much as infinity does.
        double low = Math.max(row.lower() * scale, -CpSatObjective.LARGEST_SUM);
        double high = Math.min(row.upper() * scale, CpSatObjective.LARGEST_SUM);
        return linear.addDomain((long) Math.ceil(low - slack(low, scale)))
                .addDomain((long) Math.floor(high + slack(high, scale)))
                .build();
    }

    /** What still holds up to rounding, but less than what makes another integer. */
    private static double slack(double bound, double scale) {
        return Math.min(0.5, AnswerCheck.ROUNDING * Math.max(scale, Math.abs(bound)));
    }

    private static boolean isWhole(SparseVector coefficients, double scale) {
        for (int k = 0; k < coefficients.size(); k++) {
            double scaled = coefficients.value(k) * scale;
            if (!(Math.abs(scaled - Math.rint(scaled)) <= ROUNDING * Math.abs(scaled))) {
                return false;
            }
        }
        return true;
    }

    /** Which decision has too wide bounds for a cost in CP-SAT's integers, as a clause; null where none has. */
    static @Nullable String tooWide(ConstraintSet set, CpSatModel model) {
        for (int i = 0; i < set.decisionCount(); i++) {
            if (isWide(set, i)) {
                return "decision " + i + " of " + title(model) + " lies between " + set.lower(i) + " and "
                        + set.upper(i)
                        + ", too wide for a cost in CP-SAT's integers (2^40); maybe give it tighter bounds";
            }
        }
        return null;
    }

    private static boolean isWide(ConstraintSet set, int variable) {
        return !(Math.max(Math.abs(set.lower(variable)), Math.abs(set.upper(variable))) <= LARGEST_DECISION);
    }

    private static String title(CpSatModel model) {
        String name = model.proto().getName();
        return name.isEmpty() ? "the model (" + model.description() + ")" : "model " + name;
    }

    /** The model, without an objective. */
    CpModelProto proto() {
        return proto;
    }

    /** The index in the model of a variable of the set. */
    int variable(int index) {
        return variables[index];
    }

    /** The indices in the model of the set's variables. */
    int[] variables() {
        return variables.clone();
    }

    /** What a message calls it. */
    String title() {
        return title;
    }

    /** Whether there are circuits. */
    boolean isTour() {
        return proto.getConstraintsList().stream()
                .anyMatch(constraint -> constraint.hasCircuit() || constraint.hasRoutes());
    }
}
