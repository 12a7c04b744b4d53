package org.soebm.runtime.softconstraint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.solver.Support;
import org.soebm.api.task.DataException;

/**
 * Linear rows and bounds of some decisions as g(a) = Na − h with g(a) ≤ 0, or g(a) = 0 for equalities. The normals are of norm 1,
 * so that g is a distance in units of the decisions.
 *
 * @param normals N, shape (m, da)
 * @param offsets h, length m
 * @param equalities whether g has to be 0
 */
public record LimitRows(double[][] normals, double[] offsets, boolean[] equalities) {
    /** Whether a penalty can speak for a feasible set, and if not why. Integrality is left aside. */
    public static Support support(ConstraintSet set, int[] decisions) {
        if (set.nativeModel() != null) {
            return Support.no("the feasible set has " + set.nativeModel().description()
                    + ", of which no distance is known; take the candidates pool or perturbed-optima");
        }
        Map<Integer, Integer> places = places(decisions);
        for (LinearRow row : set.rows()) {
            boolean touched = isTouched(row, places);
            for (int k = 0; touched && k < row.coefficients().size(); k++) {
                int variable = row.coefficients().index(k);
                if (!places.containsKey(variable)) {
                    return Support.no("row " + row.name() + " connects the decisions to variable " + variable
                            + ", of which the energy knows nothing; take projected-gaussians or pool as candidates");
                }
            }
        }
        return Support.yes();
    }

    /**
     * The limits of some decisions.
     *
     * @param decisions their numbers, without repetition
     * @throws DataException when {@link #support} refuses, or there is no limit
     */
    public static LimitRows of(ConstraintSet set, int[] decisions) {
        Support support = support(set, decisions);
        if (!support.supported()) {
            throw new DataException("The energy cannot have soft constraints: " + support.reason() + ".");
        }
        Map<Integer, Integer> places = places(decisions);
        Collector limits = new Collector(decisions.length);
        for (LinearRow row : set.rows()) {
            if (isTouched(row, places)) {
                double[] normal = new double[decisions.length];
                for (int k = 0; k < row.coefficients().size(); k++) {
                    normal[places.getOrDefault(row.coefficients().index(k), -1)] =
                            row.coefficients().value(k);
                }
                limits.add(normal, row.lower(), row.upper());
            }
        }
        for (int j = 0; j < decisions.length; j++) {
            double[] unit = new double[decisions.length];
            unit[j] = 1;
            limits.add(unit, set.lower(decisions[j]), set.upper(decisions[j]));
        }
        if (limits.normals.isEmpty()) {
            throw new DataException(
                    "The energy cannot have soft constraints: the feasible set sets the decisions no limits."
                            + " Leave them away.");
        }
        return limits.rows();
    }

    private static Map<Integer, Integer> places(int[] decisions) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int decision : decisions) {
            places.put(decision, places.size());
        }
        return places;
    }

    private static boolean isTouched(LinearRow row, Map<Integer, Integer> places) {
        for (int k = 0; k < row.coefficients().size(); k++) {
            if (places.containsKey(row.coefficients().index(k))) {
                return true;
            }
        }
        return false;
    }

    /** m. */
    public int count() {
        return offsets.length;
    }

    /** Whether some limit is an equality. */
    public boolean hasEqualities() {
        for (boolean equality : equalities) {
            if (equality) {
                return true;
            }
        }
        return false;
    }

    /** g(a), length m. */
    public double[] at(double[] decision) {
        double[] values = new double[count()];
        for (int i = 0; i < values.length; i++) {
            double sum = -offsets[i];
            for (int j = 0; j < decision.length; j++) {
                sum += normals[i][j] * decision[j];
            }
            values[i] = sum;
        }
        return values;
    }

    private static final class Collector {
        private final int decisions;
        private final List<double[]> normals = new ArrayList<>();
        private final List<Double> offsets = new ArrayList<>();
        private final List<Boolean> equalities = new ArrayList<>();

        Collector(int decisions) {
            this.decisions = decisions;
        }

        void add(double[] normal, double low, double high) {
            double norm = 0;
            for (double value : normal) {
                norm = Math.hypot(norm, value);
            }
            if (Double.isFinite(high)) {
                add(normal, 1 / norm, high, low == high);
            }
            if (Double.isFinite(low) && low != high) {
                add(normal, -1 / norm, low, false);
            }
        }

        private void add(double[] normal, double factor, double side, boolean equality) {
            double[] scaled = new double[decisions];
            for (int j = 0; j < decisions; j++) {
                scaled[j] = factor * normal[j];
            }
            normals.add(scaled);
            offsets.add(factor * side);
            equalities.add(equality);
        }

        LimitRows rows() {
            boolean[] flags = new boolean[equalities.size()];
            for (int i = 0; i < flags.length; i++) {
                flags[i] = equalities.get(i);
            }
            return new LimitRows(
                    normals.toArray(new double[0][]),
                    offsets.stream().mapToDouble(Double::doubleValue).toArray(),
                    flags);
        }
    }
}
