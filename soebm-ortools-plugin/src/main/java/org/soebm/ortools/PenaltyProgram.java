package org.soebm.ortools;

import com.google.ortools.linearsolver.MPModelProto;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * Chooses the method for a penalty objective: the separable minimum where it is feasible, or
 * with a price on the only row; an interior-point method over sparse rows; one linear, quadratic or mixed-integer linear
 * program where those are exact; sequential quadratic programming where terms are Gaussian; outer approximation where
 * integers meet curvature.
 */
final class PenaltyProgram {
    /** What outer approximation has left to do where there are no integers to hold. */
    private static final OuterApproximation.ContinuousMethod HELD =
            (set, start) -> Outcome.none(SolveStatus.FAILED, "nothing is left to decide");

    private final RidgeSum objective;
    private final ConstraintSet set;
    private final KktPatterns patterns;
    private final SolverOptions options;
    private final SolveBudget budget;
    private final Incumbents incumbents;

    PenaltyProgram(
            PenaltyObjective objective,
            ConstraintSet set,
            KktPatterns patterns,
            SolverOptions options,
            SolveBudget budget,
            Incumbents incumbents) {
        this.patterns = patterns;
        this.objective = RidgeSum.of(objective);
        this.set = set;
        this.options = options;
        this.budget = budget;
        this.incumbents = incumbents;
    }

    Outcome solve(double @Nullable [] start) {
        double[] minimum = SeparableMinimum.of(objective, set);
        if (minimum != null && AnswerCheck.holds(set, minimum)) {
            return Outcome.optimal(minimum, "");
        }
        double[] onRow = minimum == null ? null : SingleRowMinimum.of(objective, set, minimum, options);
        if (onRow != null && AnswerCheck.holds(set, onRow)) {
            return Outcome.optimal(onRow, "");
        }
        if (!set.hasIntegers()) {
            return continuous(set, start);
        }
        if (objective.isPiecewiseLinear()) {
            return new MixedIntegerLinear(objective, set, options, budget, incumbents).solve(start);
        }
        if (objective.ridges().stream().allMatch(RidgeFunction::isCurvedByKinksOnly)
                && !NoOptimum.recedes(objective, set, options, budget)) {
            Outcome direct = outerApproximation(start).solveFromKinks();
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
        return outerApproximation(start).solve(first);
    }

    private OuterApproximation outerApproximation(double @Nullable [] start) {
        OuterApproximation method =
                new OuterApproximation(objective, set, this::continuous, options, budget, incumbents);
        method.offerRounded(start);
        method.offerRounded(new double[0]);
        return method;
    }

    /**
     * The interior-point method where the objective is curved, else the method of the objective; what it leaves open, cutting planes try to close, which need only GLOP, and after
     * them PDLP with more patience.
     */
    private Outcome continuous(ConstraintSet continuousSet, double @Nullable [] start) {
        if (!objective.isPiecewiseLinear()) {
            KktPattern pattern = patterns.of(objective, continuousSet);
            double[] inside = pattern == null
                    ? null
                    : InteriorPoint.of(objective, continuousSet, pattern, start, options, budget);
            if (inside != null && AnswerCheck.holds(continuousSet, inside)) {
                return Outcome.optimal(inside, "");
            }
        }
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
            best = better(
                    best,
                    new OuterApproximation(objective, continuousSet, HELD, options, half, Incumbents.ANSWER_ONLY)
                            .solve(first));
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
}
