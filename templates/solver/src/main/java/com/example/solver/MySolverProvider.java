package com.example.solver;

import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;

/** How the library finds the solver; named in {@code META-INF/services}. */
public final class MySolverProvider implements ArgminSolverProvider {
    static final String NAME = "my-solver";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "bisection on each decision of a separable cost between bounds";
    }

    /** Lower wins where the user names no solver. */
    @Override
    public int rank() {
        return 50;
    }

    @Override
    public Support supports(ArgminProblem problem) {
        ConstraintSet constraints = problem.constraints();
        if (!(problem.objective() instanceof PenaltyObjective objective) || !objective.isSeparable()) {
            return Support.no("it takes penalty costs that are sums over single decisions");
        }
        if (!constraints.rows().isEmpty() || constraints.hasIntegers() || constraints.auxiliaryCount() > 0) {
            return Support.no("it takes bounds on continuous decisions only");
        }
        for (int i = 0; i < constraints.decisionCount(); i++) {
            if (Double.isInfinite(constraints.lower(i)) || Double.isInfinite(constraints.upper(i))) {
                return Support.no("decision " + i + " has no finite bounds");
            }
        }
        return Support.ofNativeModel(constraints, NAME);
    }

    @Override
    public ArgminSolver create(SolverOptions options) {
        return new MySolver(this, options);
    }
}
