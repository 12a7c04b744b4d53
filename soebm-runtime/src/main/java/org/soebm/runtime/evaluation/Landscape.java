package org.soebm.runtime.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.cost.Objective;
import org.soebm.api.cost.SmoothObjective;

/**
 * The true energy f(y, ·) and the learned energy E(x, ·) of one row over a plane of decisions a* + d₁v₁ + d₂v₂, with
 * orthonormal v₁ and v₂ (Fig. 4 of Kong et al., NeurIPS 2022).
 *
 * @param across d₁ of each column
 * @param up d₂ of each line
 * @param truth f(y, ·), shape (lines, columns); NaN where the cost is not defined
 * @param learned E(x, ·), likewise
 * @param feasible whether a point is in C, integrality aside; null where the rows alone cannot tell
 * @param decision d₁ and d₂ of the learned minimum, which lies in the plane
 */
public record Landscape(
        double[] across,
        double[] up,
        double[][] truth,
        double[][] learned,
        boolean @Nullable [][] feasible,
        double[] decision) {
    /** How far the plane is looked at, in distances between a* and the learned decision. */
    private static final double BEFORE = 1.5;

    private static final double BEYOND = 2.5;
    private static final double BESIDE = 2;

    private static final double SAME = 1e-6; // relative; closer points span no direction
    private static final double FEASIBILITY = 1e-6;

    /**
     * Computes it. The plane goes through a*, through the learned decision, and through another decision where that lies
     * off their line; missing directions are random.
     *
     * @param cost tells whether it is defined beyond the bounds of C
     * @param truth f(y, ·)
     * @param learned E(x, ·)
     * @param optimum a*
     * @param decision argmin E(x, ·)
     * @param other any other feasible decision, such as the optimum of another row
     * @param points columns and lines, at least 2
     * @param seed of random directions
     */
    public static Landscape of(
            CostFunction cost,
            ConstraintSet constraints,
            Objective truth,
            Objective learned,
            double[] optimum,
            double[] decision,
            double[] other,
            int points,
            long seed) {
        int n = optimum.length;
        double size = Math.max(norm(minus(decision, optimum)), norm(minus(other, optimum)));
        double scale = Math.max(1e-3 * (1 + norm(optimum)), size);
        Random random = new Random(seed);
        List<double[]> directions = new ArrayList<>();
        addDirection(directions, minus(decision, optimum), scale);
        addDirection(directions, minus(other, optimum), scale);
        while (directions.size() < Math.min(2, n)) {
            addDirection(directions, random.doubles(n, -1, 1).toArray(), 0);
        }
        double[] v1 = directions.get(0);
        double[] v2 = n > 1 ? directions.get(1) : new double[n]; // a single decision has no second direction
        double[] learnedPlace = {dot(minus(decision, optimum), v1), dot(minus(decision, optimum), v2)};
        double reach = learnedPlace[0] > SAME * scale ? learnedPlace[0] : scale;
        double[] across = axis(-BEFORE * reach, BEYOND * reach, points);
        double[] up = axis(-BESIDE * reach, BESIDE * reach, points);

        double[][] plane = new double[points * points][n];
        for (int k = 0; k < plane.length; k++) {
            for (int i = 0; i < n; i++) {
                plane[k][i] = optimum[i] + across[k % points] * v1[i] + up[k / points] * v2[i];
            }
        }
        boolean[] defined = new boolean[plane.length];
        for (int k = 0; k < plane.length; k++) {
            defined[k] = cost.isDefinedBeyondBounds() || isWithinBounds(constraints, plane[k]);
        }
        boolean[][] feasible = null;
        if (constraints.auxiliaryCount() == 0 && constraints.nativeModel() == null) {
            feasible = new boolean[points][points];
            for (int k = 0; k < plane.length; k++) {
                feasible[k / points][k % points] = isFeasible(constraints, plane[k]);
            }
        }
        return new Landscape(
                across,
                up,
                values(truth, plane, defined, points),
                values(learned, plane, defined, points),
                feasible,
                learnedPlace);
    }

    private static void addDirection(List<double[]> directions, double[] candidate, double scale) {
        double[] rest = candidate.clone();
        for (double[] direction : directions) {
            double along = dot(rest, direction);
            Arrays.setAll(rest, i -> rest[i] - along * direction[i]);
        }
        double length = norm(rest);
        if (directions.size() < 2 && length > SAME * scale && length > 0) {
            Arrays.setAll(rest, i -> rest[i] / length);
            directions.add(rest);
        }
    }

    private static double[] axis(double low, double high, int points) {
        double[] axis = new double[points];
        Arrays.setAll(axis, i -> low + i * (high - low) / (points - 1));
        return axis;
    }

    private static double[][] values(Objective objective, double[][] plane, boolean[] defined, int points) {
        List<double[]> asked = new ArrayList<>();
        for (int k = 0; k < plane.length; k++) {
            if (defined[k]) {
                asked.add(plane[k]);
            }
        }
        double[][] decisions = asked.toArray(double[][]::new);
        double[] answers = objective instanceof SmoothObjective smooth
                ? smooth.values(decisions)
                : Arrays.stream(decisions).mapToDouble(objective::value).toArray();
        double[][] values = new double[points][points];
        int next = 0;
        for (int k = 0; k < plane.length; k++) {
            values[k / points][k % points] = defined[k] ? answers[next++] : Double.NaN;
        }
        return values;
    }

    private static boolean isWithinBounds(ConstraintSet constraints, double[] decisions) {
        for (int i = 0; i < decisions.length; i++) {
            double slack = FEASIBILITY * Math.max(1, Math.abs(decisions[i]));
            if (decisions[i] < constraints.lower(i) - slack || decisions[i] > constraints.upper(i) + slack) {
                return false;
            }
        }
        return true;
    }

    private static boolean isFeasible(ConstraintSet constraints, double[] decisions) {
        if (!isWithinBounds(constraints, decisions)) {
            return false;
        }
        for (LinearRow row : constraints.rows()) {
            double activity = row.coefficients().dot(decisions);
            double slack = FEASIBILITY * Math.max(1, Math.abs(activity));
            if (activity < row.lower() - slack || activity > row.upper() + slack) {
                return false;
            }
        }
        return true;
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        Arrays.setAll(difference, i -> a[i] - b[i]);
        return difference;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }
}
