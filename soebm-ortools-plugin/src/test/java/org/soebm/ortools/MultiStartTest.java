package org.soebm.ortools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.Objective;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.SmoothObjective;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.solver.Cancellation;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SampleProblems;
import org.soebm.api.solver.SecurityGame;
import org.soebm.api.solver.SolveStatus;
import org.soebm.api.solver.SolverOptions;

class MultiStartTest {
    private static final int RESTARTS = 200;

    private static Decision solve(ArgminProblem problem) {
        return solve(problem, SolverOptions.DEFAULT, Cancellation.NEVER);
    }

    private static Decision solve(ArgminProblem problem, SolverOptions options, Cancellation cancellation) {
        try (ArgminSolver solver = new OrToolsArgminSolverProvider().create(options)) {
            return solver.solve(problem, cancellation);
        }
    }

    /** An objective as an oracle, so that nothing but value and gradient is known; counts its evaluations. */
    private static final class Oracle implements SmoothObjective {
        private final Objective objective;
        private final int batchSize;
        private final AtomicInteger evaluations = new AtomicInteger();
        private final AtomicInteger calls = new AtomicInteger();

        Oracle(Objective objective, int batchSize) {
            this.objective = objective;
            this.batchSize = batchSize;
        }

        @Override
        public int dimension() {
            return objective.dimension();
        }

        @Override
        public double value(double[] decisions) {
            return valueAndGradient(decisions, new double[dimension()]);
        }

        @Override
        public double valueAndGradient(double[] decisions, double[] gradient) {
            calls.incrementAndGet();
            evaluations.incrementAndGet();
            return objective.valueAndGradient(decisions, gradient);
        }

        @Override
        public int batchSize() {
            return batchSize;
        }

        @Override
        public double[] valuesAndGradients(double[][] decisions, double[][] gradients) {
            double[] values = SmoothObjective.super.valuesAndGradients(decisions, gradients);
            calls.addAndGet(1 - decisions.length);
            return values;
        }
    }

    @Test
    void randomSecurityGamesAreSolvedAsWellAsByManyRestartsOfProjectedGradientDescent() {
        Random random = new Random(2);
        int severalMinima = 0;
        for (int trial = 0; trial < 30; trial++) {
            int nodes = 8 + trial % 5;
            int edges = (int) Math.round(nodes * (trial % 2 == 0 ? 1.6 : 2.4));
            SecurityGame game = SecurityGame.random(nodes, edges, new Random(100 + trial));
            double[] ends = restarts(game, 3, random);
            double best = Arrays.stream(ends).min().orElseThrow();
            severalMinima += Arrays.stream(ends).max().orElseThrow() > 1.001 * best ? 1 : 0;
            Decision decision = solve(game.problem(3));
            assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
            assertThat(decision.isConverged()).as(decision.message()).isTrue();
            assertThat(decision.cost()).as("game %s", trial).isLessThanOrEqualTo(best + 1e-3 * Math.abs(best));
        }
        assertThat(severalMinima).as("games with more than one local minimum").isGreaterThan(8);
    }

    /** Where projected gradient descent with backtracking ends, from random points of all sizes and random vertices. */
    private static double[] restarts(SecurityGame game, double budget, Random random) {
        int n = game.dimension();
        double[] ends = new double[RESTARTS];
        for (int k = 0; k < RESTARTS; k++) {
            double[] a = new double[n];
            if (k % 2 == 0) {
                double size = Math.exp(4 * random.nextDouble() - 3);
                Arrays.setAll(a, i -> size * random.nextDouble());
            } else {
                for (int e = 0; e < budget; e++) {
                    a[random.nextInt(n)] = 1;
                }
            }
            ends[k] = descend(game, budget, project(a, budget));
        }
        return ends;
    }

