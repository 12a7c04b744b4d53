package org.soebm.ortools;

import com.google.ortools.sat.ConstraintProto;
import com.google.ortools.sat.CpModelProto;
import com.google.ortools.sat.CpObjectiveProto;
import com.google.ortools.sat.IntegerVariableProto;
import com.google.ortools.sat.LinearConstraintProto;
import java.util.ArrayList;
import java.util.List;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.linear.SparseVector;

/**
 * A {@link RidgeSum} as an objective of CP-SAT, which knows integers only: each curved or kinked ridge function g_j becomes
 * a variable η_j ≥ line(t) for some lines below g_j, and all of it is multiplied by a scale and rounded.
 *
 * <p>Where the direction d_j makes t a multiple of 1/k on integer decisions, lines are secants through two neighbouring
 * multiples: they are below g_j at every integer decision and meet it at both, so the model is exact at a decision once
 * its secants are there. Elsewhere lines are tangents. {@link #roundingError()} bounds what rounding adds.
 *
 * <p>Costs of single decisions are rounded down, seen from the decision's lower bound: q_i a_i = q_i l_i + q_i (a_i − l_i) ≥
 * q_i l_i + ⌊s q_i⌋/s (a_i − l_i). So where there are no curves, the least of the rounded objective is a lower bound as it
 * stands, however coarse the scale s is.
 */
final class CpSatObjective {
    /** Sums of products of scaled coefficients and values must stay below it, well within 64 bits. */
    static final double LARGEST_SUM = 0x1p55;

    private static final double LARGEST_EXACT_SCALE = 1e6;
    private static final int LARGEST_DENOMINATOR = 1_000;
    private static final int MOST_SECANTS_AT_ONCE = 64;
    private static final double SHARE_OF_EXACT =
            1e-3; // of a welcome error, what double precision leaves of an exact one
    private static final double NEARLY_WHOLE = 1e-6; // so that 28.999999999999996 is not rounded down to 28

    /** A line slope·t + intercept below a ridge function. */
    private record Line(double slope, double intercept) {
        double at(double t) {
            return slope * t + intercept;
        }
    }

    /**
     * A ridge function that needs lines.
     *
     * @param step t is a multiple of it on integer decisions; 0 where it is not known to be
     */
    private record Curve(RidgeFunction ridge, double step, double low, double high, List<Line> lines) {}

    private final double[] linear;
    private double constant;
    private final double[] lower; // bounds of each decision
    private final double[] range;
    private final double[] magnitude; // max |a_i|
    private final List<Curve> curves = new ArrayList<>();
    private double scale = 1;

    /**
     * @param set whose decisions are integers with finite bounds
     */
    CpSatObjective(RidgeSum objective, ConstraintSet set) {
        linear = objective.linear().clone();
        constant = objective.constant();
        lower = new double[linear.length];
        range = new double[linear.length];
        magnitude = new double[linear.length];
        for (int i = 0; i < linear.length; i++) {
            lower[i] = set.lower(i);
            range[i] = set.upper(i) - set.lower(i);
            magnitude[i] = Math.max(Math.abs(set.lower(i)), Math.abs(set.upper(i)));
        }
        for (RidgeFunction ridge : objective.ridges()) {
            if (isLinear(ridge)) {
                ridge.direction().addTo(linear, ridge.slope(0, true));
                constant += ridge.value(0);
            } else {
                curves.add(curve(ridge, set));
            }
        }
        curves.forEach(CpSatObjective::addFirstLines);
    }

    /** Whether a sum has neither kinks nor curvature. */
    static boolean isLinear(RidgeSum objective) {
        return objective.ridges().stream().allMatch(CpSatObjective::isLinear);
    }

    private static boolean isLinear(RidgeFunction ridge) {
        return ridge.terms().stream()
                .map(RidgeFunction.Term::penalty)
                .map(penalty -> new ResidualPenalty(0, penalty.hinge(), penalty.square(), penalty.squaredHinge()))
                .allMatch(ResidualPenalty.ZERO::equals);
    }

    private static Curve curve(RidgeFunction ridge, ConstraintSet set) {
        SparseVector d = ridge.direction();
        double low = 0;
        double high = 0;
        for (int k = 0; k < d.size(); k++) {
            double atLower = d.value(k) * set.lower(d.index(k));
            double atUpper = d.value(k) * set.upper(d.index(k));
            low += Math.min(atLower, atUpper);
            high += Math.max(atLower, atUpper);
        }
        return new Curve(ridge, step(d), low, high, new ArrayList<>());
    }

