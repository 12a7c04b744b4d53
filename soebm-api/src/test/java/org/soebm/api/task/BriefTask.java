package org.soebm.api.task;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.CostFunction;
import org.soebm.api.solver.SolverOptions;

/**
 * A task with hyper-parameters of a test, which train little.
 *
 * @param whole all else is its
 * @param hyperParameters instead of its own
 */
public record BriefTask(Task whole, HyperParameters hyperParameters) implements Task {
    @Override
    public String name() {
        return whole.name();
    }

    @Override
    public CostFunction cost() {
        return whole.cost();
    }

    @Override
    public ConstraintSet constraints() {
        return whole.constraints();
    }

    @Override
    public TaskData data(@Nullable Path source, long seed) {
        return whole.data(source, seed);
    }

    @Override
    public @Nullable Simulator simulator() {
        return whole.simulator();
    }

    @Override
    public @Nullable ObservationModel observationModel() {
        return whole.observationModel();
    }

    @Override
    public SolverOptions solverOptions() {
        return whole.solverOptions();
    }

    @Override
    public NetworkSpec network() {
        return whole.network();
    }
}