    private static double descend(SecurityGame game, double budget, double[] start) {
        double[] a = start;
        double[] gradient = new double[a.length];
        double value = game.valueAndGradient(a, gradient);
        double step = 1;
        for (int iteration = 0; iteration < 300; iteration++) {
            double[] next = a;
            double[] nextGradient = new double[a.length];
            double nextValue = value;
            double way = 0;
            for (step *= 4; step > 1e-9; step /= 2) {
                double[] target = new double[a.length];
                for (int i = 0; i < a.length; i++) {
                    target[i] = a[i] - step * gradient[i];
                }
                next = project(target, budget);
                way = 0;
                for (int i = 0; i < a.length; i++) {
                    way += (next[i] - a[i]) * (next[i] - a[i]);
                }
                nextValue = game.valueAndGradient(next, nextGradient);
                if (nextValue <= value - 0.25 * way / step) {
                    break;
                }
            }
            double gain = value - nextValue;
            if (gain <= 1e-7 * Math.abs(value)) {
                return Math.min(value, nextValue);
            }
            a = next;
            value = nextValue;
            gradient = nextGradient;
        }
        return value;
    }

    /** Onto {0 ≤ a ≤ 1, Σa ≤ budget}: what is taken off all entries, by halving. */
    private static double[] project(double[] target, double budget) {
        double low = 0;
        double high = Math.max(0, Arrays.stream(target).max().orElseThrow());
        double[] point = taken(target, 0);
        if (Arrays.stream(point).sum() <= budget) {
            return point;
        }
        for (int k = 0; k < 50; k++) {
            double middle = 0.5 * (low + high);
            point = taken(target, middle);
            if (Arrays.stream(point).sum() > budget) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return taken(target, high);
    }

    private static double[] taken(double[] target, double amount) {
        double[] point = new double[target.length];
        for (int i = 0; i < point.length; i++) {
            point[i] = Math.min(Math.max(target[i] - amount, 0), 1);
        }
        return point;
    }

    @Test
    void gradientOfTheGameIsItsDerivative() {
        Random random = new Random(5);
        SecurityGame game = SecurityGame.random(12, 26, random);
        double[] a = random.doubles(26, 0, 0.3).toArray();
        double[] gradient = new double[26];
        game.valueAndGradient(a, gradient);
        for (int i = 0; i < a.length; i++) {
            double[] up = a.clone();
            double[] down = a.clone();
            up[i] += 1e-6;
            down[i] -= 1e-6;
            assertThat(gradient[i]).isCloseTo((game.value(up) - game.value(down)) / 2e-6, within(1e-7));
        }
    }

    @Test
    void convexOraclesEndWhereTheClosedFormSolverDoes() {
        Random random = new Random(6);
        for (int trial = 0; trial < 12; trial++) {
            int n = 6;
            double[] mean = random.doubles(n, 0, 3).toArray();
            double[] std = random.doubles(n, 0.2, 0.8).toArray();
            PenaltyObjective objective =
                    SampleProblems.tracking(mean, std, SampleProblems.shortageAndSurplus(10, 1, 0.5));
            ConstraintSet set = trial % 2 == 0
                    ? ConstraintSet.builder(n).nonNegative().budget(6).build()
                    : ConstraintSet.builder(n).ramp(0.4).build();
            Decision exact = solve(new ArgminProblem(objective, set));
            Oracle oracle = new Oracle(objective, 1);
            Decision decision = solve(new ArgminProblem(oracle, set));
            assertThat(exact.status()).isEqualTo(SolveStatus.OPTIMAL);
            assertThat(decision.isConverged()).as(decision.message()).isTrue();
            assertThat(decision.cost()).isCloseTo(exact.cost(), within(1e-5 * exact.cost()));
            assertThat(decision.values()).containsExactly(exact.values(), within(1e-3));
            assertThat(oracle.evaluations.get())
                    .as("evaluations where two searches are enough")
                    .isLessThan(250);
        }
    }

    @Test
    void minimumFarFromTheStartIsFound() {
        // A shallow well at 0.2 and a deep one at 0.8, both a coordinate
        SmoothObjective wells = new Oracle(
                new SmoothObjective() {
                    @Override
                    public int dimension() {
                        return 3;
                    }

                    @Override
                    public double value(double[] a) {
                        return valueAndGradient(a, new double[3]);
                    }

                    @Override
                    public double valueAndGradient(double[] a, double[] gradient) {
                        double sum = 0;
                        for (int i = 0; i < 3; i++) {
                            sum += Math.cos(4 * Math.PI * (a[i] - 0.05)) - 0.5 * a[i];
                            gradient[i] = -4 * Math.PI * Math.sin(4 * Math.PI * (a[i] - 0.05)) - 0.5;
                        }
                        return sum;
                    }
                },
                1);
        double best = Double.POSITIVE_INFINITY;
        for (double a = 0; a <= 1; a += 1e-5) {
            best = Math.min(best, Math.cos(4 * Math.PI * (a - 0.05)) - 0.5 * a);
        }
        ConstraintSet box = ConstraintSet.builder(3).box(0, 1).build();
        Decision decision = solve(new ArgminProblem(wells, box, new double[] {0.3, 0.3, 0.3}));
        assertThat(decision.cost()).isCloseTo(3 * best, within(1e-5));
    }

    @Test
    void batchesTakeFarFewerCallsAndBringTheSameAnswer() {
        SecurityGame game = SecurityGame.random(12, 24, new Random(7));
        Oracle single = new Oracle(game, 1);
        Oracle batched = new Oracle(game, 32);
        ConstraintSet set = game.problem(3).constraints();
        Decision one = solve(new ArgminProblem(single, set));
        Decision many = solve(new ArgminProblem(batched, set));
        assertThat(many.values()).containsExactly(one.values());
        assertThat(batched.calls.get()).isLessThan(batched.evaluations.get() / 2);
        assertThat(single.calls.get()).isEqualTo(batched.evaluations.get());
    }

    @Test
    void sameSeedSameAnswer() {
        ArgminProblem problem = SecurityGame.random(20, 50, new Random(8)).problem(5);
        SolverOptions options = SolverOptions.DEFAULT.withSeed(3);
        Decision first = solve(problem, options, Cancellation.NEVER);
        assertThat(solve(problem, options, Cancellation.NEVER).values()).containsExactly(first.values());
    }

    /** An oracle that takes 0.2 s a decision once it has seen 40: 32 are screened before the first search starts. */
    private static SmoothObjective slow(SecurityGame game) {
        AtomicInteger seen = new AtomicInteger();
        return new SmoothObjective() {
            @Override
            public int dimension() {
                return game.dimension();
            }

            @Override
            public double value(double[] decisions) {
                return valueAndGradient(decisions, new double[dimension()]);
            }

            @Override
            public double valueAndGradient(double[] decisions, double[] gradient) {
                try {
                    Thread.sleep(seen.incrementAndGet() > 40 ? 200 : 0);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("interrupted in a test", e);
                }
                return game.valueAndGradient(decisions, gradient);
            }
        };
    }

    @Test
    void timeLimitBringsTheBestSoFarAndSaysSo() {
        SecurityGame game = SecurityGame.random(12, 24, new Random(9));
        ArgminProblem problem = new ArgminProblem(slow(game), game.problem(3).constraints());
        Decision decision =
                solve(problem, SolverOptions.DEFAULT.withTimeLimit(Duration.ofSeconds(2)), Cancellation.NEVER);
        assertThat(decision.status()).isEqualTo(SolveStatus.FEASIBLE);
        assertThat(decision.message()).contains("time limit");
        assertThat(decision.solveTime()).isLessThan(Duration.ofSeconds(5));
        assertThat(decision.cost()).isLessThan(game.value(new double[game.dimension()]));
    }

    @Test
    void cancellationEndsTheSearch() {
        SecurityGame game = SecurityGame.random(12, 24, new Random(9));
        ArgminProblem problem = new ArgminProblem(slow(game), game.problem(3).constraints());
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> solve(problem, SolverOptions.DEFAULT, () -> asked.incrementAndGet() > 40))
                .isInstanceOf(CancellationException.class);
    }
}