    private static double step(SparseVector direction) {
        for (int denominator = 1; denominator <= LARGEST_DENOMINATOR; denominator++) {
            boolean whole = true;
            for (int k = 0; k < direction.size() && whole; k++) {
                double multiple = direction.value(k) * denominator;
                whole = Math.abs(multiple - Math.rint(multiple)) <= 1e-12 * Math.max(1, Math.abs(multiple));
            }
            if (whole) {
                return 1.0 / denominator;
            }
        }
        return 0;
    }

    /** All lines where they are few, else those at the kinks and at evenly spread places. */
    private static void addFirstLines(Curve curve) {
        double width = curve.high() - curve.low();
        if (curve.step() > 0 && width / curve.step() <= MOST_SECANTS_AT_ONCE) {
            for (double t = curve.low(); t <= curve.high() + 0.5 * curve.step(); t += curve.step()) {
                touch(curve, t);
            }
            return;
        }
        List<RidgeFunction.Term> terms = curve.ridge().terms();
        int every = Math.max(1, terms.size() / MOST_SECANTS_AT_ONCE);
        for (int k = 0; k < terms.size(); k += every) {
            touch(curve, Math.min(Math.max(terms.get(k).kink(), curve.low()), curve.high()));
        }
        int places = curve.ridge().isCurved() ? MOST_SECANTS_AT_ONCE / 2 : 1;
        for (int k = 0; k <= places; k++) {
            touch(curve, curve.low() + width * k / places);
        }
    }

    /** Adds the lines that meet a curve at a position; returns whether one is new. */
    private static boolean touch(Curve curve, double t) {
        RidgeFunction ridge = curve.ridge();
        double step = curve.step();
        if (step == 0) {
            boolean left = add(curve, t, ridge.slope(t, false));
            boolean right = add(curve, t, ridge.slope(t, true));
            return left || right;
        }
        double middle = Math.rint(t / step);
        boolean isNew = false;
        for (double from = middle - 1; from <= middle; from++) {
            double start = from * step;
            double end = (from + 1) * step;
            isNew |= add(curve, start, (ridge.value(end) - ridge.value(start)) / step);
        }
        return isNew;
    }

    private static boolean add(Curve curve, double t, double slope) {
        double value = curve.ridge().value(t);
        double size = Math.max(1, Math.abs(value));
        for (Line line : curve.lines()) {
            // By convexity a line that is on the curve here and has the same slope is the same line.
            if (Math.abs(line.at(t) - value) <= 1e-12 * size && Math.abs(line.slope() - slope) <= 1e-12 * size) {
                return false;
            }
        }
        curve.lines().add(new Line(slope, value - slope * t));
        return true;
    }

    /** Adds the lines that meet the objective at a decision; returns whether one is new. */
    boolean touch(double[] decisions) {
        boolean isNew = false;
        for (Curve curve : curves) {
            isNew |= touch(curve, curve.ridge().position(decisions));
        }
        return isNew;
    }

    /**
     * Sets the scale: the smallest power of ten up to 10⁶ by which all coefficients become integers; where there is none,
     * one that keeps the rounding error below what is wanted, if the sums that come of it are allowed.
     *
     * @param wanted the largest rounding error that is welcome
     * @param largestSum what scaled sums may come to, at most {@link #LARGEST_SUM}
     */
    void chooseScale(double wanted, double largestSum) {
        double largest = largestSum / Math.max(1, largestSum());
        for (scale = 1; scale <= Math.min(LARGEST_EXACT_SCALE, largest); scale *= 10) {
            if (roundingError() <= SHARE_OF_EXACT * wanted) {
                return;
            }
        }
        double needed = roundingErrorBound() / wanted; // 0 where every variable is fixed: then any scale will do
        scale = Math.min(needed > 0 ? needed : 1, largest);
    }

    private double largestSum() {
        double sum = 0;
        for (int i = 0; i < linear.length; i++) {
            sum += linear[i] == 0 ? 0 : Math.abs(linear[i]) * magnitude[i];
        }
        for (Curve curve : curves) {
            double largest = 0;
            for (Line line : curve.lines()) {
                double terms = Math.abs(line.intercept());
                SparseVector d = curve.ridge().direction();
                for (int k = 0; k < d.size(); k++) {
                    terms += Math.abs(line.slope() * d.value(k)) * magnitude[d.index(k)];
                }
                largest = Math.max(largest, terms);
            }
            sum += largest;
        }
        return sum;
    }

    /** An upper bound of {@link #roundingError} times the scale. */
    private double roundingErrorBound() {
        double error = 0;
        for (int i = 0; i < linear.length; i++) {
            error += linear[i] == 0 ? 0 : range[i];
        }
        for (Curve curve : curves) {
            error += 0.5;
            SparseVector d = curve.ridge().direction();
            for (int k = 0; k < d.size(); k++) {
                error += 0.5 * magnitude[d.index(k)];
            }
        }
        return error;
    }

