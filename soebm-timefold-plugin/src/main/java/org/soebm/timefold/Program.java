package org.soebm.timefold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminProblem;

/**
 * A problem in the form that incremental scores need: for each row and each penalty term its variables, and for each
 * variable its rows and terms. The linear part of the objective is a term a decision. Immutable.
 */
final class Program {
    /** So many times the largest scale away, a start is as good as none. */
    private static final double FAR_START = 1e6;

    /** Where such a start is brought, in the variable's scale: within the window of its grid. */
    private static final double NEAR_START = 1e3;

    final ConstraintSet set;
    final int variableCount;
    final int decisionCount;
    final boolean[] integer;
    final List<PenaltyTerm> terms; // empty for an oracle
    final double constant;
    final @Nullable SmoothObjective oracle;
    final List<LinearRow> rows;
    final int[][] rowsOf; // by variable
    final int[][] termsOf; // by variable
    final double @Nullable [] start; // of the problem, brought near where it is far beyond all else
    final double[] scale; // of each variable: of what size its values and its changes are
    final double[] rowScale; // of what size the parts of a row are, at least 1

    Program(ArgminProblem problem) {
        this(problem, false);
    }

    /**
     * The program of a problem.
     *
     * @param relaxed whether integer variables may take all values between their bounds
     */
    Program(ArgminProblem problem, boolean relaxed) {
        set = problem.constraints();
        variableCount = set.variableCount();
        decisionCount = set.decisionCount();
        integer = new boolean[variableCount];
        for (int i = 0; i < variableCount; i++) {
            integer[i] = set.isInteger(i) && !relaxed;
        }
        if (problem.objective() instanceof PenaltyObjective penalties) {
            oracle = null;
            terms = terms(penalties);
            constant = penalties.constant();
        } else {
            oracle = (SmoothObjective) problem.objective();
            terms = List.of();
            constant = 0;
        }
        rows = set.rows();
        rowsOf = index(variableCount, rows.stream().map(LinearRow::coefficients).toList());
        termsOf = index(
                variableCount,
                terms.stream().map(PenaltyTerm::decisionCoefficients).toList());
        scale = scales(problem.start());
        start = usable(problem.start());
        rowScale = new double[rows.size()];
        for (int r = 0; r < rowScale.length; r++) {
            SparseVector coefficients = rows.get(r).coefficients();
            rowScale[r] = 1;
            for (int k = 0; k < coefficients.size(); k++) {
                rowScale[r] = Math.max(rowScale[r], Math.abs(coefficients.value(k)) * scale[coefficients.index(k)]);
            }
        }
    }

    private static List<PenaltyTerm> terms(PenaltyObjective objective) {
        List<PenaltyTerm> all = new ArrayList<>(objective.terms());
        for (int i = 0; i < objective.dimension(); i++) {
            if (objective.linear(i) != 0) {
                all.add(new PenaltyTerm(
                        SparseVector.unit(i, 1), 0, 0, new ResidualPenalty(objective.linear(i), 0, 0, 0)));
            }
        }
        return List.copyOf(all);
    }

    private static int[][] index(int variables, List<SparseVector> vectors) {
        int[] counts = new int[variables];
        for (SparseVector vector : vectors) {
            for (int k = 0; k < vector.size(); k++) {
                counts[vector.index(k)]++;
            }
        }
        int[][] index = new int[variables][];
        for (int i = 0; i < variables; i++) {
            index[i] = new int[counts[i]];
            counts[i] = 0;
        }
        for (int r = 0; r < vectors.size(); r++) {
            for (int k = 0; k < vectors.get(r).size(); k++) {
                int i = vectors.get(r).index(k);
                index[i][counts[i]++] = r;
            }
        }
        return index;
    }

    /** From the bounds, the kinks and standard deviations of the terms, the sides of the rows and the start. */
    private double[] scales(double @Nullable [] start) {
        double[] scales = new double[variableCount];
        for (int i = 0; i < variableCount; i++) {
            double width = set.upper(i) - set.lower(i);
            scales[i] = Double.isFinite(width) && width > 0 ? width : 0;
        }
        for (PenaltyTerm term : terms) {
            SparseVector d = term.decisionCoefficients();
            for (int k = 0; k < d.size(); k++) {
                double size = (Math.abs(term.offset()) + term.std()) / Math.abs(d.value(k));
                scales[d.index(k)] = Math.max(scales[d.index(k)], size);
            }
        }
        for (LinearRow row : rows) {
            double side = Math.max(finite(row.lower()), finite(row.upper()));
            for (int k = 0; k < row.coefficients().size(); k++) {
                int i = row.coefficients().index(k);
                double size = side / Math.abs(row.coefficients().value(k));
                boolean bounded = Double.isFinite(set.upper(i) - set.lower(i));
                scales[i] = bounded ? scales[i] : Math.max(scales[i], size);
            }
        }
        if (start != null) {
            double largest = 1;
            for (double scale : scales) {
                largest = Math.max(largest, scale);
            }
            for (int i = 0; i < start.length; i++) { // one that is far beyond all else tells nothing on the problem
                boolean telling = oracle != null || Math.abs(start[i]) <= FAR_START * largest;
                scales[i] = telling ? Math.max(scales[i], Math.abs(start[i])) : scales[i];
            }
        }
        for (int i = 0; i < variableCount; i++) {
            double scale = scales[i] == 0 ? 1 : Math.min(Math.max(scales[i], 1e-9), 1e12);
            scales[i] = Math.scalb(1.0, Math.getExponent(scale) + 1);
        }
        return scales;
    }

    private double @Nullable [] usable(double @Nullable [] given) {
        if (given == null || oracle != null) {
            return given;
        }
        double[] usable = given.clone();
        for (int i = 0; i < usable.length; i++) {
            double most = NEAR_START * scale[i];
            usable[i] = Math.min(Math.max(given[i], -most), most);
        }
        return usable;
    }

    private static double finite(double side) {
        return Double.isInfinite(side) ? 0 : Math.abs(side);
    }

    /** The objective itself, in doubles. */
    double value(double[] point) {
        if (oracle != null) {
            double value = oracle.value(point);
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException("The objective is NaN at "
                        + Arrays.toString(Arrays.copyOf(point, decisionCount))
                        + ". Maybe the cost divides by zero or takes a logarithm there?");
            }
            return value;
        }
        double sum = constant;
        for (PenaltyTerm term : terms) {
            sum += term.value(point);
        }
        return sum;
    }

    /** What a row may be missed by: far below what users check (1e-6), far above what rounding to the grid costs. */
    double rowTolerance(int row) {
        return Math.max(Math.min(2e-7, 1e-9 * rowScale[row]), 1e-11 * rowScale[row]);
    }

    String variableName(int variable) {
        return variable < decisionCount ? "decision " + variable : "auxiliary variable " + variable;
    }
}
