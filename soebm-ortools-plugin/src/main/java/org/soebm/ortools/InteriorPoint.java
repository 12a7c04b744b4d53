package org.soebm.ortools;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.Penalty;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.cost.StandardNormal;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.SolverOptions;

/**
 * A primal-dual interior-point method (Mehrotra 1992) for a {@link RidgeSum} over a set without integers whose rows are
 * sparse: about a dozen linear systems, each in time that goes with the number of decisions.
 *
 * <p>The objective and the set are a sum over parts, F(v) = qᵀv + Σ_j g_j(d_jᵀv) with d_jᵀv in an interval: each variable is
 * a part, each row, and each ridge function of several decisions. Every part has a slope, its price
 *
 * <pre>  G_j = g_j'(t_j) − (multiplier of the lower bound) + (multiplier of the upper bound),</pre>
 *
 * and a point is optimal where q_i + Σ_j d_ji G_j = 0 for each variable. A step solves for the changes of the variables and
 * of the prices of rows together ({@link KktPattern}).
 *
 * <p>A hinge E w[r + σε]₊ has a slope z₁ between 0 and w as a variable of its own, with r = σΦ⁻¹(z₁/w) + s₂ − s₁ and slacks
 * that keep z₁ and z₂ = w − z₁ positive: s₁z₁ and s₂z₂ go to 0. So steep Gaussians and kinks, on which Newton's method
 * overshoots in t, are taken in their slope, where it cannot; they are eliminated one by one.
 *
 * <p>Nothing is taken on trust: with the rows' prices, the Lagrangian's exact minimum over the variables, one by one, is a
 * lower bound of the optimum within a radius that goes far beyond where the last step ended; by convexity a point that is
 * much better can only be where the prices leave a slope, and only where both are small enough is there an answer.
 */
final class InteriorPoint {
    private static final int MOST_ITERATIONS = 60;
    private static final int MOST_HALVINGS = 6;
    private static final double TO_THE_BOUNDARY = 0.995;
    private static final double SHARE_OF_TOLERANCE = 0.1; // that may be left as a gap
    private static final double AIM = 1e-3; // the complementarity at the end, as a share of the tolerance
    private static final double LEAST_WIDTH = 1e-3; // of the way to the rows, of the size of the decisions
    private static final double LARGEST_MISS = 1e-9; // of a row, at the end
    private static final double ROUNDING = 1e-4; // of the first residual; below it a rise is rounding
    private static final double REGULARISATION = 1e-10;
    private static final double LARGEST_SLOPE =
            1e-5; // of the Lagrangian at the end, as a share of those it consists of
    private static final double STEPS_BEYOND = 10; // the proof's radius, in last steps

    private final RidgeSum objective;
    private final ConstraintSet set;
    private final SolverOptions options;
    private final SolveBudget budget;
    private final KktPattern.Factor factor;
    private final List<SparseVector> directions; // of the parts that are no variables
    private final int n;
    private final int parts;
    private final double[] linear; // q, of all variables

    private final @Nullable RidgeFunction[] ridge; // of each part
    private final double[] low;
    private final double[] high;
    private final boolean[] held; // an interval of one point

    // The hinges E w[scale·t + offset + std·ε]₊ of all parts, those of part j from hingeStart[j] on
    private final int[] hingeStart;
    private final double[] scale;
    private final double[] offset;
    private final double[] std;
    private final double[] weight;
    private final double[] s1;
    private final double[] s2;
    private final double[] z1;
    private final double[] z2;
    private final double[] shift; // std·Φ⁻¹(z₁/w), where the slope of the Gaussian hinge is z₁
    private final double[] spread; // the derivative of the shift in z₁

    // The rest of g: a straight line and a parabola, and the squared hinges as terms
    private final double[] straight;
    private final double[] bent;
    private final List<List<RidgeFunction.Term>> squaredHinges = new ArrayList<>();

