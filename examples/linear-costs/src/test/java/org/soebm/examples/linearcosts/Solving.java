package org.soebm.examples.linearcosts;

import static org.assertj.core.api.Assertions.assertThat;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolverOptions;

/** The optimum of a cost for known parameters by a named solver, on one thread. */
final class Solving implements AutoCloseable {
    private final ArgminSolver solver;
    private final PenaltyCost cost;
    private final ConstraintSet constraints;

    Solving(String solver, PenaltyCost cost, ConstraintSet constraints) {
        this.solver = ArgminSolvers.load().named(solver).create(SolverOptions.DEFAULT.withThreads(1));
        this.cost = cost;
        this.constraints = constraints;
    }

    Decision best(double... parameters) {
        Decision decision = solver.solve(new ArgminProblem(cost.objective(parameters), constraints));
        assertThat(decision.isConverged())
                .as("%s %s", decision.status(), decision.message())
                .isTrue();
        assertThat(constraints.violation(decision.variables())).isLessThan(1e-9);
        return decision;
    }

    @Override
    public void close() {
        solver.close();
    }
}
