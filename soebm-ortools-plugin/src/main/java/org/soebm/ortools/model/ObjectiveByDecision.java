package org.soebm.ortools.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.soebm.api.linear.SparseVector;

/**
 * The model's own objective written over the decisions. An expression takes over the cost of those of its variables that
 * are no decisions themselves, where it is proportional to it, in the order of the decisions; what is left on the variables
 * that are decisions is theirs, and what is left on the others is uncovered.
 */
final class ObjectiveByDecision {
    private static final int MOST_NAMES = 5;
    private static final double PROPORTIONAL = 1e-12; // relative, for what is left of ratios in double precision

    private final OrToolsModel model;
    private final List<ChosenDecision> decisions;
    private final boolean[] isDecision; // of each of the model's variables
    private final double[] costs; // of each decision
    private final double[] uncovered; // on each of the model's variables

    /**
     * @param learned decisions whose coefficient is unknown: the known objective has none for them
     */
    ObjectiveByDecision(OrToolsModel model, List<ChosenDecision> decisions, Set<Integer> learned) {
        this.model = model;
        this.decisions = decisions;
        uncovered = model.linear().variables().stream()
                .mapToDouble(LinearModel.Variable::cost)
                .toArray();
        costs = new double[decisions.size()];
        isDecision = new boolean[uncovered.length];
        for (int k = 0; k < costs.length; k++) {
            int variable = decisions.get(k).variable();
            if (variable >= 0) {
                isDecision[variable] = true;
                if (learned.contains(k)) {
                    uncovered[variable] = 0;
                }
            }
        }
        for (int k = 0; k < costs.length; k++) {
            if (decisions.get(k).isExpression()) {
                double factor = factor(decisions.get(k).form());
                take(decisions.get(k).form(), factor);
                costs[k] = learned.contains(k) ? 0 : factor;
            }
        }
        for (int k = 0; k < costs.length; k++) {
            int variable = decisions.get(k).variable();
            if (variable >= 0) {
                costs[k] = uncovered[variable];
                uncovered[variable] = 0;
            }
        }
    }

    /** By which factor an expression is the cost of those of its variables that are no decisions; 0 where it is not. */
    private double factor(SparseVector form) {
        double factor = 0;
        for (int k = 0; k < form.size(); k++) {
            if (!isDecision[form.index(k)]) {
                double ratio = uncovered[form.index(k)] / form.value(k);
                if (factor == 0) {
                    factor = ratio;
                }
                if (ratio == 0 || Math.abs(ratio - factor) > PROPORTIONAL * Math.abs(factor)) {
                    return 0;
                }
            }
        }
        return factor;
    }

    private void take(SparseVector form, double factor) {
        if (factor == 0) {
            return;
        }
        for (int k = 0; k < form.size(); k++) {
            int variable = form.index(k);
            uncovered[variable] = isDecision[variable] ? uncovered[variable] - factor * form.value(k) : 0;
        }
    }

    /** The linear coefficient of a decision. */
    double cost(int decision) {
        return costs[decision];
    }

    /** The coefficient of a decision's square. */
    double square(int decision) {
        int variable = decisions.get(decision).variable();
        return variable < 0 ? 0 : model.linear().variables().get(variable).square();
    }

    /** What is left on each of the model's variables. */
    double[] uncovered() {
        return uncovered.clone();
    }

    /**
     * @throws IllegalArgumentException that names the variables with a square that are no decisions
     */
    void requireNoSquares() {
        List<String> squared = new ArrayList<>();
        for (int i = 0; i < isDecision.length; i++) {
            if (!isDecision[i] && model.linear().variables().get(i).square() != 0) {
                squared.add(model.variables().of(i));
            }
        }
        if (!squared.isEmpty()) {
            throw new IllegalArgumentException("The objective of "
                    + model.linear().title() + " has squares of "
                    + some(squared) + ", which are no decisions, so the cost of the decisions alone cannot hold them."
                    + " Maybe list them as decisions?");
        }
    }

    /**
     * @throws IllegalArgumentException that names the variables with an uncovered cost
     */
    void requireCovered() {
        List<String> open = new ArrayList<>();
        for (int i = 0; i < uncovered.length; i++) {
            if (uncovered[i] != 0) {
                open.add(model.variables().of(i));
            }
        }
        if (!open.isEmpty()) {
            throw new IllegalArgumentException("The objective of "
                    + model.linear().title() + " has a cost on "
                    + some(open) + ", which are no decisions, so the cost of the decisions alone cannot hold it."
                    + " Maybe list them as decisions, or make their cost one by withRemainingCost(\"other cost\")?");
        }
    }

    private static String some(List<String> names) {
        int more = names.size() - MOST_NAMES;
        return String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
                + (more > 0 ? " and " + more + " more variables" : "");
    }
}
