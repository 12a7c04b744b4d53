package org.soebm.ortools;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.linear.SparseVector;

/**
 * A penalty objective sorted by direction: F(a) = Σ_j g_j(d_jᵀa) + qᵀa + constant with {@link RidgeFunction}s g_j.
 *
 * @param ridges g_j, one a direction, in the order of the terms
 * @param linear q, length da
 * @param constant terms without decisions among it
 */
record RidgeSum(List<RidgeFunction> ridges, double[] linear, double constant) {
    static RidgeSum of(PenaltyObjective objective) {
        double constant = objective.constant();
        Map<SparseVector, RidgeFunction> byDirection = new LinkedHashMap<>();
        RidgeFunction[] byDecision = new RidgeFunction[objective.dimension()];
        List<RidgeFunction> ridges = new ArrayList<>();
        for (PenaltyTerm term : objective.terms()) {
            SparseVector d = term.decisionCoefficients();
            if (d.size() == 0) {
                constant += term.penalty().expectation(term.offset(), term.std());
            } else if (d.size() == 1) {
                RidgeFunction ridge = byDecision[d.index(0)];
                if (ridge == null) {
                    ridge = new RidgeFunction(SparseVector.unit(d.index(0), 1));
                    byDecision[d.index(0)] = ridge;
                    ridges.add(ridge);
                }
                ridge.add(term);
            } else {
                byDirection
                        .computeIfAbsent(withLeadingOne(d), direction -> {
                            RidgeFunction ridge = new RidgeFunction(direction);
                            ridges.add(ridge);
                            return ridge;
                        })
                        .add(term);
            }
        }
        double[] linear = new double[objective.dimension()];
        for (int i = 0; i < linear.length; i++) {
            linear[i] = objective.linear(i);
        }
        return new RidgeSum(ridges, linear, constant);
    }

    /** By division, so that multiples of one direction come out equal. */
    private static SparseVector withLeadingOne(SparseVector d) {
        int[] indices = new int[d.size()];
        double[] values = new double[d.size()];
        for (int k = 0; k < indices.length; k++) {
            indices[k] = d.index(k);
            values[k] = d.value(k) / d.value(0);
        }
        return SparseVector.of(indices, values);
    }

    /** Whether no term is Gaussian. */
    boolean isKnown() {
        return ridges.stream().allMatch(RidgeFunction::isKnown);
    }

    /** Whether a linear program represents the sum exactly. */
    boolean isPiecewiseLinear() {
        return ridges.stream().noneMatch(RidgeFunction::isCurved);
    }

    /** Whether every ridge function depends on a single decision. */
    boolean isSeparable() {
        return ridges.stream().allMatch(RidgeFunction::isCoordinate);
    }

    /** F(a); the decisions may be followed by auxiliary variables. */
    double value(double[] variables) {
        double sum = constant;
        for (int i = 0; i < linear.length; i++) {
            sum += linear[i] * variables[i];
        }
        for (RidgeFunction ridge : ridges) {
            sum += ridge.value(ridge.position(variables));
        }
        return sum;
    }
}
