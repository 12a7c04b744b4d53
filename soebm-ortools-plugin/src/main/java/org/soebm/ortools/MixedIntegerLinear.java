package org.soebm.ortools;

import com.google.ortools.linearsolver.MPModelProto;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * One mixed-integer linear program, where the objective is piecewise linear. SCIP's word is checked against the decisions
 * that are known without it: they are what is answered when time is up, and where one of them costs less than SCIP says
 * is possible, SCIP has to try again without its presolve.
 */
final class MixedIntegerLinear {
    private final RidgeSum objective;
    private final ConstraintSet set;
    private final SolverOptions options;
    private final SolveBudget budget;
    private final Incumbents incumbents;

    private double @Nullable [] best;
    private double bestValue = Double.POSITIVE_INFINITY;
    private double certainValue = Double.POSITIVE_INFINITY; // the least of decisions that hold up to rounding

    MixedIntegerLinear(
            RidgeSum objective, ConstraintSet set, SolverOptions options, SolveBudget budget, Incumbents incumbents) {
        this.objective = objective;
        this.set = set;
        this.options = options;
        this.budget = budget;
        this.incumbents = incumbents;
    }

    Outcome solve(double @Nullable [] start) {
        // SCIP may search an unbounded problem until the time limit.
        if (NoOptimum.recedes(objective, set, options, budget)) {
            return NoOptimum.explain(objective, set, options, budget, "");
        }
        offer(start == null ? new double[0] : start);
        BackEndAnswer relaxed = BackEnd.GLOP.solve(program(Relaxation.relaxed(set)), options, budget);
        if (relaxed.kind() == BackEndAnswer.Kind.OPTIMAL) {
            offer(relaxed.values());
            // As on a network, whose vertices are integer.
            if (best != null && bestValue - relaxed.bound() <= OptimalityGap.allowed(bestValue, options)) {
                return new Outcome(SolveStatus.OPTIMAL, best, relaxed.bound(), "");
            }
        }
        MPModelProto program = program(set);
        Outcome outcome = checked(BackEnd.solveIntegers(program, options, budget, incumbents));
        return outcome != null ? outcome : unreduced(program);
    }

    private Outcome unreduced(MPModelProto program) {
        BackEndAnswer answer = BackEnd.solveUnreduced(program, options, budget, incumbents);
        Outcome outcome = checked(answer);
        return outcome != null
                ? outcome
                : Outcome.feasible(
                        best(),
                        "Stopped with an optimality gap that is not known: the solver finds nothing at the cost "
                                + bestValue + " of this decision ("
                                + answer.detail().strip() + ", bound " + answer.bound()
                                + "). Maybe scale the problem?");
    }

    /** What an answer says, or null where a decision that is known contradicts it. */
    private @Nullable Outcome checked(BackEndAnswer answer) {
        if (answer.kind() == BackEndAnswer.Kind.OPTIMAL || answer.kind() == BackEndAnswer.Kind.FEASIBLE) {
            polish(answer);
            if (certainValue < answer.bound() - OptimalityGap.allowed(bestValue, options)) {
                return null;
            }
        }
        return switch (answer.kind()) {
            case OPTIMAL -> new Outcome(SolveStatus.OPTIMAL, best(), answer.bound(), "");
            case FEASIBLE ->
                new Outcome(
                        SolveStatus.FEASIBLE,
                        best(),
                        answer.bound(),
                        "The time limit was reached; the optimum is at least " + answer.bound() + ".");
            case NO_OPTIMUM -> {
                Outcome why = NoOptimum.explain(objective, set, options, budget, answer.detail());
                yield best != null && why.status() != SolveStatus.UNBOUNDED ? null : why;
            }
            case LIMIT ->
                best == null
                        ? Outcome.none(
                                SolveStatus.TIME_LIMIT,
                                "The time limit was reached before a feasible decision was found.")
                        : Outcome.feasible(best, "The time limit was reached; how far the optimum is, is not known.");
            case FAILED ->
                best == null
                        ? Outcome.none(SolveStatus.FAILED, answer.reason(budget))
                        : Outcome.feasible(
                                best, "Stopped with an optimality gap that is not known. " + answer.reason(budget));
        };
    }

    /** SCIP's answers hold to 1e-6 only; with the integers held, GLOP finds the exact continuous part. */
    private void polish(BackEndAnswer answer) {
        double[] found = clip(answer.values());
        double[] polished = found;
        if (!budget.isSpent()) {
            BackEndAnswer exact = BackEnd.GLOP.solve(program(Relaxation.withIntegersAt(set, found)), options, budget);
            if (exact.kind() == BackEndAnswer.Kind.OPTIMAL) {
                polished = clip(exact.values());
            }
        }
        offer(polished);
        double value = objective.value(polished);
        if (best == null || value < bestValue) {
            best = polished;
            bestValue = value;
        }
    }

    /** Makes a point known, where it is feasible once it is rounded and moved into the bounds. */
    private void offer(double[] point) {
        double[] clipped = clip(point);
        incumbents.offer(clipped);
        double value = objective.value(clipped);
        if (value < bestValue && AnswerCheck.holdsExactly(set, clipped)) {
            best = clipped;
            bestValue = value;
            certainValue = value;
        }
    }

    private double[] clip(double[] point) {
        return AnswerCheck.clip(Arrays.copyOf(point, set.variableCount()), set);
    }

    private double[] best() {
        return best == null ? new double[0] : best;
    }

    private MPModelProto program(ConstraintSet over) {
        return EpigraphModel.of(over, objective).build();
    }
}
