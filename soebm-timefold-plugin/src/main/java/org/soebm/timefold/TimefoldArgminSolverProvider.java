package org.soebm.timefold;

import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;
import org.soebm.timefold.model.TimefoldModel;

/** The solver named {@code timefold}: local search, and exhaustive search where few integers leave few assignments. */
public final class TimefoldArgminSolverProvider implements ArgminSolverProvider {
    static final String NAME = "timefold";

    /** For {@link java.util.ServiceLoader}. */
    public TimefoldArgminSolverProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Timefold 1.32: local search on a fine grid for any cost, integers by branch and bound where they are few";
    }

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public Support supports(ArgminProblem problem) {
        return supportFor(problem);
    }

    static Support supportFor(ArgminProblem problem) {
        return problem.constraints().nativeModel() instanceof TimefoldModel<?> model
                ? model.supports(problem)
                : Support.ofNativeModel(problem.constraints(), NAME);
    }

    @Override
    public ArgminSolver create(SolverOptions options) {
        return new TimefoldArgminSolver(options);
    }
}
