package org.soebm.ortools;

import com.google.ortools.linearsolver.MPConstraintProto;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.constraint.LinearRow;
import org.soebm.api.solver.SolverOptions;

/**
 * Which rows stand in the way of an infeasible set: those that miss in a point of the bounds and integers that misses the
 * rows least in sum. There may be other ways to put the blame.
 */
final class InfeasibleRows {
    private static final int MOST_NAMES = 3;
    private static final double MISSES = 1e-6;
    private static final double MOST_SECONDS = 2; // the answer is known; this only explains it

    private record Miss(LinearRow row, double by) {}

    private InfeasibleRows() {}

    /** A sentence that names them; empty where they are not found soon. */
    static String sentence(ConstraintSet set, SolverOptions options, SolveBudget budget) {
        SolveBudget little = budget.share(Math.min(1, MOST_SECONDS / Math.max(budget.remainingSeconds(), 1e-3)));
        List<Miss> misses = misses(Relaxation.relaxed(set), options, little);
        if (misses.isEmpty() && set.hasIntegers()) {
            misses = misses(set, options, little); // without integrality the rows can hold
        }
        if (misses.isEmpty()) {
            return "";
        }
        StringBuilder sentence = new StringBuilder(" Best would be to miss ");
        for (int k = 0; k < Math.min(MOST_NAMES, misses.size()); k++) {
            sentence.append(k == 0 ? "row " : ", row ");
            sentence.append(misses.get(k).row().name()).append(" by ").append((float)
                    misses.get(k).by());
        }
        int more = misses.size() - MOST_NAMES;
        return sentence + (more > 0 ? " and " + more + " more." : ".");
    }

    private static List<Miss> misses(ConstraintSet set, SolverOptions options, SolveBudget budget) {
        List<Miss> misses = new ArrayList<>();
        if (budget.isSpent()) {
            return misses;
        }
        BackEndAnswer answer = BackEnd.solveWithAny(elastic(set).build(), options, budget);
        if (answer.kind() != BackEndAnswer.Kind.OPTIMAL && answer.kind() != BackEndAnswer.Kind.FEASIBLE) {
            return misses;
        }
        for (LinearRow row : set.rows()) {
            double by = row.violation(answer.values());
            if (by > MISSES) {
                misses.add(new Miss(row, by));
            }
        }
        misses.sort(Comparator.comparingDouble(Miss::by).reversed());
        return misses;
    }

    /** Each row may be missed, at a price of 1. */
    private static LinearQuadraticModel elastic(ConstraintSet set) {
        LinearQuadraticModel model = LinearQuadraticModel.over(Relaxation.withoutRows(set));
        for (LinearRow row : set.rows()) {
            MPConstraintProto.Builder elastic = model.row(row.lower(), row.upper());
            for (int k = 0; k < row.coefficients().size(); k++) {
                elastic.addVarIndex(row.coefficients().index(k))
                        .addCoefficient(row.coefficients().value(k));
            }
            for (int sign = -1; sign <= 1; sign += 2) {
                int miss = model.variable(0, Double.POSITIVE_INFINITY);
                model.addCost(miss, 1);
                elastic.addVarIndex(miss).addCoefficient(sign);
            }
        }
        return model;
    }
}
