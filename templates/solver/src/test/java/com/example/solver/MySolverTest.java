package com.example.solver;

import org.soebm.api.solver.ArgminSolverContract;
import org.soebm.api.solver.ArgminSolverProvider;

class MySolverTest extends ArgminSolverContract {
    @Override
    protected ArgminSolverProvider provider() {
        return new MySolverProvider();
    }
}
