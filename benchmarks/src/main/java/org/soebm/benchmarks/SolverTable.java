package org.soebm.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.ArgminSolverProvider;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.IntegerProblems;
import org.soebm.api.solver.ReferenceValues;
import org.soebm.api.solver.SampleProblems;
import org.soebm.api.solver.SolverOptions;

/**
 * How exact and how fast each installed solver is, as a table in Markdown: {@code benchmarks/run solvers}. One problem at a
 * time on one thread. Gaps are relative to max(|optimum|, 0.1), with optima of an independent implementation where there
 * is one, and otherwise against the best of all solvers.
 */
final class SolverTable {
    private static final double LEAST_SCALE = 0.1;
    private static final int ROUNDS = 2; // the first one warms up

    private SolverTable() {}

    /**
     * A family of problems.
     *
     * @param optima one a problem, or null where none are known
     */
    private record Family(String name, List<ArgminProblem> problems, double @Nullable [] optima) {}

    /** What a solver made of a family: costs (NaN without a decision), seconds a problem. */
    private record Result(String solver, double[] costs, double[] seconds) {}

    static void print() {
        System.out.println("| problems | solver | mean gap | largest gap | median time | longest |");
        System.out.println("|---|---|---|---|---|---|");
        for (Family family : families()) {
            List<Result> results = new ArrayList<>();
            for (ArgminSolverProvider provider : ArgminSolvers.load().all()) {
                if (provider.supports(family.problems().get(0)).supported()) {
                    results.add(solve(provider, family));
                }
            }
            double[] optima = family.optima() != null ? family.optima() : best(results);
            results.forEach(result -> System.out.println(line(family, result, optima)));
        }
    }

    private static List<Family> families() {
        double[][] y = ReferenceValues.table("power-scheduling/parameters.csv");
        double[][] mean = ReferenceValues.table("power-scheduling/mean.csv");
        double[][] std = ReferenceValues.table("power-scheduling/std.csv");
        double[] known = column(ReferenceValues.table("power-scheduling/optimal_cost.csv"));
        double[] expected = column(ReferenceValues.table("power-scheduling/expected_optimal_cost.csv"));
        List<ArgminProblem> hindsight = new ArrayList<>();
        List<ArgminProblem> inference = new ArrayList<>();
        for (int row = 0; row < y.length; row++) {
            hindsight.add(SampleProblems.power(y[row], new double[y[row].length]));
        }
        for (int row = 0; row < mean.length; row++) {
            inference.add(SampleProblems.power(mean[row], std[row]));
        }
        List<ArgminProblem> splits = new ArrayList<>();
        for (int seed = 0; seed < 10; seed++) {
            splits.add(SampleProblems.marketSplit(12, 2, new Random(seed)));
        }
        return List.of(
                new Family("power scheduling, known y", hindsight, known),
                new Family("the same from a flat start", fromFlat(hindsight), known),
                new Family("power scheduling, Gaussian y", inference, expected),
                new Family("the same from a flat start", fromFlat(inference), expected),
                new Family("market split, 12 binaries", splits, null),
                solved("knapsack, 12 binaries", random -> IntegerProblems.knapsack(12, random)),
                solved("assignment, 4 by 4", random -> IntegerProblems.assignment(4, random)),
                solved("unit commitment, 12 binaries", random -> IntegerProblems.unitCommitment(3, 4, random)));
    }

    /** Ten problems whose optima come from trying all assignments. */
    private static Family solved(String name, Function<Random, IntegerProblems.Solved> problem) {
        List<IntegerProblems.Solved> all = new ArrayList<>();
        for (int seed = 0; seed < 10; seed++) {
            all.add(problem.apply(new Random(seed)));
        }
        return new Family(
                name,
                all.stream().map(IntegerProblems.Solved::problem).toList(),
                all.stream().mapToDouble(IntegerProblems.Solved::optimum).toArray());
    }

    private static double[] column(double[][] table) {
        return Arrays.stream(table).mapToDouble(row -> row[0]).toArray();
    }

    private static List<ArgminProblem> fromFlat(List<ArgminProblem> problems) {
        return problems.stream()
                .map(problem -> {
                    double[] flat = new double[problem.objective().dimension()];
                    Arrays.fill(flat, 1.5);
                    return new ArgminProblem(problem.objective(), problem.constraints(), flat);
                })
                .toList();
    }

    private static Result solve(ArgminSolverProvider provider, Family family) {
        int n = family.problems().size();
        double[] costs = new double[n];
        double[] seconds = new double[n];
        SolverOptions options = SolverOptions.DEFAULT.withThreads(1).withTimeLimit(Duration.ofSeconds(10));
        try (ArgminSolver solver = provider.create(options)) {
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < n; i++) {
                    long start = System.nanoTime();
                    Decision decision = solver.solve(family.problems().get(i));
                    seconds[i] = (System.nanoTime() - start) * 1e-9;
                    costs[i] = decision.cost();
                }
            }
        }
        return new Result(provider.name(), costs, seconds);
    }

    private static double[] best(List<Result> results) {
        double[] best = results.get(0).costs().clone();
        for (Result result : results) {
            for (int i = 0; i < best.length; i++) {
                best[i] = Math.min(best[i], result.costs()[i]);
            }
        }
        return best;
    }

    private static String line(Family family, Result result, double[] optima) {
        double[] gaps = new double[optima.length];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (result.costs()[i] - optima[i]) / Math.max(Math.abs(optima[i]), LEAST_SCALE);
        }
        double[] sorted = result.seconds().clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "| %s (%d) | %s | %.1e | %.1e | %.1f ms | %.1f ms |",
                family.name(),
                gaps.length,
                result.solver(),
                Arrays.stream(gaps).average().orElseThrow(),
                Arrays.stream(gaps).max().orElseThrow(),
                1e3 * sorted[sorted.length / 2],
                1e3 * sorted[sorted.length - 1]);
    }
}
