package org.soebm.runtime.learning;

import ai.djl.Device;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.cost.PenaltyCost;
import org.soebm.api.linear.SparseVector;
import org.soebm.api.solver.ArgminSolver;
import org.soebm.api.task.EnergySettings;
import org.soebm.api.task.HyperParameters;
import org.soebm.api.task.LinearSpec;
import org.soebm.api.task.Table;
import org.soebm.api.task.TrainingSchedule;
import org.soebm.runtime.fixture.TableRows;
import org.soebm.runtime.objective.StochasticProblem;

/**
 * Two of seven offers are to be taken, as cheaply as can be, where the price of each is a steep function of one feature, which
 * linear regression misses most where it matters.
 */
final class LinearProblem {
    static final int ITEMS = 7;
    static final StochasticProblem PROBLEM = new StochasticProblem(cost(), constraints());
    static final HyperParameters HYPER_PARAMETERS = new HyperParameters(
            new TrainingSchedule(60, 300, 0.1, 0, 0, 30, 100),
            new TrainingSchedule(20, 50, 0.05, 0, 0.9, 5, 100),
            new EnergySettings(128, 0.3, 0.2, List.of(1.0)));

    private LinearProblem() {}

    static PenaltyCost cost() {
        PenaltyCost.Builder cost = PenaltyCost.builder(ITEMS, ITEMS);
        for (int i = 0; i < ITEMS; i++) {
            cost.bilinear(i, i, 1);
        }
        return cost.build();
    }

    private static ConstraintSet constraints() {
        double[] ones = IntStream.range(0, ITEMS).mapToDouble(i -> 1).toArray();
        int[] all = IntStream.range(0, ITEMS).toArray();
        return ConstraintSet.builder(ITEMS)
                .box(0, 1)
                .allInteger()
                .row("two", SparseVector.of(all, ones), 2, 2)
                .build();
    }

    static LearningProblem of(ArgminSolver solver, HyperParameters hyperParameters, long seed) {
        Random random = new Random(11);
        double[] slopes = random.doubles(ITEMS, 0.5, 2).toArray();
        double[][] x = new double[500][2];
        double[][] y = new double[500][ITEMS];
        double[][] hindsight = new double[300][];
        for (int row = 0; row < 500; row++) {
            x[row][0] = random.nextGaussian();
            x[row][1] = random.nextGaussian();
            for (int i = 0; i < ITEMS; i++) {
                double angle = 2 * Math.PI * i / ITEMS;
                double along = Math.cos(angle) * x[row][0] + Math.sin(angle) * x[row][1];
                y[row][i] = Math.exp(slopes[i] * along) * (0.5 + random.nextDouble());
            }
            if (row < 300) {
                hindsight[row] = cheapest(y[row]);
            }
        }
        Table features = Table.of(List.of("x0", "x1"), x);
        Table parameters =
                Table.of(IntStream.range(0, ITEMS).mapToObj(i -> "y" + i).toList(), y);
        return new LearningProblem(
                PROBLEM,
                new LinearSpec(),
                hyperParameters,
                rows(features, parameters, 0, 300),
                TableRows.decisions(hindsight),
                rows(features, parameters, 300, 500),
                solver,
                Device.cpu(),
                seed);
    }

    private static LearningProblem.Rows rows(Table features, Table parameters, int from, int to) {
        return new LearningProblem.Rows(features.select(from, to), parameters.select(from, to));
    }

    /** The two cheapest. */
    static double[] cheapest(double[] prices) {
        double[] decision = new double[prices.length];
        IntStream.range(0, prices.length)
                .boxed()
                .sorted((i, j) -> Double.compare(prices[i], prices[j]))
                .limit(2)
                .forEach(i -> decision[i] = 1);
        return decision;
    }
}
