package org.soebm.examples.networksecurity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.soebm.api.task.GraphConvolutionSpec;
import org.soebm.api.task.GraphConvolutionSpec.Edge;
import org.soebm.api.task.TaskData;

class AttackRecordsTest {
    private final SecurityGame game = RandomGeometricGame.generate(20, 0, 3);
    private final TaskData data = AttackRecords.generate(game, 400, true, 0, 1);

    @Test
    void theLastFourthIsForTests() {
        assertThat(data.rows()).isEqualTo(400);
        assertThat(data.testStart()).isEqualTo(300);
    }

    @Test
    void seedsGiveTheSameRowsAgain() {
        TaskData again = AttackRecords.generate(game, 400, true, 0, 1);
        TaskData other = AttackRecords.generate(game, 400, true, 0, 2);
        for (int row : new int[] {0, 123, 399}) {
            assertThat(again.features().row(row)).isEqualTo(data.features().row(row));
            assertThat(again.observed().row(row)).isEqualTo(data.observed().row(row));
            assertThat(other.parameters().row(row))
                    .isNotEqualTo(data.parameters().row(row));
        }
    }

    @Test
    void recordsThatMissMovesAreOfTheSameAttacks() {
        TaskData seen = AttackRecords.generate(game, 400, false, 0, 1);
        int edges = game.edges().size();
        double[] recorded = new double[2]; // to places of z < −1 and of z > 1
        double[] happened = new double[2];
        for (int row = 0; row < data.rows(); row++) {
            assertThat(seen.features().row(row)).isEqualTo(data.features().row(row));
            assertThat(seen.parameters().row(row)).isEqualTo(data.parameters().row(row));
            for (int move = 0; move < 2 * edges; move++) {
                double some = seen.observed().get(row, edges + move);
                double all = data.observed().get(row, edges + move);
                assertThat(some).isBetween(0.0, all);
                GraphConvolutionSpec.Edge edge = game.edges().get(move % edges);
                double z = (data.parameters().get(row, move < edges ? edge.to() : edge.from()) + 1.5) / 1.25;
                if (Math.abs(z) > 1) {
                    recorded[z > 1 ? 1 : 0] += some;
                    happened[z > 1 ? 1 : 0] += all;
                }
            }
        }
        assertThat(recorded[0] / happened[0]).isBetween(0.74, 0.9); // 1 / (1 + e^z), 0.73 at z = −1
        assertThat(recorded[1] / happened[1]).isBetween(0.1, 0.26);
    }

    @Test
    void attractivenessHasTheDocumentedMomentsAndSpreadsToNeighbours() {
        TaskData many = AttackRecords.generate(game, 4000, true, 0, 5);
        for (int v = 0; v < game.nodes(); v++) {
            assertThat(mean(many, v)).isCloseTo(-1.5, within(0.1));
            assertThat(Math.sqrt(covariance(many, v, v))).isCloseTo(1.25, within(0.07));
        }
        double neighbours = game.edges().stream()
                .mapToDouble(edge -> covariance(many, edge.from(), edge.to()))
                .average()
                .orElseThrow();
        assertThat(neighbours / (1.25 * 1.25)).isBetween(0.3, 0.75);
    }

    @Test
    void pastCoverageIsFeasible() {
        for (int row = 0; row < data.rows(); row++) {
            double[] coverage =
                    Arrays.copyOf(data.observed().row(row), game.edges().size());
            assertThat(Arrays.stream(coverage).allMatch(a -> a >= 0 && a <= 1)).isTrue();
            assertThat(Arrays.stream(coverage).sum()).isBetween(0.5, 3.0);
        }
    }

