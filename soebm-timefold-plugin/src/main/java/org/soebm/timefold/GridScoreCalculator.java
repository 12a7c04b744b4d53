package org.soebm.timefold;

import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import ai.timefold.solver.core.api.score.calculator.IncrementalScoreCalculator;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.linear.SparseVector;

/**
 * The incremental score of a grid point. A change of a variable touches its rows and its penalty terms, each once a score
 * however many of its variables change. A touched row's activity (or term's residual) is summed up anew from its few
 * variables rather than updated by a difference: it is a function of the point alone, so nothing drifts over millions of
 * moves and an undone move brings back the very same score. An oracle is asked for the value of the whole point.
 *
 * <p>The same numbers serve the moves: activities, residuals and the one-sided slopes of the terms.
 */
public final class GridScoreCalculator implements IncrementalScoreCalculator<GridSolution, HardSoftLongScore> {
    /** Hard score of a row that is missed by its scale. */
    private static final double HARD_UNITS = 1e9;

    private @Nullable State state;

    /** Called by Timefold. */
    public GridScoreCalculator() {}

    @Override
    public void resetWorkingSolution(GridSolution workingSolution) {
        state = new State(workingSolution);
        workingSolution.search().attach(this);
    }

    @Override
    public void beforeEntityAdded(Object entity) {}

    @Override
    public void afterEntityAdded(Object entity) {}

    @Override
    public void beforeVariableChanged(Object entity, String variableName) {}

    @Override
    public void afterVariableChanged(Object entity, String variableName) {
        state().change((GridVariable) entity);
    }

    @Override
    public void beforeEntityRemoved(Object entity) {}

    @Override
    public void afterEntityRemoved(Object entity) {}

    @Override
    public HardSoftLongScore calculateScore() {
        State current = state();
        current.search.look(64);
        current.refresh();
        return HardSoftLongScore.of(-current.hard, -current.soft);
    }

    /** What is known of the working solution, up to date. */
    State state() {
        if (state == null) {
            throw new IllegalStateException("The score calculator has no working solution.");
        }
        return state;
    }

    /** Values, activities, residuals and what they cost. */
    static final class State {
        private final Search search;
        private final Program program;
        private final Grid grid;
        private final double[] value;
        private final long[] position;
        private final double[] activity;
        private final long[] rowCost;
        private final double[] rowGrain;
        private final double[] residual;
        private final long[] termCost;
        private final double[] slopeUp;
        private final double[] slopeDown;
        private final boolean[] slopeKnown;
        private final int[] staleRows;
        private final int[] staleTerms;
        private final boolean[] rowIsStale;
        private final boolean[] termIsStale;
        private final double mostOfTerm;
        private int staleRowCount;
        private int staleTermCount;
        private boolean oracleIsStale;
        private long hard;
        private long soft;
        private long oracleCost;

        private State(GridSolution solution) {
            search = solution.search();
            program = search.program();
            grid = search.grid();
            value = new double[program.variableCount];
            position = new long[program.variableCount];
            int rows = program.rows.size();
            int terms = program.terms.size();
            activity = new double[rows];
            rowCost = new long[rows];
            rowGrain = new double[rows];
            staleRows = new int[rows];
            rowIsStale = new boolean[rows];
            residual = new double[terms];
            termCost = new long[terms];
            slopeUp = new double[terms];
            slopeDown = new double[terms];
            slopeKnown = new boolean[terms];
            staleTerms = new int[terms];
            termIsStale = new boolean[terms];
            mostOfTerm = search.mostOfPart();
            for (GridVariable variable : solution.getVariables()) {
                int i = variable.variable();
                position[i] = solution.position(i);
                value[i] = grid.value(i, position[i]);
            }
            for (int r = 0; r < rows; r++) {
                SparseVector c = program.rows.get(r).coefficients();
                for (int k = 0; k < c.size(); k++) {
                    boolean whole = program.integer[c.index(k)];
                    double step = whole ? 1e-12 : grid.step[c.index(k)];
                    rowGrain[r] = Math.max(rowGrain[r], 2 * step * Math.abs(c.value(k)));
                }
                stale(r, staleRows, rowIsStale, staleRowCount++);
            }
            for (int k = 0; k < terms; k++) {
                stale(k, staleTerms, termIsStale, staleTermCount++);
            }
            oracleIsStale = program.oracle != null;
        }

