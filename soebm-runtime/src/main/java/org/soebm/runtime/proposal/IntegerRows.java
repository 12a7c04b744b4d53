package org.soebm.runtime.proposal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.Support;
import org.soebm.api.task.DataException;

/** Integer decisions under bounds and linear rows, by columns, so that the rows that a move touches are found at once. */
final class IntegerRows {
    private static final double TOLERANCE = 1e-6; // of solvers' answers
    private static final int FAR = 1_000_000_000;

    private final int[] lower;
    private final int[] upper;
    private final int[][] rowsOf; // by decision
    private final double[][] coefficientsOf;
    private final double[] low;
    private final double[] high;

    private IntegerRows(ConstraintSet set, int[] decisions, List<LinearRow> rows) {
        int d = decisions.length;
        lower = new int[d];
        upper = new int[d];
        rowsOf = new int[d][];
        coefficientsOf = new double[d][];
        for (int j = 0; j < d; j++) {
            lower[j] = (int) Math.ceil(Math.max(-FAR, set.lower(decisions[j])) - TOLERANCE);
            upper[j] = (int) Math.floor(Math.min(FAR, set.upper(decisions[j])) + TOLERANCE);
            List<Integer> numbers = new ArrayList<>();
            List<Double> coefficients = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                double coefficient = coefficient(rows.get(i).coefficients(), decisions[j]);
                if (coefficient != 0) {
                    numbers.add(i);
                    coefficients.add(coefficient);
                }
            }
            rowsOf[j] = numbers.stream().mapToInt(Integer::intValue).toArray();
            coefficientsOf[j] =
                    coefficients.stream().mapToDouble(Double::doubleValue).toArray();
        }
        low = rows.stream()
                .mapToDouble(row -> row.lower() - TOLERANCE * (1 + finite(row.lower())))
                .toArray();
        high = rows.stream()
                .mapToDouble(row -> row.upper() + TOLERANCE * (1 + finite(row.upper())))
                .toArray();
    }

    private static double finite(double side) {
        return Double.isInfinite(side) ? 0 : Math.abs(side);
    }

    private static double coefficient(SparseVector vector, int index) {
        int low = 0;
        int high = vector.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (vector.index(middle) == index) {
                return vector.value(middle);
            }
            if (vector.index(middle) < index) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return 0;
    }

    /** Whether bounds and rows say everything about these decisions, and all are integers. */
    static Support support(ConstraintSet set, int[] decisions) {
        if (set.nativeModel() != null) {
            return Support.no("the feasible set has " + set.nativeModel().description()
                    + ", which a move cannot be held against; take the candidates pool or perturbed-optima");
        }
        boolean[] chosen = new boolean[set.variableCount()];
        for (int decision : decisions) {
            chosen[decision] = true;
            if (!set.isInteger(decision)) {
                return Support.no(
                        "decision " + decision
                                + " is continuous, and local moves are in whole steps; take the candidates projected-gaussians or pool");
            }
        }
        for (LinearRow row : set.rows()) {
            int foreign = foreign(row.coefficients(), chosen);
            if (foreign >= 0) {
                return Support.no("row " + row.name() + " connects the decisions to variable " + foreign
                        + ", which local moves leave alone; take the candidates pool or perturbed-optima");
            }
        }
        return Support.yes();
    }

    /** A variable of a row with chosen decisions that is not chosen itself, or −1. */
    private static int foreign(SparseVector coefficients, boolean[] chosen) {
        int foreign = -1;
        boolean touches = false;
        for (int k = 0; k < coefficients.size(); k++) {
            if (chosen[coefficients.index(k)]) {
                touches = true;
            } else {
                foreign = coefficients.index(k);
            }
        }
        return touches ? foreign : -1;
    }

    /**
     * @throws DataException when {@link #support} refuses
     */
    static IntegerRows of(ConstraintSet set, int[] decisions) {
        Support support = support(set, decisions);
        if (!support.supported()) {
            throw new DataException("Candidates cannot be made by local moves: " + support.reason() + ".");
        }
        List<LinearRow> touching = set.rows().stream()
                .filter(row -> Arrays.stream(decisions).anyMatch(j -> coefficient(row.coefficients(), j) != 0))
                .toList();
        return new IntegerRows(set, decisions, touching);
    }

    int decisions() {
        return lower.length;
    }

    int rows() {
        return low.length;
    }

    boolean isWithinBounds(int decision, int value) {
        return value >= lower[decision] && value <= upper[decision];
    }

    boolean hasTwoValues(int decision) {
        return upper[decision] - lower[decision] == 1;
    }

    /** The one of two values that a decision does not have. */
    int otherValue(int decision, int value) {
        return lower[decision] + upper[decision] - value;
    }

    /** The rows that a decision occurs in. */
    int[] rowsOf(int decision) {
        return rowsOf[decision];
    }

    /** Its coefficients in them. */
    double[] coefficientsOf(int decision) {
        return coefficientsOf[decision];
    }

    boolean holds(int row, double activity) {
        return activity >= low[row] && activity <= high[row];
    }

    /** The value of each row. */
    double[] activities(int[] values) {
        double[] activities = new double[low.length];
        for (int j = 0; j < values.length; j++) {
            for (int k = 0; k < rowsOf[j].length; k++) {
                activities[rowsOf[j][k]] += coefficientsOf[j][k] * values[j];
            }
        }
        return activities;
    }

    /** What is wrong with integer decisions, one clause, or null where they are feasible. */
    @Nullable
    String fault(int[] values) {
        for (int j = 0; j < values.length; j++) {
            if (!isWithinBounds(j, values[j])) {
                return "decision " + j + " is " + values[j] + ", not within [" + lower[j] + ", " + upper[j] + "]";
            }
        }
        double[] activities = activities(values);
        for (int i = 0; i < activities.length; i++) {
            if (!holds(i, activities[i])) {
                return "row " + i + " is " + activities[i] + ", not within [" + low[i] + ", " + high[i] + "]";
            }
        }
        return null;
    }
}
