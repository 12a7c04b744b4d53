package org.soebm.ortools;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.Incumbents;

/** Where methods leave points that they come by on the way to their answer. Each is checked and costed as an answer is. */
final class FurtherPoints {
    /** Wants none. */
    static final FurtherPoints NONE = new FurtherPoints(null);

    /** For whom points are checked. */
    private record Wish(Incumbents incumbents, ArgminProblem problem, SolveBudget budget) {}

    private final @Nullable Wish wish;

    private FurtherPoints(@Nullable Wish wish) {
        this.wish = wish;
    }

    static FurtherPoints of(Incumbents incumbents, ArgminProblem problem, SolveBudget budget) {
        return incumbents.isAnswerOnly() ? NONE : new FurtherPoints(new Wish(incumbents, problem, budget));
    }

    /** Whether points are of any use, so that a back end should be asked for them. */
    boolean areWanted() {
        return wish != null;
    }

    /**
     * Takes a point; it is left out where it is not feasible.
     *
     * @param point decisions and auxiliary variables, possibly followed by a method's own variables
     */
    void add(double[] point) {
        if (wish != null) {
            double[] variables =
                    Arrays.copyOf(point, wish.problem().constraints().variableCount());
            wish.incumbents()
                    .offer(AnswerCheck.decision(wish.problem(), Outcome.feasible(variables, ""), wish.budget()));
        }
    }
}
