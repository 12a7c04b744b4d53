package org.soebm.examples.linearcosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;

class KnapsackTaskTest {
    private final KnapsackTask task = new KnapsackTask(KnapsackItems.BENCHMARK, 4);

    private static KnapsackItems items(int count, double capacity, Random random) {
        return new KnapsackItems(
                IntStream.range(0, 2)
                        .mapToObj(k -> random.doubles(count, 3, 8).boxed().toList())
                        .toList(),
                capacity);
    }

    /** The largest value of all packings that fit. */
    private static double bestOfAll(KnapsackItems items, double[] values) {
        double best = 0;
        for (int bits = 0; bits < 1 << items.count(); bits++) {
            double value = 0;
            double[] load = new double[items.weights().size()];
            for (int i = 0; i < items.count(); i++) {
                if ((bits >> i & 1) == 1) {
                    value += values[i];
                    for (int k = 0; k < load.length; k++) {
                        load[k] += items.weights().get(k).get(i);
                    }
                }
            }
            if (Arrays.stream(load).allMatch(l -> l <= items.capacity())) {
                best = Math.max(best, value);
            }
        }
        return best;
    }

    @Test
    void isFoundByItsName() {
        assertThat(Tasks.load().named("knapsack").create()).isInstanceOf(KnapsackTask.class);
        assertThat(task.name()).isEqualTo("knapsack");
        assertThat(task.hyperParameters().energy().epochs()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ortools", "timefold"})
    void solversFindTheBestOfAllPackings(String solver) {
        Random random = new Random(5);
        for (int run = 0; run < 6; run++) {
            KnapsackItems items = items(12, 20, random);
            KnapsackTask small = new KnapsackTask(items, 4);
            double[] values = random.doubles(12, -1, 5).toArray();
            try (Solving solving = new Solving(solver, small.cost(), small.constraints())) {
                assertThat(solving.best(values).cost()).isCloseTo(-bestOfAll(items, values), within(1e-5));
            }
        }
    }

    @Test
    void solversAgreeOnAllItems() {
        TaskData data = task.data(null, 0);
        try (Solving ortools = new Solving("ortools", task.cost(), task.constraints());
                Solving timefold = new Solving("timefold", task.cost(), task.constraints())) {
            for (int row = 0; row < 4; row++) {
                double[] values = data.parameters().row(row);
                assertThat(timefold.best(values).cost())
                        .isEqualTo(ortools.best(values).cost());
            }
        }
    }

    @Test
    void valuesAreWholeNumbersFromOne() {
        TaskData data = task.data(null, 0);
        assertThat(data.rows()).isEqualTo(2000);
        assertThat(data.testStart()).isEqualTo(1000);
        assertThat(data.parameters().columns()).hasSize(32).startsWith("v0");
        double sum = 0;
        for (int row = 0; row < data.rows(); row++) {
            for (double value : data.parameters().row(row)) {
                assertThat(value).isEqualTo(Math.rint(value)).isGreaterThanOrEqualTo(1);
                sum += value / (32.0 * data.rows());
            }
        }
        assertThat(sum).isCloseTo(5 * 0.7324 + 0.5, within(0.6)); // rounded up; one draw of the combinations
    }

    @Test
    void sharedItemsAreTheTasksOwn() {
        KnapsackItems.BENCHMARK.requireWeights(SharedFolder.file(KnapsackTask.WEIGHTS_FILE));
        TaskData data = task.data(SharedFolder.file("knapsack-degree4.csv"), 0);
        assertThat(data.rows()).isEqualTo(2000);
        assertThat(data.testStart()).isEqualTo(1000);
        assertThat(data.parameters().row(0)).startsWith(4, 2, 2, 1).endsWith(3, 4);
    }

    @Test
    void capacityHoldsInEachDimension() {
        KnapsackItems two = new KnapsackItems(List.of(List.of(11.0, 9.0), List.of(1.0, 19.5)), 20);

        assertThat(two.packings().isFeasible(new double[] {1, 0}, 1e-9)).isTrue();
        assertThat(two.packings().violation(new double[] {1, 1})).isCloseTo(0.5, within(1e-9));
    }
}
