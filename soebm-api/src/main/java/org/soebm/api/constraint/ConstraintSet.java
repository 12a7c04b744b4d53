package org.soebm.api.constraint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.linear.SparseVector;

/**
 * The feasible set C of the decisions: bounds, linear rows lower ≤ Av ≤ upper, and integrality, over v = (a, u) with
 * decisions a (the first {@link #decisionCount()} variables) and auxiliary variables u. C is the projection onto the
 * decisions: a is feasible when some u makes (a, u) satisfy everything. Where that cannot say it all, a
 * {@link NativeModel} of one solver holds the rest. Immutable.
 */
public final class ConstraintSet {
    private final int decisionCount;
    private final double[] lower;
    private final double[] upper;
    private final boolean[] integer;
    private final List<LinearRow> rows;
    private final @Nullable NativeModel nativeModel;

    private ConstraintSet(Builder builder) {
        decisionCount = builder.decisionCount;
        lower = builder.lower.stream().mapToDouble(Double::doubleValue).toArray();
        upper = builder.upper.stream().mapToDouble(Double::doubleValue).toArray();
        integer = new boolean[lower.length];
        builder.integer.forEach(i -> integer[i] = true);
        rows = List.copyOf(builder.rows);
        nativeModel = builder.nativeModel;
    }

    /** Starts a feasible set with the given number of decisions, all of R^n to begin with. */
    public static Builder builder(int decisionCount) {
        return new Builder(decisionCount);
    }

    /** All of R^n. */
    public static ConstraintSet unconstrained(int decisionCount) {
        return builder(decisionCount).build();
    }

    /** The number da of decisions. */
    public int decisionCount() {
        return decisionCount;
    }

    /** The number of auxiliary variables. */
    public int auxiliaryCount() {
        return lower.length - decisionCount;
    }

    /** Decisions and auxiliary variables together. */
    public int variableCount() {
        return lower.length;
    }

    /** The lower bound of a variable, −∞ where there is none. */
    public double lower(int variable) {
        return lower[variable];
    }

    /** The upper bound of a variable, +∞ where there is none. */
    public double upper(int variable) {
        return upper[variable];
    }

    /** Whether a variable takes integer values only. */
    public boolean isInteger(int variable) {
        return integer[variable];
    }

