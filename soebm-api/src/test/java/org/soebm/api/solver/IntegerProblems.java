package org.soebm.api.solver;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyObjective;
import org.soebm.api.cost.PenaltyTerm;
import org.soebm.api.cost.ResidualPenalty;
import org.soebm.api.linear.SparseVector;

/** Small integer and mixed problems with optima found by trying everything, without a solver. */
public final class IntegerProblems {
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private IntegerProblems() {}

    /**
     * A problem and its optimum.
     *
     * @param problem what a solver gets
     * @param optimum the least cost; infinite when no decision is feasible
     */
    public record Solved(ArgminProblem problem, double optimum) {}

    /** Takes items of a value and a weight, at most a total weight: minimise −Σ value. */
    public static Solved knapsack(int items, Random random) {
        double[] value = new double[items];
        double[] weight = new double[items];
        for (int i = 0; i < items; i++) {
            weight[i] = 5 + random.nextInt(40);
            value[i] = weight[i] + random.nextInt(15); // close to each other, so that greedy choices are wrong
        }
        double capacity = Math.floor(0.5 * Arrays.stream(weight).sum());
        int[] all = new int[items];
        Arrays.setAll(all, i -> i);
        double[] cost = Arrays.stream(value).map(v -> -v).toArray();
        ConstraintSet set = ConstraintSet.builder(items)
                .box(0, 1)
                .allInteger()
                .row("capacity", SparseVector.of(all, weight), -INFINITY, capacity)
                .build();
        double best = 0;
        for (int taken = 0; taken < 1 << items; taken++) {
            double worth = 0;
            double heavy = 0;
            for (int i = 0; i < items; i++) {
                if ((taken >> i & 1) == 1) {
                    worth += value[i];
                    heavy += weight[i];
                }
            }
            if (heavy <= capacity) {
                best = Math.min(best, -worth);
            }
        }
        return new Solved(new ArgminProblem(new PenaltyObjective(items, List.of(), cost, 0), set), best);
    }

    /** Gives each of n workers one of n jobs; decision n·i + j says whether worker i does job j. */
    public static Solved assignment(int n, Random random) {
        double[] cost = new double[n * n];
        Arrays.setAll(cost, k -> 1 + random.nextInt(30));
        ConstraintSet.Builder set = ConstraintSet.builder(n * n).box(0, 1).allInteger();
        for (int i = 0; i < n; i++) {
            int[] ofWorker = new int[n];
            int[] ofJob = new int[n];
            for (int j = 0; j < n; j++) {
                ofWorker[j] = n * i + j;
                ofJob[j] = n * j + i;
            }
            double[] ones = new double[n];
            Arrays.fill(ones, 1);
            set.row("worker " + i, SparseVector.of(ofWorker, ones), 1, 1);
            set.row("job " + i, SparseVector.of(ofJob, ones), 1, 1);
        }
        ArgminProblem problem = new ArgminProblem(new PenaltyObjective(n * n, List.of(), cost, 0), set.build());
        return new Solved(problem, bestPermutation(cost, n, 0, 0));
    }

    private static double bestPermutation(double[] cost, int n, int worker, int taken) {
        if (worker == n) {
            return 0;
        }
        double best = INFINITY;
        for (int job = 0; job < n; job++) {
            if ((taken >> job & 1) == 0) {
                best = Math.min(best, cost[n * worker + job] + bestPermutation(cost, n, worker + 1, taken | 1 << job));
            }
        }
        return best;
    }

    /**
     * Commits units over hours. Decisions are the outputs p (unit-major); auxiliary variables are on/off u ∈ {0, 1} and
     * starts v ≥ u_t − u_{t−1}, which have a price through a decision of their own: Σ_t (startCost·v) is paid by decision
     * units·hours. least·u ≤ p ≤ most·u; the demand is met by Σ p plus shortage at 50 a unit, 0.5 a unit of surplus.
     *
     * <p>The optimum is found over all on/off plans: with the plan fixed each hour dispatches by itself, cheapest unit
     * first, as long as that pays.
     */
    public static Solved unitCommitment(int units, int hours, Random random) {
        double[] price = new double[units];
        double[] least = new double[units];
        double[] most = new double[units];
        double[] start = new double[units];
        for (int g = 0; g < units; g++) {
            most[g] = 10 + random.nextInt(30);
            least[g] = Math.rint(10 * most[g] * (0.2 + 0.3 * random.nextDouble())) / 10;
            price[g] = 2 + 20 * random.nextDouble();
            start[g] = 20 + random.nextInt(200);
        }
        double[] demand = new double[hours];
        double total = Arrays.stream(most).sum();
        for (int t = 0; t < hours; t++) {
            demand[t] = total * (0.2 + 0.7 * random.nextDouble());
        }
        ArgminProblem problem = unitCommitment(price, least, most, start, demand);
        return new Solved(problem, bestPlan(price, least, most, start, demand));
    }

