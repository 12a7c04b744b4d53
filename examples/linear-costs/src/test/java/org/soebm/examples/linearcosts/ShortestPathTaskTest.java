package org.soebm.examples.linearcosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;

class ShortestPathTaskTest {
    private final ShortestPathTask task = new ShortestPathTask(Grid.FIVE_BY_FIVE, 4);

    /** The cost of the cheapest path, node by node in their order, since arcs lead to higher nodes only. */
    private static double cheapest(Grid grid, double[] costs) {
        double[] least = new double[grid.nodes()];
        Arrays.fill(least, 1, least.length, Double.POSITIVE_INFINITY);
        List<Grid.Arc> arcs = grid.arcs();
        for (int node = 0; node < least.length; node++) {
            for (int i = 0; i < arcs.size(); i++) {
                if (arcs.get(i).from() == node) {
                    int to = arcs.get(i).to();
                    least[to] = Math.min(least[to], least[node] + costs[i]);
                }
            }
        }
        return least[least.length - 1];
    }

    @Test
    void isFoundByItsName() {
        assertThat(Tasks.load().named("shortest-path").create()).isInstanceOf(ShortestPathTask.class);
        assertThat(task.name()).isEqualTo("shortest-path");
        assertThat(task.hyperParameters().energy().epochs()).isPositive();
    }

    @Test
    void simulatesAThousandRowsToLearnFromAndAThousandToTest() {
        TaskData data = task.data(null, 3);

        assertThat(data.rows()).isEqualTo(2000);
        assertThat(data.testStart()).isEqualTo(1000);
        assertThat(data.features().columns()).containsExactly("x0", "x1", "x2", "x3", "x4");
        assertThat(data.parameters().columns()).hasSize(40).startsWith("c0").endsWith("c39");
        assertThat(task.data(null, 3).parameters().row(1999))
                .isEqualTo(data.parameters().row(1999));
        assertThat(task.data(null, 4).parameters().row(1999))
                .isNotEqualTo(data.parameters().row(1999));
    }

    @Test
    void costIsTheSumOverTheArcsOfThePath() {
        double[] costs = new double[40];
        double[] path = new double[40];
        Arrays.setAll(costs, i -> i + 1.0);
        path[0] = 1;
        path[5] = 1;

        assertThat(task.cost().cost(costs, path)).isEqualTo(1 + 6);
    }

    @ParameterizedTest
    @CsvSource({"ortools,100", "timefold,10"})
    void solversFindTheCheapestPath(String solver, int rows) {
        Grid grid = Grid.FIVE_BY_FIVE;
        Random random = new Random(11);
        try (Solving solving = new Solving(solver, task.cost(), task.constraints())) {
            for (int row = 0; row < rows; row++) {
                double[] costs = random.doubles(40, -0.5, 2).toArray(); // predictions may be below 0
                assertThat(solving.best(costs).cost()).isCloseTo(cheapest(grid, costs), within(1e-6));
            }
        }
    }

    @Test
    void otherGridsHaveTheirOwnPaths() {
        Grid grid = new Grid(2, 3);
        ShortestPathTask small = new ShortestPathTask(grid, 1);
        assertThat(grid.arcs())
                .containsExactly(
                        new Grid.Arc(0, 1),
                        new Grid.Arc(1, 2),
                        new Grid.Arc(0, 3),
                        new Grid.Arc(1, 4),
                        new Grid.Arc(2, 5),
                        new Grid.Arc(3, 4),
                        new Grid.Arc(4, 5));
        List<double[]> feasible = new ArrayList<>();
        for (int bits = 0; bits < 1 << 7; bits++) {
            double[] a = new double[7];
            for (int i = 0; i < 7; i++) {
                a[i] = bits >> i & 1;
            }
            if (small.constraints().isFeasible(a, 1e-9)) {
                feasible.add(a);
            }
        }
        assertThat(feasible)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyInAnyOrder(
                        new double[] {1, 1, 0, 0, 1, 0, 0},
                        new double[] {1, 0, 0, 1, 0, 0, 1},
                        new double[] {0, 0, 1, 0, 0, 1, 1});
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6})
    void optimalCostsOfTheSharedRowsAreOurs(int degree) {
        Path file = SharedFolder.file("shortest-path-degree" + degree + ".csv");
        TaskData data = task.data(file, 0);
        assertThat(data.rows()).isEqualTo(2000);
        assertThat(data.testStart()).isEqualTo(1000);
        double[] optimal = new double[2000];
        CsvFile.read(file, csv -> {
            for (int row = 0; csv.hasNext(); row++) {
                double[] values = csv.next();
                optimal[row] = values[values.length - 1];
            }
        });
        try (Solving solving = new Solving("ortools", task.cost(), task.constraints())) {
            for (int row = 0; row < 2000; row += 13) {
                assertThat(solving.best(data.parameters().row(row)).cost())
                        .isCloseTo(optimal[row], sevenDigits(optimal[row]));
            }
        }
        for (int row = 0; row < 2000; row++) {
            assertThat(cheapest(Grid.FIVE_BY_FIVE, data.parameters().row(row)))
                    .isCloseTo(optimal[row], sevenDigits(optimal[row]));
        }
    }

    private static Offset<Double> sevenDigits(double written) {
        return within(1e-6 * Math.max(1, written));
    }
}
