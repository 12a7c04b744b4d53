package org.soebm.ortools.model;

import org.soebm.api.linear.SparseVector;

/**
 * A variable or a linear expression of variables that is a decision.
 *
 * @param form over the model's variables
 * @param variable the model's variable that it is, −1 for an expression
 */
record ChosenDecision(String name, SparseVector form, int variable) {
    boolean isExpression() {
        return variable < 0;
    }
}
