package org.soebm.ortools;

import com.google.ortools.linearsolver.MPModelProto;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.solver.Incumbents;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

/**
 * Outer approximation (Duran and Grossmann 1986) for a curved convex objective over a set with integers: a mixed-integer
 * linear program over tangents gives a lower bound and an integer assignment, the continuous problem with the integers
 * held there gives a feasible point, and the tangents at both points make the next program tighter, until the bounds
 * meet. Without integers it is Kelley's cutting-plane method, disaggregated by ridge function.
 */
final class OuterApproximation {
    /** The continuous problem that is left once the integers are held. */
    @FunctionalInterface
    interface ContinuousMethod {
        Outcome solve(ConstraintSet set, double @Nullable [] start);
    }

    private static final double[] FIRST_SPREADS = {1, 10, 1_000};
    private static final double LARGEST_SPREAD = 1e12;
    private static final double SHARE_OF_TANGENTS = 0.1;
    private static final int MOST_STALLS = 3;
    private static final int MOST_LINEAR_PROGRAMS = 10;

    private final RidgeSum objective;
    private final ConstraintSet set;
    private final ContinuousMethod continuous;
    private final SolverOptions options;
    private final SolveBudget budget;
    private final Incumbents incumbents;

    private double @Nullable [] best;
    private double bestValue = Double.POSITIVE_INFINITY;
    private double certainValue = Double.POSITIVE_INFINITY; // the least of decisions that hold up to rounding
    private double lowerBound = Double.NEGATIVE_INFINITY;
    private boolean mayReduce = true; // let SCIP presolve, until a bound of it contradicts a decision

    OuterApproximation(
            RidgeSum objective,
            ConstraintSet set,
            ContinuousMethod continuous,
            SolverOptions options,
            SolveBudget budget,
            Incumbents incumbents) {
        this.objective = objective;
        this.set = set;
        this.continuous = continuous;
        this.options = options;
        this.budget = budget;
        this.incumbents = incumbents;
    }

    /**
     * Makes a point known, where it is feasible once its integers are rounded and it is moved into the bounds. Known
     * decisions are what is answered when time is up, and what shows a wrong bound.
     *
     * @param point at least the decisions; auxiliary variables that it lacks are as near to 0 as their bounds let them
     */
    void offerRounded(double @Nullable [] point) {
        if (point == null) {
            return;
        }
        double[] clipped = AnswerCheck.clip(Arrays.copyOf(point, set.variableCount()), set);
        if (AnswerCheck.holdsExactly(set, clipped)) {
            offer(clipped);
        }
    }

    /**
     * Minimises the objective.
     *
     * @param first where the first tangents are, near the optimum if possible
     */
    Outcome solve(double[] first) {
        TangentModel tangents = new TangentModel(objective);
        tangents.touchClosely(first, allowed());
        for (double spread : FIRST_SPREADS) {
            tangents.touchBeside(first, spread);
        }
        return solve(first, tangents);
    }

    /**
     * Minimises an objective whose curvature is that of Gaussian kinks: tangents along them make a continuous optimum to
     * start from unnecessary.
     *
     * @return null where the linear program over some tangents has no optimum
     */
    @Nullable
    Outcome solveFromKinks() {
        TangentModel tangents = new TangentModel(objective);
        tangents.touchKinks();
        BackEndAnswer relaxed = BackEnd.GLOP.solve(tangents.build(Relaxation.relaxed(set), null, 0), options, budget);
        if (relaxed.kind() != BackEndAnswer.Kind.OPTIMAL) {
            return null;
        }
        tangents.touchAlongCurves(OptimalityGap.allowed(relaxed.bound(), options));
        double[] first = Arrays.copyOf(relaxed.values(), set.variableCount());
        tangents.touchClosely(first, SHARE_OF_TANGENTS * OptimalityGap.allowed(relaxed.bound(), options));
        return solve(first, tangents);
    }

