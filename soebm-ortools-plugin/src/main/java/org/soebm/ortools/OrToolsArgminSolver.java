package org.soebm.ortools;

import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;

/** Solves with OR-Tools; made by {@link OrToolsArgminSolverProvider}, whose comment says what holds for its answers. */
final class OrToolsArgminSolver implements ArgminSolver {
    private final SolverOptions options;

    OrToolsArgminSolver(SolverOptions options) {
        this.options = options;
    }

    @Override
    public Decision solve(ArgminProblem problem, Cancellation cancellation) {
        Support support = OrToolsArgminSolverProvider.supportFor(problem);
        if (!support.supported()) {
            throw new IllegalArgumentException("Solver " + OrToolsArgminSolverProvider.NAME
                    + " does not support the problem: " + support.reason());
        }
        cancellation.throwIfCancelled();
        SolveBudget budget = new SolveBudget(options.timeLimit(), cancellation);
        Outcome outcome;
        if (problem.objective() instanceof SmoothObjective smooth) {
            outcome = new SpectralProjectedGradient(smooth, problem.constraints(), options, budget)
                    .solve(problem.start());
        } else {
            PenaltyObjective penalties = (PenaltyObjective) problem.objective();
            outcome = new PenaltyProgram(penalties, problem.constraints(), options, budget).solve(problem.start());
        }
        return AnswerCheck.decision(problem, outcome, budget);
    }

    @Override
    public SolverOptions options() {
        return options;
    }

    /** Nothing outlives a solve. */
    @Override
    public void close() {}
}
