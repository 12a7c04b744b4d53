package org.soebm.examples.linearcosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.solver.ArgminProblem;
import org.soebm.api.solver.ArgminSolvers;
import org.soebm.api.solver.Decision;
import org.soebm.api.solver.SolverUnavailableException;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;

class TravellingSalesmanTaskTest {
    private static final int NODES = 7;

    private final TravellingSalesmanTask task = new TravellingSalesmanTask(NODES, 4);
    private final List<RoundTrips.Edge> edges = new RoundTrips(NODES).edges();

    private double between(int a, int b, double[] costs) {
        return costs[edges.indexOf(new RoundTrips.Edge(Math.min(a, b), Math.max(a, b)))];
    }

    /** The cheapest order of all, from and back to node 0. */
    private double cheapest(int at, boolean[] visited, int count, double[] costs) {
        if (count == NODES) {
            return between(at, 0, costs);
        }
        double best = Double.POSITIVE_INFINITY;
        for (int next = 1; next < NODES; next++) {
            if (!visited[next]) {
                visited[next] = true;
                best = Math.min(best, between(at, next, costs) + cheapest(next, visited, count + 1, costs));
                visited[next] = false;
            }
        }
        return best;
    }

    /** How many nodes one comes by from node 0 along the edges of a decision until one is back. */
    private int tour(double[] decision) {
        int previous = -1;
        int at = 0;
        int count = 0;
        do {
            int from = previous;
            int here = at;
            int next = -1;
            for (int e = 0; e < decision.length; e++) {
                RoundTrips.Edge edge = edges.get(e);
                if (decision[e] == 1 && (edge.low() == here || edge.high() == here)) {
                    int other = edge.low() == here ? edge.high() : edge.low();
                    if (other != from) {
                        next = other;
                    }
                }
            }
            previous = here;
            at = next;
            count++;
        } while (at != 0 && at >= 0 && count <= NODES);
        return count;
    }

    @Test
    void isFoundByItsNameAndDecidesOnTheEdgesOfTwentyNodes() {
        assertThat(Tasks.load().named("travelling-salesman").create()).isInstanceOf(TravellingSalesmanTask.class);
        TravellingSalesmanTask twenty = new TravellingSalesmanTask(20, 4);
        assertThat(twenty.name()).isEqualTo("travelling-salesman");
        assertThat(twenty.constraints().decisionCount()).isEqualTo(190);
        assertThat(twenty.constraints().auxiliaryCount()).isEqualTo(380);
        assertThat(twenty.cost().parameterCount()).isEqualTo(190);
        assertThat(twenty.hyperParameters().energy().epochs()).isPositive();
    }

    @Test
    void roundTripIsTheCheapestOfAll() {
        Random random = new Random(2);
        try (Solving solving = new Solving("ortools", task.cost(), task.constraints())) {
            for (int run = 0; run < 10; run++) {
                double[] costs = random.doubles(edges.size(), -1, 10).toArray(); // predictions may be below 0
                Decision best = solving.best(costs);

                boolean[] visited = new boolean[NODES];
                assertThat(best.cost()).isCloseTo(cheapest(0, visited, 1, costs), within(2e-5));
                assertThat(Arrays.stream(best.values()).sum()).isEqualTo(NODES);
                assertThat(tour(best.values())).isEqualTo(NODES);
            }
        }
    }

    @Test
    void simulatedCostsAreDistancesAndTolls() {
        TaskData data = task.data(null, 1);
        assertThat(data.rows()).isEqualTo(500);
        assertThat(data.testStart()).isEqualTo(300);
        assertThat(data.parameters().columns()).hasSize(21).startsWith("c0").endsWith("c20");
        assertThat(task.data(null, 1).parameters().row(499))
                .isEqualTo(data.parameters().row(499));

        // Without features to speak of the toll is 3 · ε at every degree; what is left is a distance.
        double[] lowest = new double[21];
        double[] highest = new double[21];
        Arrays.fill(lowest, Double.POSITIVE_INFINITY);
        Landscape landscape = new Landscape(new RoundTrips(NODES), 4, new Random(1));
        for (int draw = 0; draw < 2000; draw++) {
            double[] costs = landscape.next(new double[PolynomialCosts.FEATURES]);
            for (int e = 0; e < costs.length; e++) {
                lowest[e] = Math.min(lowest[e], costs[e]);
                highest[e] = Math.max(highest[e], costs[e]);
            }
        }
        for (int e = 0; e < lowest.length; e++) {
            assertThat(highest[e] - lowest[e]).isCloseTo(3, within(0.03));
        }
        for (int a = 0; a < NODES; a++) {
            for (int b = a + 1; b < NODES; b++) {
                for (int c = 0; c < NODES; c++) {
                    if (c != a && c != b) {
                        assertThat(between(a, b, lowest) - 1.5)
                                .isBetween(0.0, between(a, c, lowest) + between(c, b, lowest) - 3 + 0.03);
                    }
                }
            }
        }
    }

    @Test
    void otherSolversRefuseItWithTheReason() {
        ArgminProblem problem = new ArgminProblem(task.cost().objective(new double[21]), task.constraints());

        assertThatThrownBy(() -> ArgminSolvers.load().select("timefold", problem))
                .isInstanceOf(SolverUnavailableException.class)
                .hasMessageContaining("circuit")
                .hasMessageContaining("Maybe use ortools?");
    }

    @Test
    void twoNodesAreTooFew() {
        assertThatThrownBy(() -> new TravellingSalesmanTask(2, 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A round trip needs at least 3 nodes, but has 2.");
    }
}
