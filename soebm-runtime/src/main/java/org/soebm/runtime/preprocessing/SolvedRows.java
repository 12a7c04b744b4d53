package org.soebm.runtime.preprocessing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.task.Table;
import org.soebm.runtime.objective.DecisionRule;

/** Collects the answers to a bulk of problems in row order, and what is to be said of them. */
final class SolvedRows {
    private static final Logger LOG = LoggerFactory.getLogger(HindsightDecisions.class);

    private final ConstraintSet constraints;
    private final int[] rows;
    private final Table.Builder decisions;
    private Table.@Nullable Builder variables; // null once they are of no use to a cache
    private final List<Hindsight.SkippedRow> skipped = new ArrayList<>();
    private int[] solvedRows;
    private int answered;
    private int cut;
    private String firstCut = "";

    /**
     * Starts with none.
     *
     * @param rows the rows' numbers, in the order of the answers
     * @param forCache whether a cache is going to ask for the variables
     */
    SolvedRows(ConstraintSet constraints, int[] rows, boolean forCache) {
        this.constraints = constraints;
        this.rows = rows;
        solvedRows = new int[rows.length];
        decisions = Table.builder(DecisionRule.decisionNames(constraints.decisionCount()));
        variables = forCache ? Table.builder(DecisionRule.decisionNames(constraints.variableCount())) : null;
    }

    /** Adds the answers to the next rows. */
    void add(List<Decision> answers) {
        for (Decision answer : answers) {
            int row = rows[answered++];
            if (!answer.isConverged()) {
                forgetVariables(); // so that another run tries, and warns, again
            }
            if (!answer.status().hasDecision()) {
                String reason = UnsolvedRowException.reason(answer);
                skipped.add(new Hindsight.SkippedRow(row, reason));
                LOG.warn("Row {} is left out: {}.", row, reason);
                continue;
            }
            if (answer.status() == SolveStatus.FEASIBLE && !answer.isConverged() && cut++ == 0) {
                firstCut = answer.message();
            }
            solvedRows[decisions.rows()] = row;
            double[] all = answer.variables();
            decisions.add(Arrays.copyOf(all, constraints.decisionCount()));
            if (all.length != constraints.variableCount()) {
                forgetVariables(); // auxiliary ones left out: a cache could not tell whether the row is feasible
            }
            if (variables != null) {
                variables.add(all);
            }
        }
    }

    private void forgetVariables() {
        if (variables != null) {
            variables.discard();
            variables = null;
        }
    }

    /** Says so when a limit ended the search of some. */
    void warnOfLimits() {
        if (cut > 0) {
            LOG.warn(
                    "{} of {} decisions are feasible, but a limit ended their search (the first says: {})."
                            + " Maybe the solver needs more time?",
                    cut,
                    answered,
                    firstCut);
        }
    }

    /** All variables of the solved rows, for a cache, to be discarded; null where it should not have them. */
    @Nullable
    Table variables() {
        return variables == null || decisions.rows() == 0 ? null : variables.build();
    }

    /** The decisions; to be asked for once. */
    Hindsight hindsight() {
        solvedRows = Arrays.copyOf(solvedRows, decisions.rows());
        return new Hindsight(solvedRows, decisions.build(), skipped, false);
    }
}
