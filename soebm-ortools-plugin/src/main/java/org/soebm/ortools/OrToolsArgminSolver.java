package org.soebm.ortools;

import java.util.List;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;
import org.soebm.api.solver.Support;
import org.soebm.ortools.model.CpSatModel;

/** Solves with OR-Tools; made by {@link OrToolsArgminSolverProvider}, whose comment says what holds for its answers. */
final class OrToolsArgminSolver implements ArgminSolver {
    private final SolverOptions options;
    private final KktPatterns patterns = new KktPatterns();

    OrToolsArgminSolver(SolverOptions options) {
        this.options = options;
    }

    @Override
    public Decision solve(ArgminProblem problem, Cancellation cancellation) {
        return solutions(problem, 1, cancellation).get(0);
    }

    @Override
    public List<Decision> solutions(ArgminProblem problem, int atMost, Cancellation cancellation) {
        Support support = OrToolsArgminSolverProvider.supportFor(problem);
        if (!support.supported()) {
            throw new IllegalArgumentException("Solver " + OrToolsArgminSolverProvider.NAME
                    + " does not support the problem: " + support.reason());
        }
        cancellation.throwIfCancelled();
        SolveBudget budget = new SolveBudget(options.timeLimit(), cancellation);
        Incumbents incumbents =
                new Incumbents(atMost, point -> AnswerCheck.decision(problem, Outcome.feasible(point, ""), budget));
        Outcome outcome = outcome(problem, budget, incumbents);
        return incumbents.after(AnswerCheck.decision(problem, outcome, budget));
    }

    private Outcome outcome(ArgminProblem problem, SolveBudget budget, Incumbents incumbents) {
        if (problem.objective() instanceof SmoothObjective smooth) {
            return new MultiStart(smooth, problem.constraints(), options, budget, incumbents).solve(problem.start());
        }
        PenaltyObjective penalties = (PenaltyObjective) problem.objective();
        if (problem.constraints().nativeModel() instanceof CpSatModel model) {
            CpSatSet feasible = CpSatSet.of(problem.constraints(), model);
            return new CpSatProgram(
                            RidgeSum.of(penalties), problem.constraints(), feasible, options, budget, incumbents)
                    .solve(problem.start());
        }
        ConstraintSet set = problem.constraints().hasIntegers()
                ? Relaxation.withIntegerBounds(problem.constraints())
                : problem.constraints();
        if (set == null) {
            return Outcome.none(
                    SolveStatus.INFEASIBLE, "The bounds of an integer variable have no integer in between.");
        }
        return new PenaltyProgram(penalties, set, patterns, options, budget, incumbents).solve(problem.start());
    }

    @Override
    public SolverOptions options() {
        return options;
    }

    /** Nothing outlives a solve but a pattern in Java's memory. */
    @Override
    public void close() {}
}
