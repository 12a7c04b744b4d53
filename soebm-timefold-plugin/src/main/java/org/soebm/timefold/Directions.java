package org.soebm.timefold;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.linear.SparseVector;

/**
 * The directions that fit a problem, read off its rows and its terms of several variables:
 *
 * <ul>
 *   <li>every variable by itself;
 *   <li>exchanges between two variables of a row (or term), in the ratio of its coefficients, so that its activity stays:
 *       what a budget, a balance or a simplex needs. One budget with a separable convex cost is M-convex, where no
 *       improving exchange means optimal;
 *   <li>runs of variables that rows of two variables chain together, in the ratio that keeps the rows inside a run: what
 *       ramps need. Ramps with a separable convex cost are L-convex, where no improving run means optimal.
 * </ul>
 */
final class Directions {
    private static final int MOST_EXCHANGES = 4000;
    private static final int LONGEST_RUN = 400;
    private static final int MOST_RUNS = 6000;

    private final Program program;
    private final List<Direction> directions = new ArrayList<>();
    private final Set<Long> pairs = new HashSet<>();

    private Directions(Program program) {
        this.program = program;
    }

    static List<Direction> of(Program program) {
        Directions all = new Directions(program);
        for (int i = 0; i < program.variableCount; i++) {
            all.add(new int[] {i}, new double[] {1});
        }
        all.addRuns();
        all.addExchanges();
        return all.directions;
    }

    private void add(int[] variables, double[] steps) {
        Direction direction = Direction.of(program, variables, steps);
        if (direction != null) {
            directions.add(direction);
        }
    }

    private void addExchanges() {
        List<SparseVector> vectors = new ArrayList<>();
        program.rows.forEach(row -> vectors.add(row.coefficients()));
        for (PenaltyTerm term : program.terms) {
            vectors.add(term.decisionCoefficients());
        }
        for (SparseVector vector : vectors) {
            for (int gap = 1; gap < vector.size(); gap++) { // near ones first, in case that there are too many
                for (int k = 0; k + gap < vector.size() && directions.size() < MOST_RUNS + MOST_EXCHANGES; k++) {
                    addExchange(vector, k, k + gap);
                }
            }
        }
    }

    private void addExchange(SparseVector vector, int k, int j) {
        double ratio = -vector.value(k) / vector.value(j);
        int first = vector.index(k);
        int second = vector.index(j);
        if (program.integer[first] && program.integer[second] && ratio != Math.rint(ratio)) {
            double inverse = 1 / ratio;
            if (inverse != Math.rint(inverse)) { // both move by one, which roughly keeps the activity
                addPair(first, 1, second, Math.signum(ratio));
            } else {
                addPair(first, inverse, second, 1);
            }
        } else if (program.integer[second] && !program.integer[first]) {
            addPair(second, 1, first, 1 / ratio);
        } else {
            addPair(first, 1, second, ratio);
        }
    }

    private void addPair(int first, double step, int second, double otherStep) {
        long ratio = Math.round(1e6 * step / otherStep);
        long key = ((long) Math.min(first, second) * program.variableCount + Math.max(first, second)) * 1_000_003L
                + (first < second ? ratio : -ratio);
        if (pairs.add(key)) {
            add(new int[] {first, second}, new double[] {step, otherStep});
        }
    }

    /** Follows rows of two variables with coefficients of opposite sign, each variable once. */
    private void addRuns() {
        int n = program.variableCount;
        boolean[] seen = new boolean[n];
        int before = directions.size();
        for (int pass = 0; pass < 2; pass++) { // chains from their ends first, then rings
            for (int i = 0; i < n; i++) {
                if (!seen[i] && (pass == 1 || links(i) == 1)) {
                    addRunsOf(chainFrom(i, seen), before);
                }
            }
        }
    }

    private void addRunsOf(List<Integer> chain, int before) {
        for (int length = 2; length <= Math.min(chain.size(), LONGEST_RUN); length++) {
            for (int from = 0; from + length <= chain.size() && directions.size() - before < MOST_RUNS; from++) {
                int[] variables = new int[length];
                double[] steps = new double[length];
                double step = 1;
                for (int k = 0; k < length; k++) {
                    variables[k] = chain.get(from + k);
                    if (k > 0) {
                        step *= link(variables[k - 1], variables[k]);
                    }
                    steps[k] = step;
                }
                add(variables, steps);
            }
        }
    }

    private List<Integer> chainFrom(int first, boolean[] seen) {
        List<Integer> chain = new ArrayList<>();
        @Nullable Integer next = first;
        while (next != null) {
            chain.add(next);
            seen[next] = true;
            next = unseenNeighbour(next, seen);
        }
        return chain;
    }

    private @Nullable Integer unseenNeighbour(int variable, boolean[] seen) {
        for (int row : program.rowsOf[variable]) {
            int other = linked(program.rows.get(row).coefficients(), variable);
            if (other >= 0 && !seen[other]) {
                return other;
            }
        }
        return null;
    }

    private int links(int variable) {
        Set<Integer> others = new HashSet<>();
        for (int row : program.rowsOf[variable]) {
            int other = linked(program.rows.get(row).coefficients(), variable);
            if (other >= 0) {
                others.add(other);
            }
        }
        return others.size();
    }

    /** By how much the second variable changes a unit of the first, so that their row keeps its activity. */
    private double link(int first, int second) {
        for (int row : program.rowsOf[first]) {
            SparseVector c = program.rows.get(row).coefficients();
            if (linked(c, first) == second) {
                return -Direction.coefficient(c, first) / Direction.coefficient(c, second);
            }
        }
        throw new IllegalStateException("No row links the variables " + first + " and " + second + ".");
    }

    private static int linked(SparseVector c, int variable) {
        if (c.size() != 2 || c.value(0) * c.value(1) >= 0) {
            return -1;
        }
        return c.index(0) == variable ? c.index(1) : c.index(0);
    }
}