    /** By how much the rounded objective can differ from the lines at any decision within the bounds. */
    double roundingError() {
        double error = 0;
        for (int i = 0; i < linear.length; i++) {
            error += Math.abs(linear[i] * scale - roundedDown(linear[i])) * range[i];
        }
        return (error + curvesRoundingError()) / scale;
    }

    private double curvesRoundingError() {
        double error = 0;
        for (Curve curve : curves) {
            double worst = 0;
            SparseVector d = curve.ridge().direction();
            for (Line line : curve.lines()) {
                double lineError = rounding(line.intercept());
                for (int k = 0; k < d.size(); k++) {
                    lineError += rounding(line.slope() * d.value(k)) * magnitude[d.index(k)];
                }
                worst = Math.max(worst, lineError);
            }
            error += worst;
        }
        return error;
    }

    /** What is rounded off a scaled coefficient. */
    private double rounding(double coefficient) {
        double scaled = coefficient * scale;
        return Math.abs(scaled - Math.rint(scaled));
    }

    private long scaled(double coefficient) {
        return (long) Math.rint(coefficient * scale);
    }

    private long roundedDown(double coefficient) {
        return (long) Math.floor(coefficient * scale + NEARLY_WHOLE);
    }

    /** What the problem's objective is at least, where that of the model that {@link #addTo} makes is at least a value. */
    double lowerBound(double value) {
        double error = curvesRoundingError();
        for (int i = 0; i < linear.length; i++) {
            error += Math.max(0, roundedDown(linear[i]) - linear[i] * scale) * range[i];
        }
        return (value - error) / scale + offset();
    }

    /** What has to be added to the model's objective, once it is unscaled. */
    private double offset() {
        double offset = constant;
        for (int i = 0; i < linear.length; i++) {
            offset += (linear[i] - roundedDown(linear[i]) / scale) * lower[i];
        }
        return offset;
    }

    /** Whether there are no curves: then one model says it all, and no line is ever new. */
    boolean isLinear() {
        return curves.isEmpty();
    }

    double scale() {
        return scale;
    }

    /**
     * The model of a feasible set with the objective.
     *
     * @param low a lower bound of the optimum, −∞ where none is known
     * @param high an upper bound of the optimum, +∞ where none is known
     */
    CpModelProto addTo(CpSatSet feasible, double low, double high) {
        CpModelProto.Builder builder = feasible.proto().toBuilder();
        CpObjectiveProto.Builder objective = CpObjectiveProto.newBuilder();
        for (int i = 0; i < linear.length; i++) {
            if (roundedDown(linear[i]) != 0) {
                objective.addVars(feasible.variable(i)).addCoeffs(roundedDown(linear[i]));
            }
        }
        for (Curve curve : curves) {
            int eta = builder.getVariablesCount();
            builder.addVariables(range(curve));
            objective.addVars(eta).addCoeffs(1);
            SparseVector d = curve.ridge().direction();
            for (Line line : curve.lines()) {
                LinearConstraintProto.Builder above = LinearConstraintProto.newBuilder()
                        .addDomain(scaled(line.intercept()))
                        .addDomain(Long.MAX_VALUE)
                        .addVars(eta)
                        .addCoeffs(1);
                for (int k = 0; k < d.size(); k++) {
                    long coefficient = -scaled(line.slope() * d.value(k));
                    if (coefficient != 0) {
                        above.addVars(feasible.variable(d.index(k))).addCoeffs(coefficient);
                    }
                }
                builder.addConstraints(ConstraintProto.newBuilder().setLinear(above));
            }
        }
        if (low > Double.NEGATIVE_INFINITY && high < Double.POSITIVE_INFINITY && objective.getVarsCount() > 0) {
            double error = roundingError();
            double offset = offset();
            objective
                    .addDomain((long) Math.floor((low - offset - error) * scale) - 1)
                    .addDomain((long) Math.ceil((high - offset + error) * scale) + 1);
        }
        return builder.setObjective(objective).build();
    }

    /** From the lowest place of the highest line that never falls below it, to the highest place of all lines. */
    private IntegerVariableProto range(Curve curve) {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double slack = 1;
        SparseVector d = curve.ridge().direction();
        for (int k = 0; k < d.size(); k++) {
            slack += magnitude[d.index(k)];
        }
        for (Line line : curve.lines()) {
            low = Math.max(low, Math.min(line.at(curve.low()), line.at(curve.high())));
            high = Math.max(high, Math.max(line.at(curve.low()), line.at(curve.high())));
        }
        return IntegerVariableProto.newBuilder()
                .addDomain((long) Math.floor(low * scale - slack))
                .addDomain((long) Math.ceil(high * scale + slack))
                .build();
    }
}
