package org.soebm.api.solver;

import static org.soebm.api.cost.AffineResidual.decision;
import static org.soebm.api.cost.AffineResidual.parameter;

import java.util.Random;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.cost.Scenarios;

/**
 * Capacities of seven days against 100 scenarios of demand, Σ_t 10[y−a]₊ + [a−y]₊ + 2[y−a]₊² + 0.5[a−y]₊², with optima found
 * without a solver: a golden section a day, and bisection on the price of a budget.
 */
public final class SampleAverages {
    private static final int DAYS = 7;
    private static final int SCENARIOS = 100;
    private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);

    private SampleAverages() {}

    /**
     * A problem over a ≥ 0 and its optimum.
     *
     * @param budget of all days together, a share of what the days need by themselves; none from 1 on
     */
    public static IntegerProblems.Solved beds(double budget, Random random) {
        double[][] demand = new double[SCENARIOS][DAYS];
        for (double[] scenario : demand) {
            for (int t = 0; t < DAYS; t++) {
                scenario[t] = Math.max(0, 50 + 15 * random.nextGaussian());
            }
        }
        PenaltyCost.Builder cost = PenaltyCost.builder(DAYS, DAYS);
        for (int t = 0; t < DAYS; t++) {
            cost.hinge(10, parameter(t).minus(decision(t)));
            cost.hinge(1, decision(t).minus(parameter(t)));
            cost.squaredHinge(2, parameter(t).minus(decision(t)));
            cost.squaredHinge(0.5, decision(t).minus(parameter(t)));
        }
        double[] best = decisions(demand, 0);
        ConstraintSet.Builder set = ConstraintSet.builder(DAYS).nonNegative();
        if (budget < 1) {
            double total = budget * sum(best);
            set.budget(total);
            double low = 0;
            double high = 100;
            for (int k = 0; k < 60; k++) {
                double price = 0.5 * (low + high);
                best = decisions(demand, price);
                if (sum(best) > total) {
                    low = price;
                } else {
                    high = price;
                }
            }
        }
        double optimum = 0;
        for (int t = 0; t < DAYS; t++) {
            optimum += dayCost(demand, t, best[t]);
        }
        return new IntegerProblems.Solved(
                new ArgminProblem(cost.build().sampleAverage(Scenarios.equallyLikely(demand)), set.build()), optimum);
    }

    private static double[] decisions(double[][] demand, double price) {
        double[] decisions = new double[DAYS];
        for (int t = 0; t < DAYS; t++) {
            double low = 0;
            double high = 150;
            for (int k = 0; k < 60; k++) {
                double left = high - GOLDEN * (high - low);
                double right = low + GOLDEN * (high - low);
                if (dayCost(demand, t, left) + price * left < dayCost(demand, t, right) + price * right) {
                    high = right;
                } else {
                    low = left;
                }
            }
            decisions[t] = 0.5 * (low + high);
        }
        return decisions;
    }

    private static double dayCost(double[][] demand, int t, double a) {
        double sum = 0;
        for (double[] scenario : demand) {
            double shortage = Math.max(0, scenario[t] - a);
            double surplus = Math.max(0, a - scenario[t]);
            sum += 10 * shortage + surplus + 2 * shortage * shortage + 0.5 * surplus * surplus;
        }
        return sum / SCENARIOS;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
