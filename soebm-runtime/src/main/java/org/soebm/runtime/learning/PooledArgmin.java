package org.soebm.runtime.learning;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.pool.SolutionPool;

/**
 * argmin_{a ∈ C} c(y)ᵀa for many y: by the solver for a share of them, whose decisions the pool learns, and by the best
 * decision of the pool for the others (the solution cache of Mulamba et al., IJCAI 2021).
 */
final class PooledArgmin {
    private final StochasticProblem problem;
    private final PenaltyCost all;
    private final PenaltyCost cost; // of the decisions that y has to do with
    private final int[] uncertain;
    private final SolutionPool pool;
    private final double solveRatio;
    private final ArgminSolver solver;
    private final Cancellation cancellation;

    /**
     * Argmins of a task.
     *
     * @param pool has a decision at least
     * @param solveRatio the share that is solved
     */
    PooledArgmin(LearningProblem task, SolutionPool pool, double solveRatio, Cancellation cancellation) {
        problem = task.problem();
        all = (PenaltyCost) problem.cost();
        uncertain = problem.uncertainDecisions();
        cost = all.restrictedTo(uncertain);
        this.pool = pool;
        this.solveRatio = solveRatio;
        solver = task.solver();
        this.cancellation = cancellation;
    }

    /** c(y). */
    double[] coefficients(double[] parameters) {
        return cost.linearCoefficients(parameters);
    }

    /**
     * The decisions, those alone that y has to do with.
     *
     * @param parameters y of each
     * @throws UndecidedBatchException when the solver finds none
     */
    double[][] of(double[][] parameters, Random random) {
        boolean[] isSolved = new boolean[parameters.length];
        List<double[]> chosen = new ArrayList<>();
        for (int i = 0; i < isSolved.length; i++) {
            isSolved[i] = random.nextDouble() < solveRatio;
            if (isSolved[i]) {
                chosen.add(parameters[i]);
            }
        }
        Iterator<double[]> solved = solved(chosen).iterator();
        double[][] decisions = new double[parameters.length][];
        for (int i = 0; i < decisions.length; i++) {
            decisions[i] = isSolved[i] ? solved.next() : pool.get(pool.cheapest(coefficients(parameters[i])));
        }
        return decisions;
    }

    /**
     * The decisions by the solver, which the pool learns where it is asked at all.
     *
     * @param parameters y of each
     * @throws UndecidedBatchException when the solver finds none
     */
    List<double[]> solved(List<double[]> parameters) {
        List<Decision> answers = solver.solveAll(
                parameters.size(),
                i -> Objectives.hindsight(all, problem.constraints(), parameters.get(i)),
                SolveListener.NONE,
                cancellation);
        List<double[]> decisions = new ArrayList<>();
        for (Decision answer : answers) {
            if (!answer.status().hasDecision()) {
                throw new UndecidedBatchException(answer);
            }
            decisions.add(PoolGathering.restricted(answer.values(), uncertain));
        }
        if (solveRatio < 1) {
            decisions.forEach(pool::addNew);
        }
        return decisions;
    }
}
