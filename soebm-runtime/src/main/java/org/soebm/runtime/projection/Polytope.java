package org.soebm.runtime.projection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.linear.SparseVector;

/**
 * What a feasible set says about some of its decisions: their bounds and the rows that touch them, with those other variables
 * that the rows connect them to. Rows in which none of them occurs, directly or through others, are left out.
 *
 * @param decisions d, the first variables
 * @param lower l of each variable, length n ≥ d
 * @param upper u of each variable
 * @param rows over the variables in this numbering, none of them without coefficients
 */
record Polytope(int decisions, double[] lower, double[] upper, List<LinearRow> rows) {
    static Polytope of(ConstraintSet set, int[] decisions) {
        Map<Integer, Integer> places = new LinkedHashMap<>(); // variable → place
        for (int decision : decisions) {
            places.put(decision, places.size());
        }
        List<LinearRow> connected = new ArrayList<>();
        List<LinearRow> others = new ArrayList<>(set.rows());
        others.removeIf(row -> row.coefficients().size() == 0);
        boolean grown = true;
        while (grown) {
            grown = false;
            for (var iterator = others.iterator(); iterator.hasNext(); ) {
                LinearRow row = iterator.next();
                if (touches(row.coefficients(), places)) {
                    iterator.remove();
                    connected.add(row);
                    grown = true;
                    for (int k = 0; k < row.coefficients().size(); k++) {
                        places.putIfAbsent(row.coefficients().index(k), places.size());
                    }
                }
            }
        }
        double[] lower = places.keySet().stream().mapToDouble(set::lower).toArray();
        double[] upper = places.keySet().stream().mapToDouble(set::upper).toArray();
        List<LinearRow> rows =
                connected.stream().map(row -> renumbered(row, places)).toList();
        return new Polytope(decisions.length, lower, upper, rows);
    }

    private static boolean touches(SparseVector coefficients, Map<Integer, Integer> places) {
        for (int k = 0; k < coefficients.size(); k++) {
            if (places.containsKey(coefficients.index(k))) {
                return true;
            }
        }
        return false;
    }

    private static LinearRow renumbered(LinearRow row, Map<Integer, Integer> places) {
        SparseVector coefficients = row.coefficients();
        int[] indices = new int[coefficients.size()];
        double[] values = new double[coefficients.size()];
        for (int k = 0; k < indices.length; k++) {
            indices[k] = places.getOrDefault(coefficients.index(k), -1); // all are there
            values[k] = coefficients.value(k);
        }
        return new LinearRow(row.name(), SparseVector.of(indices, values), row.lower(), row.upper());
    }

    /** n, the decisions and what they are connected to. */
    int variables() {
        return lower.length;
    }

    /** Whether the rows speak of the decisions alone. */
    boolean isOverDecisionsOnly() {
        return variables() == decisions;
    }

    /** The coefficients of a row, length n. */
    double[] dense(LinearRow row) {
        double[] dense = new double[variables()];
        row.coefficients().addTo(dense, 1);
        return dense;
    }

    /** The least value within the bounds of a row times ±1, −∞ where there is none. */
    double least(LinearRow row, int sign) {
        double sum = 0;
        for (int k = 0; k < row.coefficients().size(); k++) {
            double value = sign * row.coefficients().value(k);
            int j = row.coefficients().index(k);
            sum += value * (value > 0 ? lower[j] : upper[j]);
        }
        return sum;
    }

    /** Whether this is {a ≥ l, c Σ a = s}: one equality row with the same coefficient everywhere and no upper bound that it reaches. */
    boolean isSimplex() {
        if (rows.size() != 1 || !isOverDecisionsOnly()) {
            return false;
        }
        LinearRow row = rows.get(0);
        double c = row.coefficients().value(0);
        if (row.coefficients().size() != decisions || row.lower() != row.upper()) {
            return false;
        }
        double rest = row.lower() / c - Arrays.stream(lower).sum();
        for (int j = 0; j < decisions; j++) {
            boolean reached = !(upper[j] >= lower[j] + rest);
            if (row.coefficients().value(j) != c || Double.isInfinite(lower[j]) || reached) {
                return false;
            }
        }
        return true;
    }
}
