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
 * is possible, SCIP has to try again without its presolve. Before SCIP, which takes longer to start than small programs take
 * to solve, come the relaxation, whose optimum may be integer already, and CP-SAT where all is integer.
 */
final class MixedIntegerLinear {
    private static final double CP_SAT_SECONDS = 0.5; // what it does not close by then, SCIP may do better

    /** From about here on rounding the relaxation is as good as optimal, which SCIP makes more of. */
    private static final double LARGEST_CP_SAT_RANGE = 10_000;

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
        Outcome small = incumbents.areWanted() ? null : byCpSat(); // SCIP meets more decisions on its way
        if (small != null) {
            return small;
        }
        MPModelProto program = program(set);
        Outcome outcome = checked(BackEnd.solveIntegers(program, options, budget, incumbents));
        return outcome != null ? outcome : unreduced(program);
    }

    /** The optimum, or null where CP-SAT does not take the program or is not done with it soon. */
    private @Nullable Outcome byCpSat() {
        CpSatSet integers = CpSatObjective.isLinear(objective) && hasNarrowBounds() ? CpSatSet.ofRows(set) : null;
        if (integers == null) {
            return null;
        }
        SolveBudget soon = budget.atMost(CP_SAT_SECONDS);
        Outcome outcome = new CpSatProgram(objective, set, integers, options, soon, incumbents).solve(best);
        if (outcome.hasDecision()) {
            offer(outcome.variables());
        }
        return outcome.status() == SolveStatus.OPTIMAL && best != null
                ? new Outcome(SolveStatus.OPTIMAL, best, outcome.lowerBound(), "")
                : null;
    }

    private boolean hasNarrowBounds() {
        for (int i = 0; i < set.variableCount(); i++) {
            if (set.upper(i) - set.lower(i) > LARGEST_CP_SAT_RANGE) {
                return false;
            }
        }
        return true;
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
