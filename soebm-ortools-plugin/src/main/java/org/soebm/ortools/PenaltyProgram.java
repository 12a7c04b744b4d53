package org.soebm.ortools;

import com.google.ortools.linearsolver.MPModelProto;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * Chooses the method for a penalty objective: the separable minimum where it is feasible; one linear, quadratic or
 * mixed-integer linear program where those are exact; sequential quadratic programming where terms are Gaussian; outer
 * approximation where integers meet curvature.
 */
final class PenaltyProgram {
    /** What outer approximation has left to do where there are no integers to hold. */
    private static final OuterApproximation.ContinuousMethod HELD =
            (set, start) -> Outcome.none(SolveStatus.FAILED, "nothing is left to decide");

    private final RidgeSum objective;
    private final ConstraintSet set;
    private final SolverOptions options;
    private final SolveBudget budget;

    PenaltyProgram(PenaltyObjective objective, ConstraintSet set, SolverOptions options, SolveBudget budget) {
        this.objective = RidgeSum.of(objective);
        this.set = set;
        this.options = options;
        this.budget = budget;
    }

    Outcome solve(double @Nullable [] start) {
        double[] minimum = SeparableMinimum.of(objective, set);
        if (minimum != null && AnswerCheck.holds(set, minimum)) {
            return Outcome.optimal(minimum, "");
        }
        if (!set.hasIntegers()) {
            return continuous(set, start);
        }
        if (objective.isPiecewiseLinear()) {
            return mixedIntegerLinear();
        }
        if (objective.ridges().stream().allMatch(RidgeFunction::isCurvedByKinksOnly)
                && !NoOptimum.recedes(objective, set, options, budget)) {
            Outcome direct = new OuterApproximation(objective, set, this::continuous, options, budget).solveFromKinks();
            if (direct != null) {
                return direct;
            }
        }
        Outcome relaxed = continuous(Relaxation.relaxed(set), start);
        if (relaxed.status() == SolveStatus.INFEASIBLE) {
            return relaxed;
        }
        if (relaxed.status() == SolveStatus.UNBOUNDED) {
            Outcome feasible = NoOptimum.feasiblePoint(set, options, budget);
            return feasible.hasDecision() ? relaxed : feasible;
        }
        double[] first = relaxed.hasDecision() ? relaxed.variables() : new double[set.variableCount()];
        return new OuterApproximation(objective, set, this::continuous, options, budget).solve(first);
    }

    /**
     * The method of the objective; what it leaves open, cutting planes try to close, which need only GLOP, and after
     * them PDLP with more patience.
     */
    private Outcome continuous(ConstraintSet continuousSet, double @Nullable [] start) {
        Outcome best = objective.isKnown()
                ? ConvexProgram.solve(quadraticProgram(continuousSet), objective, continuousSet, options, budget)
                : new GaussianSequentialQuadratic(objective, continuousSet, options, budget.share(0.5)).solve(start);
        if (isOpen(best)) {
            Outcome why = NoOptimum.explain(objective, continuousSet, options, budget, best.message());
            if (why.status() == SolveStatus.UNBOUNDED || why.status() == SolveStatus.INFEASIBLE) {
                return why;
            }
            double[] first = best.hasDecision() ? best.variables() : new double[set.variableCount()];
            SolveBudget half = budget.share(0.5);
            best = better(best, new OuterApproximation(objective, continuousSet, HELD, options, half).solve(first));
        }
        if (isOpen(best) && objective.isKnown() && !objective.isPiecewiseLinear()) {
            best = better(best, ConvexProgram.persist(quadraticProgram(continuousSet), continuousSet, options, budget));
        }
        return best;
    }

    private MPModelProto quadraticProgram(ConstraintSet continuousSet) {
        return EpigraphModel.of(continuousSet, objective).build();
    }

    private boolean isOpen(Outcome outcome) {
        boolean open = outcome.status() == SolveStatus.FEASIBLE || outcome.status() == SolveStatus.FAILED;
        return open && !budget.isSpent();
    }

    private Outcome better(Outcome first, Outcome second) {
        if (second.status() == SolveStatus.OPTIMAL || !first.hasDecision()) {
            return second;
        }
        boolean lower =
                second.hasDecision() && objective.value(second.variables()) < objective.value(first.variables());
        return lower ? second : first;
    }

    private Outcome mixedIntegerLinear() {
        // SCIP may search an unbounded problem until the time limit.
        if (NoOptimum.recedes(objective, set, options, budget)) {
            return NoOptimum.explain(objective, set, options, budget, "");
        }
        BackEndAnswer answer =
                BackEnd.SCIP.solve(EpigraphModel.of(set, objective).build(), options, budget);
        return switch (answer.kind()) {
            case OPTIMAL -> polished(answer, SolveStatus.OPTIMAL, "");
            case FEASIBLE ->
                polished(
                        answer,
                        SolveStatus.FEASIBLE,
                        "The time limit was reached; the optimum is at least " + answer.bound() + ".");
            case NO_OPTIMUM -> NoOptimum.explain(objective, set, options, budget, answer.detail());
            case LIMIT ->
                Outcome.none(
                        SolveStatus.TIME_LIMIT, "The time limit was reached before a feasible decision was found.");
            case FAILED -> Outcome.none(SolveStatus.FAILED, answer.detail().strip());
        };
    }

    /** SCIP's answers hold to 1e-6 only; with the integers held, GLOP finds the exact continuous part. */
    private Outcome polished(BackEndAnswer answer, SolveStatus status, String message) {
        double[] found = AnswerCheck.clip(variables(answer), set);
        double[] best = found;
        if (!budget.isSpent()) {
            BackEndAnswer exact = BackEnd.GLOP.solve(
                    EpigraphModel.of(Relaxation.withIntegersAt(set, found), objective)
                            .build(),
                    options,
                    budget);
            if (exact.kind() == BackEndAnswer.Kind.OPTIMAL) {
                best = AnswerCheck.clip(variables(exact), set);
            }
        }
        return new Outcome(status, best, answer.bound(), message);
    }

    private double[] variables(BackEndAnswer answer) {
        return Arrays.copyOf(answer.values(), set.variableCount());
    }
}