        private static void stale(int which, int[] list, boolean[] flags, int count) {
            list[count] = which;
            flags[which] = true;
        }

        private void change(GridVariable variable) {
            int i = variable.variable();
            Long at = variable.getPosition();
            if (at == null) {
                throw new IllegalStateException("Variable " + i + " has no position.");
            }
            position[i] = at;
            value[i] = grid.value(i, at);
            for (int row : program.rowsOf[i]) {
                if (!rowIsStale[row]) {
                    stale(row, staleRows, rowIsStale, staleRowCount++);
                }
            }
            for (int term : program.termsOf[i]) {
                if (!termIsStale[term]) {
                    stale(term, staleTerms, termIsStale, staleTermCount++);
                }
            }
            oracleIsStale |= program.oracle != null && i < program.decisionCount;
        }

        private void refresh() {
            for (int k = 0; k < staleRowCount; k++) {
                int r = staleRows[k];
                rowIsStale[r] = false;
                LinearRow row = program.rows.get(r);
                activity[r] = row.coefficients().dot(value);
                long cost = rowCost(r, row);
                hard += cost - rowCost[r];
                rowCost[r] = cost;
            }
            staleRowCount = 0;
            for (int k = 0; k < staleTermCount; k++) {
                int t = staleTerms[k];
                termIsStale[t] = false;
                slopeKnown[t] = false;
                PenaltyTerm term = program.terms.get(t);
                residual[t] = term.residual(value);
                long cost = softUnits(term.penalty().expectation(residual[t], term.std()));
                soft += cost - termCost[t];
                termCost[t] = cost;
            }
            staleTermCount = 0;
            if (oracleIsStale) {
                oracleIsStale = false;
                long cost = softUnits(program.value(value));
                soft += cost - oracleCost;
                oracleCost = cost;
            }
        }

        private long rowCost(int r, LinearRow row) {
            double miss = Math.max(row.lower() - activity[r], activity[r] - row.upper());
            if (miss <= program.rowTolerance(r)) {
                return 0;
            }
            return Math.max(1, Math.round(Math.min(miss / program.rowScale[r] * HARD_UNITS, mostOfTerm)));
        }

        private long softUnits(double cost) {
            return Math.round(Math.min(Math.max(cost * search.softScale(), -mostOfTerm), mostOfTerm));
        }

        /** Whether every row holds within its tolerance. */
        boolean isFeasible() {
            refresh();
            return hard == 0;
        }

        /** Hard and soft cost, in the units of the score. */
        long hard() {
            refresh();
            return hard;
        }

        long soft() {
            refresh();
            return soft;
        }

        double value(int variable) {
            return value[variable];
        }

        long position(int variable) {
            return position[variable];
        }

        double activity(int row) {
            return activity[row];
        }

        double residual(int term) {
            return residual[term];
        }

        double[] values() {
            return value.clone();
        }

        LinearRow row(int r) {
            return program.rows.get(r);
        }

        /** What a step of the grid can change of a row's activity. */
        double rowGrain(int r) {
            return rowGrain[r];
        }

        /** The derivative of a term with respect to its residual, to the side of larger residuals or the other one. */
        double slope(int term, boolean up) {
            if (!slopeKnown[term]) {
                slopeKnown[term] = true;
                PenaltyTerm of = program.terms.get(term);
                if (of.std() == 0 && Math.abs(residual[term]) <= kinkWidth(of)) {
                    slopeUp[term] = of.penalty().identity() + of.penalty().hinge();
                    slopeDown[term] = of.penalty().identity();
                } else {
                    slopeUp[term] = of.penalty().expectedDerivative(residual[term], of.std());
                    slopeDown[term] = slopeUp[term];
                }
            }
            return up ? slopeUp[term] : slopeDown[term];
        }

        /** Closer to a kink than a few steps of the grid counts as on it. */
        double kinkWidth(PenaltyTerm term) {
            double width = 0;
            for (int k = 0; k < term.decisionCoefficients().size(); k++) {
                double step = grid.step[term.decisionCoefficients().index(k)];
                boolean whole = program.integer[term.decisionCoefficients().index(k)];
                width += whole
                        ? 1e-12
                        : 2 * step * Math.abs(term.decisionCoefficients().value(k));
            }
            return width;
        }

        @Override
        public String toString() {
            return Arrays.toString(value);
        }
    }
}
