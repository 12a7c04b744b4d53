package org.soebm.ortools;

import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;

/**
 * What a solver keeps from one problem to the next: the {@link KktPattern} of the last feasible set, which a task's problems
 * share. Thread-safe.
 */
final class KktPatterns {
    private record Known(ConstraintSet set, @Nullable KktPattern pattern) {}

    private volatile @Nullable Known last;

    /** The pattern of a problem, or null where its factor would not be sparse. */
    @Nullable
    KktPattern of(RidgeSum objective, ConstraintSet set) {
        if (!objective.isSeparable()) { // it has directions of its own
            return KktPattern.of(set.variableCount(), InteriorPoint.directions(objective, set));
        }
        Known known = last;
        if (known == null || known.set() != set) {
            known = new Known(set, KktPattern.of(set.variableCount(), InteriorPoint.directions(objective, set)));
            last = known;
        }
        return known.pattern();
    }
}
