package org.soebm.examples.shiftstaffing;

import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;
import org.soebm.timefold.model.TimefoldModel;

/** Solves problems with a Timefold model, and no others. */
final class ModelSolverProvider implements ArgminSolverProvider {

    @Override
    public String name() {
        return "timefold";
    }

    @Override
    public String description() {
        return "existing Timefold models";
    }

    @Override
    public int rank() {
        return 1;
    }

    @Override
    public Support supports(ArgminProblem problem) {
        return problem.constraints().nativeModel() instanceof TimefoldModel<?> model
                ? model.supports(problem)
                : Support.no("there is no Timefold model");
    }

    @Override
    public ArgminSolver create(SolverOptions options) {
        return new ArgminSolver() {
            @Override
            public Decision solve(ArgminProblem problem, Cancellation cancellation) {
                TimefoldModel<?> model =
                        (TimefoldModel<?>) problem.constraints().nativeModel();
                return model.solve(problem, options, cancellation);
            }

            @Override
            public SolverOptions options() {
                return options;
            }

            @Override
            public void close() {}
        };
    }
}
