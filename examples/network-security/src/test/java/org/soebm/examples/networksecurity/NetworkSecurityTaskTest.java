package org.soebm.examples.networksecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.constraint.ConstraintSet;
import org.soebm.api.task.DataException;
import org.soebm.api.task.GraphConvolutionSpec;
import org.soebm.api.task.Table;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;

class NetworkSecurityTaskTest {
    @TempDir
    private Path folder;

    @AfterEach
    void clear() {
        for (String property : new String[] {
            NetworkSecurityTaskProvider.NODES,
            NetworkSecurityTaskProvider.GRAPH_SEED,
            NetworkSecurityTaskProvider.GRAPH,
            NetworkSecurityTaskProvider.BUDGET,
            NetworkSecurityTaskProvider.RECORDS
        }) {
            System.clearProperty(property);
        }
    }

    private static NetworkSecurityTask task() {
        return (NetworkSecurityTask) Tasks.load().named("network-security").create();
    }

    private static void assertRefused(String property, String value, String... words) {
        System.setProperty(property, value);
        Supplier<NetworkSecurityTask> create = NetworkSecurityTaskTest::task;
        assertThatThrownBy(create::get)
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(words)
                .message()
                .doesNotContain("\n");
        System.clearProperty(property);
    }

    @Test
    void partsFitTogether() {
        NetworkSecurityTask task = task();
        TaskData data = task.data(null, 0);
        ConstraintSet constraints = task.constraints();

        assertThat(task.name()).isEqualTo("network-security");
        assertThat(Tasks.load().named("network-security").description()).isNotBlank();
        assertThat(data.parameters().width())
                .isEqualTo(20)
                .isEqualTo(task.cost().parameterCount());
        assertThat(constraints.decisionCount()).isEqualTo(task.cost().decisionCount());
        assertThat(data.observed().width())
                .isEqualTo(java.util.Objects.requireNonNull(task.observationModel())
                        .observationCount());
        assertThat(task.network()
                        .misfit(data.features().width(), data.parameters().width()))
                .isEmpty();
        assertThat(((GraphConvolutionSpec) task.network()).hiddenSizes()).containsExactly(64, 64);
        assertThat(task.hyperParameters().scenarios()).isEqualTo(8);
    }

    @Test
    void coverageIsLimitedEdgeByEdgeAndInSum() {
        ConstraintSet constraints = task().constraints();
        double[] spent = new double[constraints.decisionCount()];
        Arrays.fill(spent, 0, 3, 1);
        assertThat(constraints.isFeasible(spent, 1e-12)).isTrue();
        spent[5] = 0.25;
        assertThat(constraints.violation(spent)).isEqualTo(0.25);
        assertThat(constraints.lower(4)).isZero();
        assertThat(constraints.upper(4)).isEqualTo(1);
    }

    @Test
    void propertiesChooseTheGame() throws IOException {
        System.setProperty(NetworkSecurityTaskProvider.NODES, "30");
        System.setProperty(NetworkSecurityTaskProvider.GRAPH_SEED, "4");
        System.setProperty(NetworkSecurityTaskProvider.BUDGET, "2.5");
        assertThat(task().game()).isEqualTo(RandomGeometricGame.generate(30, 4, 2.5));

        System.clearProperty(NetworkSecurityTaskProvider.NODES);
        Path file = Files.writeString(folder.resolve("graph.json"), TestGames.json(TestGames.PATH));
        System.setProperty(NetworkSecurityTaskProvider.GRAPH, file.toString());
        assertThat(task().game()).isEqualTo(TestGames.PATH.withBudget(2.5));
        System.clearProperty(NetworkSecurityTaskProvider.BUDGET);
        assertThat(task().game()).isEqualTo(TestGames.PATH);
        assertThat(task().data(null, 0).observed().width()).isEqualTo(12);
    }

    @Test
    void recordsAreChosenByAProperty() {
        double seen = moves(task());
        System.setProperty(NetworkSecurityTaskProvider.RECORDS, "complete");
        assertThat(moves(task())).isGreaterThan(1.3 * seen);
        System.setProperty(NetworkSecurityTaskProvider.RECORDS, "attraction");
        NetworkSecurityTask known = task();
        assertThat(known.observationModel()).isNull();
        assertThat(known.data(null, 0).observations()).isNull();
    }

    private static double moves(NetworkSecurityTask task) {
        Table observed = task.data(null, 0).observed();
        double sum = 0;
        for (int row = 0; row < observed.rows(); row++) {
            for (int c = task.game().edges().size(); c < observed.width(); c++) {
                sum += observed.get(row, c);
            }
        }
        return sum;
    }

    @Test
    void badPropertiesAreNamed() {
        assertRefused(NetworkSecurityTaskProvider.RECORDS, "some", "some", "seen, complete or attraction");
        assertRefused(NetworkSecurityTaskProvider.NODES, "twenty", NetworkSecurityTaskProvider.NODES, "twenty");
        assertRefused(NetworkSecurityTaskProvider.NODES, "3", NetworkSecurityTaskProvider.NODES, "3");
        assertRefused(NetworkSecurityTaskProvider.NODES, "99999999999", NetworkSecurityTaskProvider.NODES);
        assertRefused(NetworkSecurityTaskProvider.GRAPH_SEED, "1.5", NetworkSecurityTaskProvider.GRAPH_SEED, "1.5");
        assertRefused(NetworkSecurityTaskProvider.BUDGET, "much", NetworkSecurityTaskProvider.BUDGET, "much");
        assertRefused(NetworkSecurityTaskProvider.BUDGET, "81", NetworkSecurityTaskProvider.BUDGET, "edges");
        assertRefused(NetworkSecurityTaskProvider.GRAPH, "no/such.json", "no/such.json");
        System.setProperty(NetworkSecurityTaskProvider.NODES, "20");
        assertRefused(NetworkSecurityTaskProvider.GRAPH, "no/such.json", NetworkSecurityTaskProvider.NODES);
    }

    @Test
    void gamesThatFillTheMemoryAreRefused() throws IOException {
        // A star: the node in the middle has 3000 neighbours, so all nodes have room for as many.
        String edges = IntStream.range(1, 3001)
                .mapToObj(leaf -> "[0, " + leaf + "]")
                .collect(Collectors.joining(", ", "[", "]"));
        Path file = Files.writeString(
                folder.resolve("star.json"),
                "{\"nodes\": 3001, \"edges\": " + edges + ", \"sources\": [1], \"targets\": [2],"
                        + " \"targetUtility\": [1], \"omega\": 4, \"budget\": 3}");
        assertRefused(NetworkSecurityTaskProvider.GRAPH, file.toString(), "3001 nodes and 3000 edges", "too large");
    }

    @Test
    void sourcesOfDataAreRefused() {
        assertThatThrownBy(() -> task().data(folder, 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(folder.toString());
    }
}