    private Outcome solve(double[] first, TangentModel tangents) {
        offerRounded(first);
        double spread = FIRST_SPREADS[FIRST_SPREADS.length - 1];
        int stalls = 0;
        while (stalls < MOST_STALLS) {
            budget.throwIfCancelled();
            MPModelProto program = tangents.build(set, null, 0);
            BackEndAnswer answer = mayReduce
                    ? BackEnd.solveTangents(program, options, budget)
                    : BackEnd.solveTangentsUnreduced(program, options, budget);
            switch (answer.kind()) {
                case OPTIMAL, FEASIBLE -> {}
                case NO_OPTIMUM -> {
                    Outcome why = NoOptimum.explain(objective, set, options, budget, answer.detail());
                    if (why.status() == SolveStatus.INFEASIBLE && best != null && mayReduce) {
                        mayReduce = false; // a decision is known
                        continue;
                    }
                    if (why.status() != SolveStatus.FAILED || spread > LARGEST_SPREAD) {
                        return best == null || why.status() == SolveStatus.UNBOUNDED ? why : stopped(answer);
                    }
                    spread *= 1_000; // the objective is bounded, its tangents so far are not
                    tangents.touchBeside(first, spread);
                    continue;
                }
                case LIMIT, FAILED -> {
                    return stopped(answer);
                }
            }
            double[] proposal = AnswerCheck.clip(Arrays.copyOf(answer.values(), set.variableCount()), set);
            boolean progress = raise(answer.bound());
            progress |= offer(proposal);
            tangents.touchClosely(proposal, SHARE_OF_TANGENTS * allowed());
            progress |= polish(proposal, tangents);
            if (certainValue < lowerBound - allowed()) {
                if (!mayReduce) {
                    return contradicted();
                }
                mayReduce = false;
                lowerBound = Double.NEGATIVE_INFINITY;
                continue;
            }
            if (best != null && bestValue - lowerBound <= allowed()) {
                return new Outcome(SolveStatus.OPTIMAL, best, lowerBound, "");
            }
            if (budget.isSpent()) {
                return stopped(answer);
            }
            stalls = progress ? 0 : stalls + 1;
        }
        return stopped(new BackEndAnswer(BackEndAnswer.Kind.FAILED, new double[0], lowerBound, "no more progress"));
    }

    /**
     * Holds the integers of a proposal and improves its continuous part: by linear programs over the tangents, which
     * mostly need a few and leave their tangents to the integer program, else by the continuous method.
     *
     * @return whether the best decision became clearly better
     */
    private boolean polish(double[] proposal, TangentModel tangents) {
        ConstraintSet held = Relaxation.withIntegersAt(set, proposal);
        boolean better = false;
        for (int round = 0; set.hasIntegers() && round < MOST_LINEAR_PROGRAMS && !budget.isSpent(); round++) {
            BackEndAnswer answer = BackEnd.GLOP.solve(tangents.build(held, null, 0), options, budget);
            if (answer.kind() != BackEndAnswer.Kind.OPTIMAL) {
                break;
            }
            double[] point = AnswerCheck.clip(Arrays.copyOf(answer.values(), set.variableCount()), set);
            better |= offer(point);
            tangents.touchClosely(point, SHARE_OF_TANGENTS * allowed());
            if (objective.value(point) - answer.bound() <= SHARE_OF_TANGENTS * allowed()) {
                return better;
            }
        }
        Outcome polished = continuous.solve(held, proposal);
        if (polished.hasDecision()) {
            better |= offer(polished.variables());
            tangents.touchClosely(polished.variables(), SHARE_OF_TANGENTS * allowed());
        }
        return better;
    }

    private double allowed() {
        return OptimalityGap.allowed(best == null ? 0 : bestValue, options);
    }

    private boolean raise(double bound) {
        boolean higher = bound > lowerBound + 1e-3 * allowed();
        lowerBound = Math.max(lowerBound, bound);
        return higher;
    }

    private boolean offer(double[] variables) {
        if (!AnswerCheck.holds(set, variables)) {
            return false;
        }
        incumbents.offer(variables);
        double value = objective.value(variables);
        if (value < certainValue && AnswerCheck.holdsExactly(set, variables)) {
            certainValue = value;
        }
        if (best != null && value >= bestValue) {
            return false;
        }
        boolean clearly = best == null || bestValue - value > 1e-3 * allowed();
        best = variables;
        bestValue = value;
        return clearly;
    }

    private Outcome contradicted() {
        return new Outcome(
                SolveStatus.FEASIBLE,
                best == null ? new double[0] : best,
                Double.NEGATIVE_INFINITY,
                "Stopped with an optimality gap that is not known: the solver says that no decision costs less than "
                        + lowerBound + ", but this one costs " + bestValue + ". Maybe scale the problem?");
    }

    private Outcome stopped(BackEndAnswer answer) {
        if (best != null) {
            String gap = Double.isInfinite(lowerBound) ? "that is not known" : "of at most " + (bestValue - lowerBound);
            return new Outcome(
                    SolveStatus.FEASIBLE,
                    best,
                    lowerBound,
                    "Stopped with an optimality gap " + gap + ". " + answer.reason(budget));
        }
        return answer.kind() == BackEndAnswer.Kind.LIMIT
                ? Outcome.none(
                        SolveStatus.TIME_LIMIT, "The time limit was reached before a feasible decision was found.")
                : Outcome.none(SolveStatus.FAILED, answer.reason(budget));
    }
}
