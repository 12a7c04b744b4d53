package org.soebm.ortools;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.linear.SparseVector;

/**
 * What a solver keeps from one problem to the next: the {@link KktPattern} of the last directions, which a task's problems
 * share, as they do not depend on y. Thread-safe.
 */
final class KktPatterns {
    private record Known(
            int variables,
            List<SparseVector> directions,
            @Nullable KktPattern pattern) {}

    private volatile @Nullable Known last;

    /** The pattern of a problem, or null where its factor would not be sparse. */
    @Nullable
    KktPattern of(RidgeSum objective, ConstraintSet set) {
        List<SparseVector> directions = InteriorPoint.directions(objective, set);
        int variables = set.variableCount();
        Known known = last;
        if (known == null
                || known.variables() != variables
                || !known.directions().equals(directions)) {
            known = new Known(variables, directions, KktPattern.of(variables, directions));
            last = known;
        }
        return known.pattern();
    }
}
