package com.example.newsvendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;

class NewsvendorTaskTest {
    private final NewsvendorTask task = new NewsvendorTask();

    @Test
    void theLibraryFindsTheTask() {
        assertThat(Tasks.load().named("newsvendor").create()).isInstanceOf(NewsvendorTask.class);
    }

    @Test
    void missingAndLeftOverPiecesCostWhatTheyCost() {
        double[] demand = {10, 10, 10, 10, 10};
        double[] bought = {8, 13, 10, 10, 10};
        double missingBread = 2 * (3.20 - 1.20);
        double leftOverRolls = 3 * 0.15;
        assertThat(task.cost().cost(demand, bought)).isCloseTo(missingBread + leftOverRolls, within(1e-12));
    }

    @Test
    void purchasesStayWithinTheBudget() {
        ConstraintSet feasible = task.constraints();
        double[] bought = {100, 400, 100, 80, 80};
        double spent = 100 * 1.20 + 400 * 0.15 + 100 * 0.60 + 80 * 1.50 + 80 * 2.00;
        assertThat(feasible.violation(bought)).isZero();
        bought[4] += (NewsvendorTask.BUDGET - spent) / 2.00 + 3;
        assertThat(feasible.violation(bought)).isCloseTo(3 * 2.00, within(1e-9));
        assertThat(feasible.isFeasible(new double[] {-1, 0, 0, 0, 0}, 0.5)).isFalse();
    }

    @Test
    void theBudgetIsTooSmallForTheDemandOfSomeDaysAndEnoughForMost() {
        TaskData data = task.data(null, 3);
        int tight = 0;
        for (int row = 0; row < data.rows(); row++) {
            double spent = 0;
            for (int i = 0; i < NewsvendorTask.PRODUCTS.size(); i++) {
                spent += NewsvendorTask.PRODUCTS.get(i).purchasePrice()
                        * data.parameters().get(row, i);
            }
            tight += spent > NewsvendorTask.BUDGET ? 1 : 0;
        }
        assertThat(tight / (double) data.rows()).isBetween(0.03, 0.35);
    }

    @Test
    void sameSeedSameRowsOtherSeedOtherRows() {
        double[] row = task.data(null, 1).features().row(700);
        assertThat(task.data(null, 1).features().row(700)).isEqualTo(row);
        assertThat(task.data(null, 2).features().row(700)).isNotEqualTo(row);
    }

    @Test
    void promotionsBringMoreDemandAndMoreSpread() {
        TaskData data = task.data(null, 5);
        int promoted = data.features().columns().indexOf("promoted bread");
        double[] logOfPlain = logs(data, promoted, 0);
        double[] logOfPromoted = logs(data, promoted, 1);
        assertThat(mean(logOfPromoted)).isGreaterThan(mean(logOfPlain) + 0.2);
        assertThat(std(logOfPromoted)).isGreaterThan(std(logOfPlain) + 0.05);
    }

    private static double[] logs(TaskData data, int column, double value) {
        return IntStream.range(0, data.rows())
                .filter(row -> data.features().get(row, column) == value)
                .mapToDouble(row -> Math.log(data.parameters().get(row, 0)))
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double std(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }
}
