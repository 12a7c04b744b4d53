package org.soebm.ortools;

import org.soebm.api.solver.ArgminSolverContract;
import org.soebm.api.solver.ArgminSolverProvider;

class OrToolsArgminSolverTest extends ArgminSolverContract {
    @Override
    protected ArgminSolverProvider provider() {
        return new OrToolsArgminSolverProvider();
    }
}