    private static ArgminProblem unitCommitment(
            double[] price, double[] least, double[] most, double[] start, double[] demand) {
        int units = price.length;
        int hours = demand.length;
        int startCost = units * hours;
        ConstraintSet.Builder set = ConstraintSet.builder(startCost + 1).nonNegative();
        int[][] on = new int[units][hours];
        int[][] started = new int[units][hours];
        SparseVector paid = SparseVector.unit(startCost, 1);
        for (int g = 0; g < units; g++) {
            for (int t = 0; t < hours; t++) {
                on[g][t] = set.auxiliary(0, 1);
                set.integer(on[g][t]);
                started[g][t] = set.auxiliary(0, 1);
            }
        }
        for (int g = 0; g < units; g++) {
            for (int t = 0; t < hours; t++) {
                int p = g * hours + t;
                SparseVector output = SparseVector.unit(p, 1);
                set.row("most " + g + " " + t, output.plus(SparseVector.unit(on[g][t], -most[g])), -INFINITY, 0);
                set.row("least " + g + " " + t, output.plus(SparseVector.unit(on[g][t], -least[g])), 0, INFINITY);
                SparseVector change = SparseVector.unit(started[g][t], 1).plus(SparseVector.unit(on[g][t], -1));
                if (t > 0) {
                    change = change.plus(SparseVector.unit(on[g][t - 1], 1));
                }
                set.row("start " + g + " " + t, change, 0, INFINITY);
                paid = paid.plus(SparseVector.unit(started[g][t], -start[g]));
            }
        }
        set.row("start costs", paid, 0, INFINITY);
        List<PenaltyTerm> terms = new ArrayList<>();
        double[] linear = new double[startCost + 1];
        linear[startCost] = 1;
        for (int t = 0; t < hours; t++) {
            SparseVector missing = SparseVector.zero();
            for (int g = 0; g < units; g++) {
                missing = missing.plus(SparseVector.unit(g * hours + t, -1));
                linear[g * hours + t] = price[g];
            }
            terms.add(new PenaltyTerm(missing, demand[t], 0, SampleProblems.shortageAndSurplus(50, 0.5, 0)));
        }
        return new ArgminProblem(new PenaltyObjective(startCost + 1, terms, linear, 0), set.build());
    }

    private static double bestPlan(double[] price, double[] least, double[] most, double[] start, double[] demand) {
        int units = price.length;
        int hours = demand.length;
        int plans = 1 << units;
        double[] before = new double[plans]; // cost of the hours so far that end with these units on
        Arrays.fill(before, INFINITY);
        before[0] = 0;
        for (int t = 0; t < hours; t++) {
            double[] after = new double[plans];
            Arrays.fill(after, INFINITY);
            for (int now = 0; now < plans; now++) {
                double dispatch = dispatch(price, least, most, demand[t], now);
                for (int then = 0; then < plans; then++) {
                    double starts = 0;
                    for (int g = 0; g < units; g++) {
                        starts += (now >> g & 1) == 1 && (then >> g & 1) == 0 ? start[g] : 0;
                    }
                    after[now] = Math.min(after[now], before[then] + starts + dispatch);
                }
            }
            before = after;
        }
        return Arrays.stream(before).min().orElseThrow();
    }

    private static double dispatch(double[] price, double[] least, double[] most, double demand, int on) {
        double output = 0;
        double cost = 0;
        Integer[] order = new Integer[price.length];
        Arrays.setAll(order, g -> g);
        Arrays.sort(order, (a, b) -> Double.compare(price[a], price[b]));
        for (int g = 0; g < price.length; g++) {
            if ((on >> g & 1) == 1) {
                output += least[g];
                cost += price[g] * least[g];
            }
        }
        for (int g : order) { // every price is below that of a shortage and above 0
            if ((on >> g & 1) == 1) {
                double more = Math.min(most[g] - least[g], Math.max(0, demand - output));
                output += more;
                cost += price[g] * more;
            }
        }
        ResidualPenalty imbalance = SampleProblems.shortageAndSurplus(50, 0.5, 0);
        return cost + imbalance.value(demand - output);
    }
}