    // The slacks and multipliers of the intervals' ends; 0 where there is none
    private final double[] sLow;
    private final double[] zLow;
    private final double[] sHigh;
    private final double[] zHigh;

    private final double[] v;
    private final double[] t; // each part's position
    private final double[] price; // G; that of a held row is a variable of its own
    private final double[] curvature;
    private final double[] residual; // q + Σ d G, of each variable

    // What a step changes
    private final double[] h; // dG = h dt + e
    private final double[] e;
    private final double[] c;
    private final double[] dv;
    private final double[] dPrice; // of the parts that are no variables
    private final double[] sideOfVariables; // the right-hand sides, then what is missed of them
    private final double[] sideOfRows;
    private final double[] dt;
    private final double[] ds1;
    private final double[] ds2;
    private final double[] dz1;
    private final double[] dsLow;
    private final double[] dzLow;
    private final double[] dsHigh;
    private final double[] dzHigh;
    private final double[] product1; // of the changes of slack and multiplier, which a step corrects for
    private final double[] product2;
    private final double[] productLow;
    private final double[] productHigh;

    private InteriorPoint(
            RidgeSum objective, ConstraintSet set, KktPattern pattern, SolverOptions options, SolveBudget budget) {
        this.objective = objective;
        this.set = set;
        this.options = options;
        this.budget = budget;
        factor = pattern.factor();
        directions = pattern.rows();
        n = set.variableCount();
        parts = n + directions.size();
        linear = Arrays.copyOf(objective.linear(), n);
        ridge = new RidgeFunction[parts];
        low = new double[parts];
        high = new double[parts];
        held = new boolean[parts];
        List<RidgeFunction> several = new ArrayList<>();
        for (RidgeFunction function : objective.ridges()) {
            if (function.isCoordinate()) {
                ridge[function.direction().index(0)] = function;
            } else {
                several.add(function);
            }
        }
        for (int i = 0; i < n; i++) {
            bound(i, set.lower(i), set.upper(i));
        }
        int rows = set.rows().size();
        for (int k = 0; k < rows; k++) {
            bound(n + k, set.rows().get(k).lower(), set.rows().get(k).upper());
        }
        for (int k = 0; k < several.size(); k++) {
            ridge[n + rows + k] = several.get(k);
            bound(n + rows + k, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
        }

        hingeStart = new int[parts + 1];
        for (int j = 0; j < parts; j++) {
            hingeStart[j + 1] = hingeStart[j] + hinges(j);
        }
        int count = hingeStart[parts];
        scale = new double[count];
        offset = new double[count];
        std = new double[count];
        weight = new double[count];
        straight = new double[parts];
        bent = new double[parts];
        for (int j = 0, k = 0; j < parts; j++) {
            List<RidgeFunction.Term> squared = new ArrayList<>();
            squaredHinges.add(squared);
            for (RidgeFunction.Term term : terms(j)) {
                ResidualPenalty penalty = term.penalty();
                straight[j] += term.scale() * (penalty.identity() + 2 * penalty.square() * term.offset());
                bent[j] += 2 * term.scale() * term.scale() * penalty.square();
                if (penalty.hinge() != 0) {
                    scale[k] = term.scale();
                    offset[k] = term.offset();
                    std[k] = term.std();
                    weight[k++] = penalty.hinge();
                }
                if (penalty.squaredHinge() != 0) {
                    ResidualPenalty alone = ResidualPenalty.of(Penalty.SQUARED_HINGE, penalty.squaredHinge());
                    squared.add(new RidgeFunction.Term(term.scale(), term.offset(), term.std(), alone));
                }
            }
        }
        s1 = new double[count];
        s2 = new double[count];
        z1 = new double[count];
        z2 = new double[count];
        shift = new double[count];
        spread = new double[count];
        ds1 = new double[count];
        ds2 = new double[count];
        dz1 = new double[count];
        product1 = new double[count];
        product2 = new double[count];
        productLow = new double[parts];
        productHigh = new double[parts];
        sLow = new double[parts];
        zLow = new double[parts];
        sHigh = new double[parts];
        zHigh = new double[parts];
        dsLow = new double[parts];
        dzLow = new double[parts];
        dsHigh = new double[parts];
        dzHigh = new double[parts];
        v = new double[n];
        t = new double[parts];
        price = new double[parts];
        curvature = new double[parts];
        residual = new double[n];
        h = new double[parts];
        e = new double[parts];
        c = new double[parts - n];
        dv = new double[n];
        dPrice = new double[parts - n];
        sideOfVariables = new double[n];
        sideOfRows = new double[parts - n];
        dt = new double[parts];
    }

    /** The directions of the parts that are no variables: the rows of the set, and what the objective adds to them. */
    static List<SparseVector> directions(RidgeSum objective, ConstraintSet set) {
        List<SparseVector> directions = new ArrayList<>();
        for (LinearRow row : set.rows()) {
            directions.add(row.coefficients());
        }
        for (RidgeFunction function : objective.ridges()) {
            if (!function.isCoordinate()) {
                directions.add(function.direction());
            }
        }
        return directions;
    }

    /**
     * A minimiser, or null where none is found and proven to be one.
     *
     * @param pattern of the {@link #directions}
     * @param start decisions near the optimum, or null
     */
    static double @Nullable [] of(
            RidgeSum objective,
            ConstraintSet set,
            KktPattern pattern,
            double @Nullable [] start,
            SolverOptions options,
            SolveBudget budget) {
        return new InteriorPoint(objective, set, pattern, options, budget).solve(start);
    }

    private void bound(int part, double lower, double upper) {
        low[part] = lower;
        high[part] = upper;
        held[part] = lower == upper;
    }

    private List<RidgeFunction.Term> terms(int part) {
        RidgeFunction function = ridge[part];
        return function == null ? List.of() : function.terms();
    }

    private int hinges(int part) {
        int count = 0;
        for (RidgeFunction.Term term : terms(part)) {
            count += term.penalty().hinge() != 0 ? 1 : 0;
        }
        return count;
    }

    private double @Nullable [] solve(double @Nullable [] start) {
        begin(start);
        double firstComplementarity = meanComplementarity();
        double @Nullable [] proven = null;
        double leastGap = Double.POSITIVE_INFINITY;
        double firstResidual = Math.max(largestResidual(), firstSlope());
        for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
            budget.throwIfCancelled();
            double mean = meanComplementarity();
            double value = objective.value(v);
            double allowed = OptimalityGap.allowed(value, options);
            double left = mean * pairs();
            if (!Double.isFinite(value + left) || budget.isSpent()) {
                return proven;
            }
            if (iteration > 0
                    && left <= SHARE_OF_TOLERANCE * allowed
                    && largestMiss() <= LARGEST_MISS
                    && largestResidual() <= LARGEST_SLOPE * largestSlope()) {
                double[] point = AnswerCheck.clip(v, set);
                double gap = objective.value(point) - lowerBound(point, STEPS_BEYOND * largest(dv));
                if (gap >= leastGap) {
                    return proven; // rounding keeps it from getting better
                }
                if (gap <= SHARE_OF_TOLERANCE * allowed) {
                    proven = point;
                    leastGap = gap;
                }
                if (left <= AIM * allowed && proven != null) {
                    return proven;
                }
            }
            linearise();
            forget();
            changes(0);
            double affine = complementarityAfter(Math.min(1, longest()));
            double centring = mean == 0 ? 0 : Math.pow(affine / mean, 3);
            correct();
            changes(Math.min(1, centring) * mean);
            double length = Math.min(1, TO_THE_BOUNDARY * longest());
            double share = Math.min(1, Math.max(10 * mean / firstComplementarity, ROUNDING));
            double fine = Math.max(largestResidual(), share * firstResidual);
            move(length);
            for (int k = 0; k < MOST_HALVINGS && largestResidual() > fine; k++) {
                move(-length / 2);
                length /= 2;
            }
        }
        return proven;
    }

