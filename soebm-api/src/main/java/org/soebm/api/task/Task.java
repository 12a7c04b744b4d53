package org.soebm.api.task;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.solver.SolverOptions;

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

    /** y = g(x, z) where the predictor predicts latent quantities z; null where it predicts y itself. */
    default @Nullable Simulator simulator() {
        return null;
    }

    /**
     * p(o | z) where what the predictor predicts is never observed itself; null where it is, and its likelihood is that
     * of the predicted Gaussian.
     */
    default @Nullable ObservationModel observationModel() {
        return null;
    }

    /** How exactly and for how long a solver works on one of the task's problems, where nobody says otherwise. */
    default SolverOptions solverOptions() {
        return SolverOptions.DEFAULT;
    }

    /** The default predictor. */
    default NetworkSpec network() {
        return NetworkSpec.DEFAULT;
    }

    /** The default hyper-parameters. */
    HyperParameters hyperParameters();
}
