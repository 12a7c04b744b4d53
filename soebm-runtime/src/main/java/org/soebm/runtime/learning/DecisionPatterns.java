package org.soebm.runtime.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.linear.SparseVector;
import org.soebm.runtime.sensitivity.SmoothArgmin;

/**
 * The decisions l + Pz that r patterns reach, the columns of P ≥ 0, with coefficients z ≥ 0 and the lower bounds l. A problem
 * over a ∈ C becomes one over {z ≥ 0 : l + Pz ∈ C}, whose rows are those of C times P.
 *
 * <p>Only the products of patterns and coefficients count, so each pattern is as long as C lets it be: it spends all of the
 * first row with an upper side and without negative coefficients (a budget), each decision up to its bound. That row then
 * implies the bounds on all decisions, and the problem over z has one row only, for which solvers have closed forms. Bounds
 * that nothing implies are rows of their own.
 */
final class DecisionPatterns {
    private static final double ROUNDING = 1e-9;
    private static final double DIFFERENCE = 1e-5; // along coefficients
    private static final double FAR = 2; // upper bounds on coefficients, in units of what the rows imply: never met

    private final ConstraintSet set;
    private final boolean definedBeyondBounds;
    private final double[] origin; // l
    private final double[] width; // upper minus lower bounds
    private final @Nullable LinearRow budget;
    private double[][] patterns; // the columns of P, (r, da)

    /**
     * Patterns in a feasible set.
     *
     * @param set with finite lower bounds on all decisions
     * @param definedBeyondBounds whether the objectives are
     * @param patterns the columns of P, of any length, shape (r, da), not negative
     */
    DecisionPatterns(ConstraintSet set, boolean definedBeyondBounds, double[][] patterns) {
        this.set = set;
        this.definedBeyondBounds = definedBeyondBounds;
        origin = new double[set.decisionCount()];
        width = new double[set.decisionCount()];
        Arrays.setAll(origin, set::lower);
        Arrays.setAll(width, i -> set.upper(i) - set.lower(i));
        budget = set.rows().stream().filter(this::isBudget).findFirst().orElse(null);
        this.patterns = patterns;
        replaceBy(patterns);
    }

    /** Replaces the patterns by the nearest that are not negative, as long as C lets them be. */
    void replaceBy(double[][] wanted) {
        double[][] next = new double[wanted.length][];
        for (int j = 0; j < wanted.length; j++) {
            double[] pattern =
                    Arrays.stream(wanted[j]).map(entry -> Math.max(0, entry)).toArray();
            // One that is gone would never come back.
            next[j] = Arrays.stream(pattern).sum() > 0 ? asLongAsPossible(pattern) : patterns[j];
        }
        patterns = next;
    }

