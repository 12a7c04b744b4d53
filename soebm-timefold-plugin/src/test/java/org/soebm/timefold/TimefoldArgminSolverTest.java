package org.soebm.timefold;

import org.soebm.api.solver.ArgminSolverContract;
import org.soebm.api.solver.ArgminSolverProvider;

class TimefoldArgminSolverTest extends ArgminSolverContract {
    @Override
    protected ArgminSolverProvider provider() {
        return new TimefoldArgminSolverProvider();
    }

    @Override
    protected boolean provesOptimality() {
        return false;
    }

    @Override
    protected double costTolerance() {
        return 1e-4;
    }

    @Override
    protected double decisionTolerance() {
        return 5e-3;
    }
}