    @Test
    void whatComesToANodeLeavesItUnlessTheWalkEnds() {
        // Walks that start anywhere and end on an edge or at a target: 20 starts, 20 ends, whatever happens between.
        int edges = game.edges().size();
        for (int row = 0; row < data.rows(); row++) {
            double[] counts = data.observed().row(row);
            double[] out = new double[game.nodes()];
            double[] in = new double[game.nodes()];
            for (int e = 0; e < edges; e++) {
                Edge edge = game.edges().get(e);
                out[edge.from()] += counts[edges + e];
                in[edge.to()] += counts[edges + e];
                out[edge.to()] += counts[2 * edges + e];
                in[edge.from()] += counts[2 * edges + e];
            }
            for (SecurityGame.Target target : game.targets()) {
                assertThat(out[target.node()]).isZero();
            }
            for (int v = 0; v < game.nodes(); v++) {
                if (!game.sources().contains(v)) {
                    assertThat(out[v]).isLessThanOrEqualTo(in[v]);
                }
            }
            assertThat(game.sources().stream()
                            .mapToDouble(source -> out[source] - in[source])
                            .sum())
                    .isLessThanOrEqualTo(20);
        }
    }

    @Test
    void walksChooseAsTheGameSays() {
        // On the path 3 - 0 - 1 - 2 - 4 from source 1: the share of first moves to 0 and the walks' length are known.
        double[] attraction = {0.5, -1, 0, 1, -0.5};
        double[] coverage = {0.3, 0, 0.5, 0.2};
        int walks = 100_000;
        double[] counts = new AttackerWalks(TestGames.PATH).counts(attraction, coverage, walks, new Random(1));
        double toZero = Math.exp(0.5 - 4 * 0.3) / (Math.exp(0.5 - 4 * 0.3) + Math.exp(0));
        double zeroToOne = Math.exp(-1 - 4 * 0.3) / (Math.exp(-1 - 4 * 0.3) + Math.exp(1 - 4 * 0.5));

        double fromOne = counts[4] + counts[1]; // along 0 - 1 backwards, along 1 - 2
        assertThat(counts[4] / fromOne).isCloseTo(toZero, within(0.005));
        assertThat(counts[0] / (counts[0] + counts[2])).isCloseTo(zeroToOne, within(0.005));
        assertThat((counts[0] + counts[2]) / counts[4]).isCloseTo(0.7, within(0.01)); // not caught on the way to 0
    }

    @Test
    void featuresTellOfAttractiveness() {
        // Of a node's features one at least is correlated with its attractiveness, on the rows for training.
        int telling = 0;
        for (int v = 0; v < game.nodes(); v++) {
            double best = 0;
            for (int i = 0; i < RandomGraphNetwork.FEATURES; i++) {
                best = Math.max(best, Math.abs(correlation(v, v * RandomGraphNetwork.FEATURES + i)));
            }
            telling += best > 0.5 ? 1 : 0;
        }
        assertThat(telling).isGreaterThan(game.nodes() / 2);
    }

    @Test
    void hundredNodesAreQuick() {
        TaskData large = AttackRecords.generate(RandomGeometricGame.generate(100, 0, 3), 400, true, 0, 1);

        assertThat(large.features().width()).isEqualTo(400);
        assertThat(large.parameters().width()).isEqualTo(100);
    }

    private double correlation(int node, int feature) {
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double syy = 0;
        double sxy = 0;
        for (int row = 0; row < 300; row++) {
            double x = data.features().get(row, feature);
            double y = data.parameters().get(row, node);
            sx += x;
            sy += y;
            sxx += x * x;
            syy += y * y;
            sxy += x * y;
        }
        return (300 * sxy - sx * sy) / Math.sqrt((300 * sxx - sx * sx) * (300 * syy - sy * sy));
    }

    private static double mean(TaskData of, int node) {
        double sum = 0;
        for (int row = 0; row < of.rows(); row++) {
            sum += of.parameters().get(row, node);
        }
        return sum / of.rows();
    }

    private static double covariance(TaskData of, int v, int w) {
        double sum = 0;
        for (int row = 0; row < of.rows(); row++) {
            sum += (of.parameters().get(row, v) + 1.5) * (of.parameters().get(row, w) + 1.5);
        }
        return sum / of.rows();
    }
}
