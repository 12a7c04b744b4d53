package org.soebm.runtime.learning;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolveListener;
import org.soebm.api.task.CandidateSettings;
import org.soebm.api.task.Table;
import org.soebm.runtime.data.Standardizer;
import org.soebm.runtime.objective.Objectives;
import org.soebm.runtime.objective.StochasticProblem;
import org.soebm.runtime.pool.SolutionPool;

/**
 * Gathers feasible decisions of the training rows before a method's own phase: a* of every row, and the optima of problems
 * whose parameters are perturbed, y + σ s ε with s the standard deviation of each parameter over the rows and ε ~ N(0, 1).
 * Holds those decisions alone that y has to do with.
 */
final class PoolGathering {
    private static final long STREAM = 0x706f6f6cL; // keeps its random numbers apart from those of a phase

    private final LearningProblem problem;
    private final CandidateSettings settings;
    private final int[] uncertain;
    private final Table parameters;

    PoolGathering(LearningProblem problem) {
        this.problem = problem;
        settings = problem.hyperParameters().candidates();
        uncertain = problem.problem().uncertainDecisions();
        parameters = problem.training().parameters();
    }

    /** A pool of a* of every row, as long as there is room. */
    SolutionPool optima() {
        SolutionPool pool = new SolutionPool(uncertain.length, settings.poolSize());
        problem.hindsight().forEachRow((row, decision) -> pool.add(restricted(decision, uncertain)));
        return pool;
    }

    /** A pool of a* of every row and, as long as there is room, of further decisions and of perturbed optima. */
    SolutionPool pool(Cancellation cancellation) {
        SolutionPool pool = optima();
        if (settings.furtherSolutions() > 0) {
            solve(
                    (objectives, row) -> objectives.hindsight(parameters.row(row)),
                    (row, decision) -> pool.add(decision),
                    cancellation);
        }
        for (int k = 0; k < settings.perturbedSolves(); k++) {
            solve(perturbed(k), (row, decision) -> pool.add(decision), cancellation);
        }
        return pool;
    }

    /**
     * The perturbed optima of each row.
     *
     * @param solves K, at least 1
     * @return the pool with the place of each, K a row
     */
    Placed placed(int solves, Cancellation cancellation) {
        int rows = parameters.rows();
        SolutionPool pool = new SolutionPool(uncertain.length, Math.multiplyExact(rows, solves + 1));
        int[] own = new int[rows];
        problem.hindsight().forEachRow((row, decision) -> own[row] = place(pool, restricted(decision, uncertain)));
        long[] places = new long[rows * solves];
        for (int i = 0; i < places.length; i++) {
            places[i] = own[i / solves]; // stays where a perturbed problem has no optimum
        }
        for (int k = 0; k < solves; k++) {
            int column = k;
            solve(perturbed(k), (row, decision) -> places[row * solves + column] = place(pool, decision), cancellation);
        }
        return new Placed(pool, places);
    }

    /**
     * Decisions, and where those of each row are among them.
     *
     * @param places K a row, row by row
     */
    record Placed(SolutionPool pool, long[] places) {}

    private static int place(SolutionPool pool, double[] decision) {
        pool.add(decision);
        return pool.placeOf(decision);
    }

    /** Makes a row's problem. */
    @FunctionalInterface
    private interface RowProblem {
        ArgminProblem of(Objectives objectives, int row);
    }

    /** Hears of a row's decisions, the optimum first. */
    @FunctionalInterface
    private interface Sink {
        void accept(int row, double[] decision);
    }

    private void solve(RowProblem problems, Sink sink, Cancellation cancellation) {
        StochasticProblem stochastic = problem.problem();
        try (Objectives objectives = new Objectives(stochastic.cost(), stochastic.constraints(), problem.device())) {
            List<List<Decision>> answers = problem.solver()
                    .solutionsAll(
                            parameters.rows(),
                            row -> problems.of(objectives, row),
                            1 + settings.furtherSolutions(),
                            SolveListener.NONE,
                            cancellation);
            for (int row = 0; row < answers.size(); row++) {
                for (Decision answer : answers.get(row)) {
                    if (answer.status().hasDecision()) {
                        sink.accept(row, restricted(answer.values(), uncertain));
                    }
                }
            }
        }
    }

    /** The problems of y + σ s ε, with the draws of one round. */
    private RowProblem perturbed(int round) {
        double[] spread = Standardizer.fit(parameters).stds();
        long stream = new SplittableRandom(problem.seed() ^ STREAM).nextLong() + round;
        return (objectives, row) -> {
            Random random = new Random(new SplittableRandom(stream * 31 + row).nextLong());
            double[] y = parameters.row(row);
            for (int i = 0; i < y.length; i++) {
                y[i] += settings.perturbation() * spread[i] * random.nextGaussian();
            }
            return objectives.hindsight(y);
        };
    }

    /** Some entries of a decision. */
    static double[] restricted(double[] decision, int[] entries) {
        double[] some = new double[entries.length];
        for (int i = 0; i < some.length; i++) {
            some[i] = decision[entries[i]];
        }
        return some;
    }
}