    /** Whether any variable is integer. */
    public boolean hasIntegers() {
        for (boolean flag : integer) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    /** The linear rows, over all variables. */
    public List<LinearRow> rows() {
        return rows;
    }

    /** What bounds, rows and integrality leave unsaid, or null where they say it all. */
    public @Nullable NativeModel nativeModel() {
        return nativeModel;
    }

    /**
     * The largest violation of a bound, a row or integrality (distance to the nearest integer); 0 for a feasible
     * point, +∞ where a value is not finite. A {@link #nativeModel()} is not looked at.
     *
     * @param variables decisions followed by auxiliary variables
     * @throws IllegalArgumentException when the length is not {@link #variableCount()}
     */
    public double violation(double[] variables) {
        if (variables.length != variableCount()) {
            throw new IllegalArgumentException("A point of " + variables.length + " values was given, but the set has "
                    + decisionCount + " decisions and " + auxiliaryCount() + " auxiliary variables.");
        }
        double worst = 0;
        for (int i = 0; i < variables.length; i++) {
            worst = Math.max(worst, Interval.distance(variables[i], lower[i], upper[i]));
            if (integer[i] && Double.isFinite(variables[i])) {
                worst = Math.max(worst, Math.abs(variables[i] - Math.rint(variables[i])));
            }
        }
        for (LinearRow row : rows) {
            worst = Math.max(worst, row.violation(variables));
        }
        return worst;
    }

    /** Whether the {@link #violation} is at most the tolerance; a {@link #nativeModel()} is not looked at. */
    public boolean isFeasible(double[] variables, double tolerance) {
        return violation(variables) <= tolerance;
    }

    @Override
    public String toString() {
        return "ConstraintSet[" + decisionCount + " decisions, " + auxiliaryCount() + " auxiliary variables, "
                + rows.size() + " rows" + (hasIntegers() ? ", integers" : "")
                + (nativeModel == null ? "" : ", " + nativeModel.description()) + "]";
    }

    /** Collects bounds and rows. Shortcuts speak of the decisions; bounds that are set twice intersect. */
    public static final class Builder {
        private final int decisionCount;
        private final List<Double> lower = new ArrayList<>();
        private final List<Double> upper = new ArrayList<>();
        private final List<Integer> integer = new ArrayList<>();
        private final List<LinearRow> rows = new ArrayList<>();
        private @Nullable NativeModel nativeModel;

        private Builder(int decisionCount) {
            if (decisionCount < 1) {
                throw new IllegalArgumentException(
                        "A feasible set needs at least one decision, but has " + decisionCount + ".");
            }
            this.decisionCount = decisionCount;
            for (int i = 0; i < decisionCount; i++) {
                lower.add(Double.NEGATIVE_INFINITY);
                upper.add(Double.POSITIVE_INFINITY);
            }
        }

        /** Restricts one variable to [low, high]. */
        public Builder bounds(int variable, double low, double high) {
            requireVariable(variable);
            Interval.require("Variable " + variable, low, high);
            double newLow = Math.max(lower.get(variable), low);
            double newHigh = Math.min(upper.get(variable), high);
            if (newLow > newHigh) {
                throw new IllegalArgumentException("Variable " + variable + " is bounded to [" + lower.get(variable)
                        + ", " + upper.get(variable) + "] already, which does not meet [" + low + ", " + high + "].");
            }
            lower.set(variable, newLow);
            upper.set(variable, newHigh);
            return this;
        }

        /** Restricts every decision to [low, high]. */
        public Builder box(double low, double high) {
            for (int i = 0; i < decisionCount; i++) {
                bounds(i, low, high);
            }
            return this;
        }

        /** Every decision is at least 0. */
        public Builder nonNegative() {
            return box(0, Double.POSITIVE_INFINITY);
        }

        /** One variable takes integer values only. */
        public Builder integer(int variable) {
            requireVariable(variable);
            integer.add(variable);
            return this;
        }

        /** Every decision takes integer values only. */
        public Builder allInteger() {
            for (int i = 0; i < decisionCount; i++) {
                integer(i);
            }
            return this;
        }

        /** Adds an auxiliary variable in [low, high] and returns its index for use in rows. */
        public int auxiliary(double low, double high) {
            Interval.require("Auxiliary variable " + lower.size(), low, high);
            lower.add(low);
            upper.add(high);
            return lower.size() - 1;
        }

        /** Adds the row low ≤ coefficientsᵀv ≤ high. */
        public Builder row(String name, SparseVector coefficients, double low, double high) {
            if (coefficients.minimumDimension() > lower.size()) {
                throw new IllegalArgumentException("Row " + name + " touches variable "
                        + (coefficients.minimumDimension() - 1) + ", but there are " + lower.size()
                        + ". Maybe an auxiliary variable has to be added first?");
            }
            rows.add(new LinearRow(name, coefficients, low, high));
            return this;
        }

        /** |a_i − a_{i−1}| ≤ maximumChange for neighbouring decisions. */
        public Builder ramp(double maximumChange) {
            for (int i = 1; i < decisionCount; i++) {
                SparseVector change = SparseVector.of(new int[] {i - 1, i}, new double[] {-1, 1});
                row("ramp " + i, change, -maximumChange, maximumChange);
            }
            return this;
        }

        /** Σ a_i ≤ total. */
        public Builder budget(double total) {
            return row("budget", allOnes(), Double.NEGATIVE_INFINITY, total);
        }

        /** a ≥ 0 and Σ a_i = total. */
        public Builder simplex(double total) {
            return nonNegative().row("simplex", allOnes(), total, total);
        }

        /** Adds what only one solver understands; a set has at most one such part. */
        public Builder nativeModel(NativeModel model) {
            if (nativeModel != null) {
                throw new IllegalArgumentException("The feasible set has " + nativeModel.description()
                        + " already and cannot take " + model.description() + " as well.");
            }
            nativeModel = model;
            return this;
        }

        private SparseVector allOnes() {
            int[] indices = new int[decisionCount];
            double[] ones = new double[decisionCount];
            for (int i = 0; i < decisionCount; i++) {
                indices[i] = i;
            }
            Arrays.fill(ones, 1);
            return SparseVector.of(indices, ones);
        }

        private void requireVariable(int variable) {
            if (variable < 0 || variable >= lower.size()) {
                throw new IllegalArgumentException(
                        "There is no variable " + variable + "; the set has " + lower.size() + ".");
            }
        }

        /** The finished set. */
        public ConstraintSet build() {
            return new ConstraintSet(this);
        }
    }
}
