package org.soebm.api.task;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;

/** What is to be decided: the cost f(y, a), the feasible set C, and rows to learn from. */
public interface Task {
    /** The name by which users choose the task, lower case; the provider's name. */
    String name();

    /** f(y, a). */
    CostFunction cost();

    /** C. */
    ConstraintSet constraints();

    /**
     * The rows to learn from.
     *
     * @param source what the user named with {@code --data}, or null for data that the task makes itself
     * @param seed for data that the task makes itself; same seed, same rows
     * @throws DataException when the source cannot be used; the message names file, line and column
     */
    TaskData data(@Nullable Path source, long seed);

    /** The default predictor. */
    default NetworkSpec network() {
        return NetworkSpec.DEFAULT;
    }

    /** The default hyper-parameters. */
    HyperParameters hyperParameters();
}
