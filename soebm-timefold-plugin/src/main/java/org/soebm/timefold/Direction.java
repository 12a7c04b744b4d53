package org.soebm.timefold;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.linear.SparseVector;

/**
 * A direction in which a move shifts several variables at once, with what a unit of it does to rows and to the residuals of
 * terms. Rows and terms that do not change along it (the inside of a run, the budget of an exchange) are left out.
 *
 * @param variables the variables that change
 * @param steps by how much each changes a unit
 * @param rows the rows whose activity changes
 * @param rowSteps by how much each changes a unit
 * @param terms the terms whose residual changes
 * @param termSteps by how much each changes a unit
 * @param hasInteger whether an integer variable changes; only whole units keep it an integer then
 */
record Direction(
        int[] variables,
        double[] steps,
        int[] rows,
        double[] rowSteps,
        int[] terms,
        double[] termSteps,
        boolean hasInteger) {
    private static final double CANCELLED = 1e-12;

    /** A direction, or null when an integer variable would change by a broken number a unit. */
    static @Nullable Direction of(Program program, int[] variables, double[] steps) {
        return of(program, variables, steps, CANCELLED);
    }

    /**
     * As above.
     *
     * @param cancelled how small a change counts as none, relative to the changes that it is the sum of
     */
    static @Nullable Direction of(Program program, int[] variables, double[] steps, double cancelled) {
        boolean hasInteger = false;
        for (int k = 0; k < variables.length; k++) {
            if (program.integer[variables[k]]) {
                hasInteger = true;
                if (steps[k] != Math.rint(steps[k])) {
                    return null;
                }
            }
        }
        Changes rowChanges = new Changes();
        Changes termChanges = new Changes();
        for (int k = 0; k < variables.length; k++) {
            for (int row : program.rowsOf[variables[k]]) {
                rowChanges.add(row, steps[k] * coefficient(program.rows.get(row).coefficients(), variables[k]));
            }
            for (int term : program.termsOf[variables[k]]) {
                termChanges.add(
                        term, steps[k] * coefficient(program.terms.get(term).decisionCoefficients(), variables[k]));
            }
        }
        rowChanges.compact(cancelled);
        termChanges.compact(cancelled);
        return new Direction(
                variables,
                steps,
                rowChanges.positions,
                rowChanges.values,
                termChanges.positions,
                termChanges.values,
                hasInteger);
    }

    /** The way of the continuous variables from a point to where they are; null when fewer than two have moved. */
    static @Nullable Direction between(Program program, double[] from, GridScoreCalculator.State to) {
        int count = 0;
        int[] variables = new int[from.length];
        double[] steps = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            double way = to.value(i) - from[i];
            if (way != 0 && !program.integer[i]) {
                variables[count] = i;
                steps[count++] = way;
            }
        }
        return count < 2 ? null : of(program, Arrays.copyOf(variables, count), Arrays.copyOf(steps, count));
    }

    /** This direction plus a change of one more variable; null as in {@link #of}. */
    @Nullable
    Direction plus(Program program, int variable, double step) {
        int[] moreVariables = Arrays.copyOf(variables, variables.length + 1);
        double[] moreSteps = Arrays.copyOf(steps, steps.length + 1);
        moreVariables[variables.length] = variable;
        moreSteps[steps.length] = step;
        return of(program, moreVariables, moreSteps);
    }

    boolean changes(int variable) {
        for (int i : variables) {
            if (i == variable) {
                return true;
            }
        }
        return false;
    }

    double rowStep(int row) {
        for (int k = 0; k < rows.length; k++) {
            if (rows[k] == row) {
                return rowSteps[k];
            }
        }
        return 0;
    }

    double termStep(int term) {
        for (int k = 0; k < terms.length; k++) {
            if (terms[k] == term) {
                return termSteps[k];
            }
        }
        return 0;
    }

    static double coefficient(SparseVector vector, int variable) {
        int low = 0;
        int high = vector.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (vector.index(middle) < variable) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return vector.index(low) == variable ? vector.value(low) : 0;
    }

    /** Sums by position; small, so searched from the end, where neighbours in a run meet. */
    private static final class Changes {
        private int[] positions = new int[8];
        private double[] values = new double[8];
        private double[] sizes = new double[8];
        private int size;

        void add(int position, double value) {
            int k = size - 1;
            while (k >= 0 && positions[k] != position) {
                k--;
            }
            if (k < 0) {
                if (size == positions.length) {
                    positions = Arrays.copyOf(positions, 2 * size);
                    values = Arrays.copyOf(values, 2 * size);
                    sizes = Arrays.copyOf(sizes, 2 * size);
                }
                k = size++;
                positions[k] = position;
            }
            values[k] += value;
            sizes[k] += Math.abs(value);
        }

        void compact(double cancelled) {
            int kept = 0;
            for (int k = 0; k < size; k++) {
                if (Math.abs(values[k]) > cancelled * sizes[k]) {
                    positions[kept] = positions[k];
                    values[kept++] = values[k];
                }
            }
            positions = Arrays.copyOf(positions, kept);
            values = Arrays.copyOf(values, kept);
        }
    }
}