    // ---- The first point

    private void begin(double @Nullable [] start) {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            double at = start != null && i < start.length ? start[i] : ownMinimum(i);
            v[i] = Math.min(Math.max(at, low[i]), high[i]);
            largest = Math.max(largest, Math.abs(v[i]));
        }
        positions();
        double width = LEAST_WIDTH * (1 + largest);
        for (int j = n; j < parts; j++) {
            double miss = Math.max(low[j] - t[j], t[j] - high[j]);
            width = Math.max(width, miss / size(directions.get(j - n)));
        }
        double curvatures = 0; // by how much ridge functions bend over the width
        int functions = 0;
        for (int j = 0; j < parts; j++) {
            RidgeFunction function = ridge[j];
            if (function != null) {
                curvatures +=
                        0.5 * (function.value(t[j] + width) + function.value(t[j] - width)) - function.value(t[j]);
                functions++;
            }
        }
        double product = curvatures > 0 ? curvatures / functions : 1;
        for (int j = 0; j < parts; j++) {
            double own = j < n ? width : width * size(directions.get(j - n));
            if (!held[j] && low[j] > Double.NEGATIVE_INFINITY) {
                sLow[j] = Math.max(t[j] - low[j], Math.min(own, 0.5 * (high[j] - low[j])));
                zLow[j] = product / sLow[j];
            }
            if (!held[j] && high[j] < Double.POSITIVE_INFINITY) {
                sHigh[j] = Math.max(high[j] - t[j], Math.min(own, 0.5 * (high[j] - low[j])));
                zHigh[j] = product / sHigh[j];
            }
            for (int k = hingeStart[j]; k < hingeStart[j + 1]; k++) {
                double r = scale[k] * t[j] + offset[k];
                double room = Math.abs(scale[k]) * own;
                if (std[k] > room / 3) {
                    z1[k] = weight[k] * Math.min(Math.max(StandardNormal.distribution(r / std[k]), 0.01), 0.99);
                    z2[k] = weight[k] - z1[k];
                    curve(k);
                    r -= shift[k];
                    s1[k] = Math.max(-r, 0) + room;
                    s2[k] = Math.max(r, 0) + room;
                } else {
                    s1[k] = Math.max(-r, 0) + room;
                    s2[k] = Math.max(r, 0) + room;
                    z1[k] = weight[k] * s2[k] / (s1[k] + s2[k]);
                    z2[k] = weight[k] * s1[k] / (s1[k] + s2[k]);
                }
            }
        }
        prices();
    }

    private double ownMinimum(int variable) {
        double minimum = SeparableMinimum.minimum(ridge[variable], linear[variable], low[variable], high[variable]);
        RidgeFunction function = ridge[variable];
        return Double.isFinite(minimum) ? minimum : function == null ? 0 : function.middleKink();
    }

    private static double size(SparseVector direction) {
        double sum = 0;
        for (int k = 0; k < direction.size(); k++) {
            sum += direction.value(k) * direction.value(k);
        }
        return Math.sqrt(Math.max(sum, Double.MIN_NORMAL));
    }

    /** The size of the slopes, which says what a small residual is. */
    private double firstSlope() {
        double largest = 1e-3;
        for (double q : linear) {
            largest = Math.max(largest, Math.abs(q));
        }
        for (double w : weight) {
            largest = Math.max(largest, w);
        }
        return largest;
    }

    // ---- The state

    private void positions() {
        System.arraycopy(v, 0, t, 0, n);
        for (int j = n; j < parts; j++) {
            t[j] = directions.get(j - n).dot(v);
        }
    }

    /** Prices, curvatures and residuals where the variables, slacks and multipliers are. */
    private void prices() {
        System.arraycopy(linear, 0, residual, 0, n);
        for (int j = 0; j < parts; j++) {
            double bend = bent[j];
            double slope = straight[j] + bent[j] * t[j];
            for (RidgeFunction.Term term : squaredHinges.get(j)) {
                bend += term.curvature(t[j]);
                slope += term.slope(t[j], true);
            }
            for (int k = hingeStart[j]; k < hingeStart[j + 1]; k++) {
                curve(k);
                slope += scale[k] * z1[k];
            }
            curvature[j] = bend;
            if (j < n || !held[j]) {
                price[j] = slope - zLow[j] + zHigh[j];
            }
            if (j < n) {
                residual[j] += price[j];
            } else {
                directions.get(j - n).addTo(residual, price[j]);
            }
        }
    }

    private void curve(int k) {
        if (std[k] > 0) {
            double quantile = z1[k] < z2[k]
                    ? StandardNormal.quantile(z1[k] / weight[k])
                    : -StandardNormal.quantile(z2[k] / weight[k]);
            shift[k] = std[k] * quantile;
            spread[k] = std[k] / (weight[k] * StandardNormal.density(quantile));
        }
    }

    private double largestResidual() {
        double largest = 0;
        for (int i = 0; i < n; i++) {
            largest = held[i] ? largest : Math.max(largest, Math.abs(residual[i]));
        }
        return largest;
    }

    /** How far slacks and positions are apart, relative to the positions. */
    private double largestMiss() {
        double largest = 0;
        for (int j = 0; j < parts; j++) {
            double size = Math.max(1, Math.abs(t[j]));
            if (held[j]) {
                largest = Math.max(largest, Math.abs(t[j] - low[j]) / size);
            }
            if (sLow[j] > 0) {
                largest = Math.max(largest, Math.abs(t[j] - low[j] - sLow[j]) / size);
            }
            if (sHigh[j] > 0) {
                largest = Math.max(largest, Math.abs(high[j] - t[j] - sHigh[j]) / size);
            }
        }
        return largest;
    }

    private int pairs() {
        int count = 2 * s1.length;
        for (int j = 0; j < parts; j++) {
            count += (sLow[j] > 0 ? 1 : 0) + (sHigh[j] > 0 ? 1 : 0);
        }
        return count;
    }

    private double meanComplementarity() {
        return complementarityAfter(0);
    }

    private double complementarityAfter(double length) {
        double sum = 0;
        int count = 0;
        for (int k = 0; k < s1.length; k++) {
            sum += (s1[k] + length * ds1[k]) * (z1[k] + length * dz1[k]);
            sum += (s2[k] + length * ds2[k]) * (z2[k] - length * dz1[k]);
            count += 2;
        }
        for (int j = 0; j < parts; j++) {
            if (sLow[j] > 0) {
                sum += (sLow[j] + length * dsLow[j]) * (zLow[j] + length * dzLow[j]);
                count++;
            }
            if (sHigh[j] > 0) {
                sum += (sHigh[j] + length * dsHigh[j]) * (zHigh[j] + length * dzHigh[j]);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    // ---- A step

    private void linearise() {
        for (int j = 0; j < parts; j++) {
            double sum = curvature[j];
            for (int k = hingeStart[j]; k < hingeStart[j + 1]; k++) {
                sum += scale[k] * scale[k] / hingeWidth(k);
            }
            if (sLow[j] > 0) {
                sum += zLow[j] / sLow[j];
            }
            if (sHigh[j] > 0) {
                sum += zHigh[j] / sHigh[j];
            }
            if (j < n) {
                h[j] = held[j] ? 1e30 : sum + REGULARISATION;
            } else {
                h[j] = held[j] ? 1 / REGULARISATION : Math.max(sum, 1e-20);
                c[j - n] = 1 / h[j] + (held[j] ? 0 : 1e-16);
            }
        }
        factor.compute(h, c);
    }

    /** The changes that bring all products of slacks and multipliers to a target. */
    private void changes(double target) {
        for (int j = 0; j < parts; j++) {
            double sum = 0;
            for (int k = hingeStart[j]; k < hingeStart[j + 1]; k++) {
                sum += scale[k] * hingeShift(k, j, target) / hingeWidth(k);
            }
            if (sLow[j] > 0) {
                double miss = t[j] - low[j] - sLow[j];
                sum -= (target - productLow[j] - sLow[j] * zLow[j] - zLow[j] * miss) / sLow[j];
            }
            if (sHigh[j] > 0) {
                double miss = high[j] - t[j] - sHigh[j];
                sum += (target - productHigh[j] - sHigh[j] * zHigh[j] - zHigh[j] * miss) / sHigh[j];
            }
            e[j] = sum;
        }
        for (int i = 0; i < n; i++) {
            dv[i] = held[i] ? 0 : -residual[i] - e[i];
        }
        for (int j = n; j < parts; j++) {
            dPrice[j - n] = held[j] ? low[j] - t[j] : -e[j] / h[j];
        }
        System.arraycopy(dv, 0, sideOfVariables, 0, n);
        System.arraycopy(dPrice, 0, sideOfRows, 0, parts - n);
        factor.solve(dv, dPrice);
        refine();
        System.arraycopy(dv, 0, dt, 0, n);
        for (int j = n; j < parts; j++) {
            dt[j] = directions.get(j - n).dot(dv);
        }
        for (int j = 0; j < parts; j++) {
            for (int k = hingeStart[j]; k < hingeStart[j + 1]; k++) {
                double to1 = (target - product1[k]) / z1[k] - s1[k];
                double to2 = (target - product2[k]) / z2[k] - s2[k];
                double change = (scale[k] * dt[j] + hingeShift(k, j, target)) / hingeWidth(k);
                dz1[k] = change;
                ds1[k] = to1 - s1[k] / z1[k] * change;
                ds2[k] = to2 + s2[k] / z2[k] * change;
            }
            if (sLow[j] > 0) {
                double wanted = target - productLow[j];
                dsLow[j] = dt[j] + t[j] - low[j] - sLow[j];
                dzLow[j] = (wanted - sLow[j] * zLow[j] - zLow[j] * dsLow[j]) / sLow[j];
            }
            if (sHigh[j] > 0) {
                double wanted = target - productHigh[j];
                dsHigh[j] = -dt[j] + high[j] - t[j] - sHigh[j];
                dzHigh[j] = (wanted - sHigh[j] * zHigh[j] - zHigh[j] * dsHigh[j]) / sHigh[j];
            }
        }
    }

    /** Solves for what the solution misses, once. */
    private void refine() {
        for (int i = 0; i < n; i++) {
            sideOfVariables[i] -= h[i] * dv[i];
        }
        for (int j = n; j < parts; j++) {
            SparseVector direction = directions.get(j - n);
            direction.addTo(sideOfVariables, -dPrice[j - n]);
            sideOfRows[j - n] -= direction.dot(dv) - c[j - n] * dPrice[j - n];
        }
        factor.solve(sideOfVariables, sideOfRows);
        add(dv, sideOfVariables, 1);
        add(dPrice, sideOfRows, 1);
    }

    private double hingeWidth(int k) {
        return s1[k] / z1[k] + s2[k] / z2[k] + spread[k];
    }

    /** What remains of dz₁ times the width where t does not change. */
    private double hingeShift(int k, int part, double target) {
        double r = scale[k] * t[part] + offset[k];
        double miss = s2[k] + shift[k] - r - s1[k];
        double to1 = (target - product1[k]) / z1[k] - s1[k];
        double to2 = (target - product2[k]) / z2[k] - s2[k];
        return to1 - to2 - miss;
    }

    private void correct() {
        for (int k = 0; k < s1.length; k++) {
            product1[k] = ds1[k] * dz1[k];
            product2[k] = -ds2[k] * dz1[k];
        }
        for (int j = 0; j < parts; j++) {
            productLow[j] = dsLow[j] * dzLow[j];
            productHigh[j] = dsHigh[j] * dzHigh[j];
        }
    }

    private void forget() {
        Arrays.fill(product1, 0);
        Arrays.fill(product2, 0);
        Arrays.fill(productLow, 0);
        Arrays.fill(productHigh, 0);
    }

    /** The longest multiple of the changes that keeps slacks and multipliers positive; may be infinite. */
    private double longest() {
        double longest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < s1.length; k++) {
            longest = shorter(longest, s1[k], ds1[k]);
            longest = shorter(longest, s2[k], ds2[k]);
            longest = shorter(longest, z1[k], dz1[k]);
            longest = shorter(longest, z2[k], -dz1[k]);
        }
        for (int j = 0; j < parts; j++) {
            longest = shorter(longest, sLow[j], dsLow[j]);
            longest = shorter(longest, zLow[j], dzLow[j]);
            longest = shorter(longest, sHigh[j], dsHigh[j]);
            longest = shorter(longest, zHigh[j], dzHigh[j]);
        }
        return longest;
    }

    private static double shorter(double longest, double value, double change) {
        return change < 0 ? Math.min(longest, -value / change) : longest;
    }

    private void move(double length) {
        add(v, dv, length);
        add(s1, ds1, length);
        add(s2, ds2, length);
        add(z1, dz1, length);
        add(z2, dz1, -length);
        add(sLow, dsLow, length);
        add(zLow, dzLow, length);
        add(sHigh, dsHigh, length);
        add(zHigh, dzHigh, length);
        for (int j = n; j < parts; j++) {
            price[j] += length * dPrice[j - n]; // of held rows; the others' follow
        }
        positions();
        prices();
    }

    private static void add(double[] values, double[] changes, double length) {
        for (int i = 0; i < values.length; i++) {
            values[i] += length * changes[i];
        }
    }

    // ---- The proof

    /** The largest of the slopes that add up to 0 at the optimum. */
    private double largestSlope() {
        double largest = firstSlope();
        for (int j = 0; j < parts; j++) {
            double size = j < n ? 1 : size(directions.get(j - n));
            double slopes = Math.max(Math.abs(straight[j]), Math.abs(bent[j] * t[j]));
            largest = Math.max(largest, size * Math.max(slopes, Math.abs(price[j])));
        }
        return largest;
    }

    private static double largest(double[] changes) {
        double largest = 0;
        for (double change : changes) {
            largest = Math.max(largest, Math.abs(change));
        }
        return largest;
    }

    /**
     * The least value of the Lagrangian at the rows' prices among the points within 1 + max|aᵢ| of one, as in
     * {@link OptimalityGap}, or farther.
     *
     * @param leastRadius that the radius has at least
     */
    private double lowerBound(double[] point, double leastRadius) {
        double radius = Math.max(1, leastRadius);
        for (int i = 0; i < n; i++) {
            radius = Math.max(radius, 1 + Math.abs(point[i]));
        }
        double[] slopes = linear.clone();
        double bound = objective.constant();
        for (int j = n; j < parts; j++) {
            SparseVector direction = directions.get(j - n);
            direction.addTo(slopes, price[j]);
            double reach = 0;
            for (int k = 0; k < direction.size(); k++) {
                reach += Math.abs(direction.value(k)) * radius;
            }
            bound += least(j, -price[j], direction.dot(point), reach);
        }
        for (int i = 0; i < n; i++) {
            bound += least(i, slopes[i], point[i], radius);
        }
        return bound;
    }

    /** The least value of g(t) + slope·t in the part's interval, no farther from a position than the reach. */
    private double least(int part, double slope, double position, double reach) {
        double from = Math.min(Math.max(low[part], position - reach), high[part]);
        double to = Math.max(Math.min(high[part], position + reach), low[part]);
        RidgeFunction function = ridge[part];
        double at = SeparableMinimum.minimum(function, slope, from, to);
        return slope * at + (function == null ? 0 : function.value(at));
    }
}