    /** min(t p, upper − lower) with the t at which the budget is spent, or at which the first decision meets its bound. */
    private double[] asLongAsPossible(double[] pattern) {
        double first = Double.POSITIVE_INFINITY; // t at which the first decision is at its bound
        double last = 0; // and the last
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i] > 0) {
                first = Math.min(first, width[i] / pattern[i]);
                last = Math.max(last, width[i] / pattern[i]);
            }
        }
        double spent = budget == null ? 0 : budget.coefficients().dot(pattern);
        if (budget == null || spent == 0) {
            return Double.isFinite(first) && first > 0 ? scaled(pattern, first) : pattern;
        }
        double limit = limit(budget);
        double low = 0;
        double high = Math.min(last, 1e6 * limit / spent); // beyond, decisions would be out of all proportion
        for (int halving = 0; halving < 100; halving++) {
            double middle = 0.5 * (low + high);
            if (budget.coefficients().dot(scaled(pattern, middle)) > limit) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return scaled(pattern, high);
    }

    private double[] scaled(double[] pattern, double factor) {
        double[] scaled = new double[pattern.length];
        Arrays.setAll(scaled, i -> Math.min(factor * pattern[i], width[i]));
        return scaled;
    }

    private boolean isBudget(LinearRow row) {
        SparseVector c = row.coefficients();
        boolean isOfDecisions = c.minimumDimension() <= set.decisionCount();
        for (int k = 0; k < c.size(); k++) {
            isOfDecisions &= c.value(k) > 0;
        }
        return isOfDecisions && row.upper() < Double.POSITIVE_INFINITY && limit(row) > 0;
    }

    /** What Pz may spend of a row. */
    private double limit(LinearRow row) {
        return row.upper() - ofDecisions(row.coefficients()).dot(origin);
    }

    private SparseVector ofDecisions(SparseVector vector) {
        int[] indices = new int[vector.size()];
        double[] values = new double[vector.size()];
        for (int k = 0; k < values.length; k++) {
            boolean isDecision = vector.index(k) < set.decisionCount();
            indices[k] = isDecision ? vector.index(k) : 0;
            values[k] = isDecision ? vector.value(k) : 0;
        }
        return SparseVector.of(indices, values);
    }

    /** The patterns, the columns of P, shape (r, da). */
    double[][] patterns() {
        return patterns;
    }

    /** Goes on from such patterns as they are. */
    void restore(double[][] former) {
        patterns = former;
    }

    int count() {
        return patterns.length;
    }

    /** l + Pz. */
    double[] decisions(double[] coefficients) {
        double[] decisions = origin.clone();
        for (int j = 0; j < patterns.length; j++) {
            for (int i = 0; i < decisions.length; i++) {
                decisions[i] += patterns[j][i] * coefficients[j];
            }
        }
        return decisions;
    }

    /** Pv. */
    double[] along(double[] change) {
        double[] along = decisions(change);
        Arrays.setAll(along, i -> along[i] - origin[i]);
        return along;
    }

    /** Pᵀ times a gradient in a. */
    double[] alongEach(double[] gradient) {
        double[] alongEach = new double[patterns.length];
        Arrays.setAll(alongEach, j -> dot(patterns[j], gradient));
        return alongEach;
    }

    /**
     * {z ≥ 0 : l + Pz ∈ C}.
     *
     * @param set over z
     * @param normals of its rows in a
     */
    record Coefficients(ConstraintSet set, List<SparseVector> normals) {}

    /** The feasible set of the coefficients, with C's auxiliary variables. */
    Coefficients coefficients() {
        int r = patterns.length;
        int da = origin.length;
        ConstraintSet.Builder builder = ConstraintSet.builder(r);
        List<SparseVector> normals = new ArrayList<>();
        for (int j = 0; j < r; j++) {
            builder.bounds(j, 0, FAR * most(j));
        }
        for (int u = da; u < set.variableCount(); u++) {
            builder.auxiliary(set.lower(u), set.upper(u));
        }
        for (int i = 0; i < da; i++) {
            if (width[i] < Double.POSITIVE_INFINITY && !isImplied(i)) {
                SparseVector unit = SparseVector.unit(i, 1);
                builder.row("upper bound " + i, timesPatterns(unit), Double.NEGATIVE_INFINITY, width[i]);
                normals.add(unit);
            }
        }
        for (LinearRow row : set.rows()) {
            SparseVector normal = ofDecisions(row.coefficients());
            double offset = normal.dot(origin);
            builder.row(row.name(), timesPatterns(row.coefficients()), row.lower() - offset, row.upper() - offset);
            normals.add(normal);
        }
        return new Coefficients(builder.build(), normals);
    }

    /** Pᵀ times a row's decisions, then its auxiliary variables. */
    private SparseVector timesPatterns(SparseVector row) {
        int r = patterns.length;
        SparseVector decisions = ofDecisions(row);
        int[] indices = new int[r + row.size()];
        double[] values = new double[indices.length];
        for (int j = 0; j < r; j++) {
            indices[j] = j;
            values[j] = decisions.dot(patterns[j]);
        }
        for (int k = 0; k < row.size(); k++) {
            if (row.index(k) >= origin.length) {
                indices[r + k] = r + row.index(k) - origin.length;
                values[r + k] = row.value(k);
            }
        }
        return SparseVector.of(indices, values);
    }

    /** The most of a pattern that bounds and budget allow. */
    private double most(int j) {
        double most = Double.POSITIVE_INFINITY;
        for (int i = 0; i < origin.length; i++) {
            if (patterns[j][i] > 0) {
                most = Math.min(most, width[i] / patterns[j][i]);
            }
        }
        double spent = budget == null ? 0 : budget.coefficients().dot(patterns[j]);
        return budget != null && spent > 0 ? Math.min(most, limit(budget) / spent) : most;
    }

    /** Whether the budget keeps a decision within its upper bound, by whatever patterns. */
    private boolean isImplied(int i) {
        for (double[] pattern : patterns) {
            if (pattern[i] > 0) {
                double spent = budget == null ? 0 : budget.coefficients().dot(pattern);
                if (budget == null || spent * width[i] * (1 + ROUNDING) < pattern[i] * limit(budget)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** An objective over a as one over z. Where it is not defined beyond bounds, it goes on from them. */
    SmoothObjective over(SmoothObjective objective) {
        return new SmoothObjective() {
            @Override
            public int dimension() {
                return patterns.length;
            }

            @Override
            public int batchSize() {
                return objective.batchSize();
            }

            @Override
            public double value(double[] z) {
                return objective.value(withinBounds(decisions(z)));
            }

            @Override
            public double valueAndGradient(double[] z, double[] gradient) {
                return valuesAndGradients(new double[][] {z}, new double[][] {gradient})[0];
            }

            @Override
            public double[] values(double[][] z) {
                return objective.values(Arrays.stream(z)
                        .map(point -> withinBounds(decisions(point)))
                        .toArray(double[][]::new));
            }

            @Override
            public double[] valuesAndGradients(double[][] z, double[][] gradients) {
                double[][] inDecisions = new double[z.length][origin.length];
                double[] values = objective.valuesAndGradients(
                        Arrays.stream(z)
                                .map(point -> withinBounds(decisions(point)))
                                .toArray(double[][]::new),
                        inDecisions);
                for (int m = 0; m < z.length; m++) {
                    System.arraycopy(alongEach(inDecisions[m]), 0, gradients[m], 0, patterns.length);
                }
                return values;
            }
        };
    }

    private double[] withinBounds(double[] decisions) {
        if (!definedBeyondBounds) {
            Arrays.setAll(decisions, i -> Math.max(origin[i], Math.min(origin[i] + width[i], decisions[i])));
        }
        return decisions;
    }

    /**
     * The gradient of a loss f(l + Pz*(P)) with respect to the patterns, for z* = argmin E(l + Pz). With g and H the
     * gradient and curvature of E, v the adjoint in z, and λ and w the multipliers and adjoints of the rows A of C,
     *
     * <pre>  dL/dP = (∂f/∂a − HPv − Aᵀw) z*ᵀ − (g + Aᵀλ) vᵀ.</pre>
     *
     * <p>The first is what the decision itself, the conditions' gradient and the rows' slacks change by with P in Pz; the
     * second comes of the P by which the gradient and the rows are multiplied.
     *
     * @param energy E
     * @param slope ∂f/∂a at the optimum
     * @param z z*
     * @param adjoint of z*
     * @param normals of its rows
     * @return shape (r, da)
     */
    double[][] gradient(
            SmoothObjective energy,
            double[] slope,
            double[] z,
            SmoothArgmin.Adjoint adjoint,
            List<SparseVector> normals) {
        double[][] around = gradientsAlong(energy, z, adjoint.v());
        double[] gradient = around[0].clone();
        double[] ofCoefficient = slope.clone(); // ∂f/∂a − HPv − Aᵀw
        Arrays.setAll(ofCoefficient, i -> ofCoefficient[i] - around[1][i]);
        for (int k = 0; k < normals.size(); k++) {
            normals.get(k).addTo(ofCoefficient, -adjoint.rowAdjoints()[k]);
            normals.get(k).addTo(gradient, adjoint.multipliers()[k]);
        }
        double[][] byPatterns = new double[patterns.length][origin.length];
        for (int j = 0; j < byPatterns.length; j++) {
            for (int i = 0; i < origin.length; i++) {
                byPatterns[j][i] = ofCoefficient[i] * z[j] - gradient[i] * adjoint.v()[j];
            }
        }
        return byPatterns;
    }

    /** The gradient g, and HPv by a difference of it, central where the bounds leave room to both sides. */
    private double[][] gradientsAlong(SmoothObjective energy, double[] z, double[] v) {
        double[] here = withinBounds(decisions(z));
        double[] along = new double[origin.length]; // Pv
        for (int j = 0; j < v.length; j++) {
            for (int i = 0; i < along.length; i++) {
                along[i] += v[j] * patterns[j][i];
            }
        }
        double length = Math.sqrt(dot(v, v));
        double h = length > 0 ? DIFFERENCE / length : 0;
        double up = definedBeyondBounds ? h : Math.min(h, room(here, along, 1));
        double down = definedBeyondBounds ? h : Math.min(h, room(here, along, -1));
        double[][] points = {here.clone(), here, here.clone()};
        for (int i = 0; i < along.length; i++) {
            points[0][i] -= down * along[i];
            points[2][i] += up * along[i];
        }
        double[][] gradients = new double[3][origin.length];
        energy.valuesAndGradients(points, gradients);
        double[] curved = new double[origin.length];
        if (up + down > h / 1000) { // else there is no way to go
            Arrays.setAll(curved, i -> (gradients[2][i] - gradients[0][i]) / (up + down));
        }
        return new double[][] {gradients[1], curved};
    }

    /** How far one can go along a direction, or against it, before a decision meets a bound. */
    private double room(double[] decisions, double[] direction, int side) {
        double room = Double.POSITIVE_INFINITY;
        for (int i = 0; i < decisions.length; i++) {
            double move = side * direction[i];
            if (move != 0) {
                double distance = move > 0 ? origin[i] + width[i] - decisions[i] : decisions[i] - origin[i];
                room = Math.min(room, Math.max(0, distance) / Math.abs(move));
            }
        }
        return room;
    }

    private static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }
}
