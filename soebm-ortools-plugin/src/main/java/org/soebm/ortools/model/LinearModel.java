package org.soebm.ortools.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.linear.SparseVector;

/**
 * A model in the one form that all imports lead to: min offset + Σ cost·v + square·v² over bounds, rows and integrality.
 *
 * @param name of the model, may be empty
 * @param variables in the original's order; an import may add some at the end
 * @param rows over the variables
 * @param offset of the objective, to be minimised
 * @param maximised whether the original maximises, so that costs and offset are the negated ones of the original
 * @param cpSat the whole original where rows do not say it all, else null
 */
record LinearModel(
        String name,
        List<Variable> variables,
        List<LinearRow> rows,
        double offset,
        boolean maximised,
        @Nullable CpSatSource cpSat) {
    /**
     * A variable with its bounds and its part of the objective, to be minimised.
     *
     * @param name may be empty
     */
    record Variable(String name, double lower, double upper, boolean integer, double cost, double square) {
        Variable withObjective(double newCost, double newSquare) {
            return new Variable(name, lower, upper, integer, newCost, newSquare);
        }
    }

    /** Collects variables and rows; bounds and rows without a number in between become rows that contradict each other. */
    static final class Builder {
        private final List<Variable> variables = new ArrayList<>();
        private final List<LinearRow> rows = new ArrayList<>();

        /** Adds a variable and returns its index. */
        int variable(String name, double lower, double upper, boolean integer) {
            int index = variables.size();
            String shown = "variable " + (name.isEmpty() ? "#" + index : Names.shown(name));
            if (isEmpty(shown, lower, upper)) {
                variables.add(new Variable(name, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, integer, 0, 0));
                row("bounds of " + shown, SparseVector.unit(index, 1), lower, upper);
            } else {
                variables.add(new Variable(name, lower, upper, integer, 0, 0));
            }
            return index;
        }

        /** Adds a row; one that always holds is left out. */
        void row(String name, SparseVector coefficients, double lower, double upper) {
            if (isEmpty("row " + name, lower, upper)) {
                rows.add(new LinearRow(name, coefficients, lower, Double.POSITIVE_INFINITY));
                rows.add(new LinearRow(name, coefficients, Double.NEGATIVE_INFINITY, upper));
                return;
            }
            boolean free = lower == Double.NEGATIVE_INFINITY && upper == Double.POSITIVE_INFINITY;
            boolean holds = coefficients.size() == 0 && lower <= 0 && upper >= 0;
            if (!free && !holds) {
                rows.add(new LinearRow(name, coefficients, lower, upper));
            }
        }

        private static boolean isEmpty(String what, double lower, double upper) {
            if (Double.isNaN(lower) || Double.isNaN(upper)) {
                throw new ModelImportException("The " + what + " has the interval [" + lower + ", " + upper
                        + "], but both ends must be numbers.");
            }
            if (lower == Double.POSITIVE_INFINITY || upper == Double.NEGATIVE_INFINITY) {
                throw new ModelImportException("The " + what + " has the interval [" + lower + ", " + upper
                        + "], which holds no finite number.");
            }
            return lower > upper;
        }

        Variable variable(int index) {
            return variables.get(index);
        }

        int variableCount() {
            return variables.size();
        }

        void objective(int index, double cost, double square) {
            variables.set(index, variables.get(index).withObjective(cost, square));
        }

        /** The smallest and the largest value of a linear form within the bounds of the variables. */
        double[] range(SparseVector form) {
            return LinearModel.range(form, variables);
        }

        LinearModel build(String name, double offset, boolean maximised, @Nullable CpSatSource cpSat) {
            return new LinearModel(name, List.copyOf(variables), List.copyOf(rows), offset, maximised, cpSat);
        }
    }

    /** The smallest and the largest value of a linear form within the bounds of the variables, infinities among them. */
    double[] range(SparseVector form) {
        return range(form, variables);
    }

    private static double[] range(SparseVector form, List<Variable> variables) {
        double low = 0;
        double high = 0;
        for (int k = 0; k < form.size(); k++) {
            Variable v = variables.get(form.index(k));
            double c = form.value(k);
            low += c > 0 ? c * v.lower() : c * v.upper();
            high += c > 0 ? c * v.upper() : c * v.lower();
        }
        return new double[] {low, high};
    }

    /** The variables' names, empty where there is none. */
    List<String> variableNames() {
        return variables.stream().map(Variable::name).toList();
    }

    /** How messages speak of the model. */
    String title() {
        return name.isEmpty() ? "the model" : "model " + Names.shown(name);
    }
}
