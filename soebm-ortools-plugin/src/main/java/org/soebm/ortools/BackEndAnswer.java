package org.soebm.ortools;

/**
 * What a back end says of a model.
 *
 * @param kind how it ended
 * @param values the model's variables; empty without a solution
 * @param bound a lower bound of the optimum where the kind is OPTIMAL or FEASIBLE, −∞ where the back end gives none
 * @param detail the back end's own words
 */
record BackEndAnswer(Kind kind, double[] values, double bound, String detail) {
    private static final String ADVICE = " Maybe scale the problem, or allow a larger tolerance?";

    /** Why a method ends with this answer, short of an optimum, and what to do about it: one or two sentences. */
    String reason(SolveBudget budget) {
        return budget.isSpent()
                ? "The time limit was reached (" + detail.strip() + ")."
                : "The back end gave up (" + detail.strip() + ")." + ADVICE;
    }

    /** How a native solve ended. */
    enum Kind {
        /** Optimal within the tolerances asked for. */
        OPTIMAL,
        /** A limit was reached; the solution is feasible. */
        FEASIBLE,
        /** Infeasible or unbounded. Back ends mix the two up, so the words of none of them are taken for it. */
        NO_OPTIMUM,
        /** A limit was reached without a feasible solution; the values, if any, are where the search stood. */
        LIMIT,
        /** Anything else. */
        FAILED
    }
}
